import { selectors } from '../promql/selectors.ts';

/** Names of the metrics that a PromQL expression reads, each once, in order. Pure. */
export const metricNames = (expr: string): readonly string[] => [...new Set(selectors(expr).map(({ metric }) => metric))];
