import type { Alert } from '../../model/component.ts';
import { alertingRule } from './rule.ts';
import type { RunbookUrl } from '../../model/runbook-url.ts';
import type { RecordingRule, Rule, RuleGroup } from './rule.ts';

/** A promise to the users of the platform, measured as a share of good events. */
export interface Slo {
  /** First part of the names of recorded series, in Prometheus' spelling `level:metric`. */
  readonly prefix: string;
  /** Name of the recorded share of good events of the last five minutes. */
  readonly ratio: string;
  /** Share of events that must be good, such as 0.995. */
  readonly objective: number;
  /** All events and the bad ones among them: rates of counters, or counts of things. Without labels; without a result where there is nothing to measure. */
  readonly total: string;
  readonly bad: string;
  /** Name and meaning of the alerts. */
  readonly fast: Pick<Alert, 'name' | 'summary'>;
  readonly slow: Pick<Alert, 'name' | 'summary'>;
  readonly runbook: string;
}

/** Windows of the burn rates. The long one shows that it matters, the short one that it goes on. */
const windows = ['5m', '30m', '1h', '6h'] as const;
type Window = (typeof windows)[number];

/**
 * How fast a budget may be spent. 14.4 times spends 2 % of the budget of 30 days in an hour, 2 times 1.7 % in six hours. Source: Google SRE workbook,
 * "Alerting on SLOs", section 6, multi-window, multi-burn-rate alerts.
 */
const burns = [
  { of: 'fast', factor: 14.4, long: '1h', short: '5m', forMinutes: 2, severity: 'critical' },
  { of: 'slow', factor: 2, long: '6h', short: '30m', forMinutes: 15, severity: 'warning' },
] as const satisfies readonly { readonly of: 'fast' | 'slow'; readonly factor: number; readonly long: Window; readonly short: Window; readonly forMinutes: number; readonly severity: Alert['severity'] }[];

/** What may go wrong, without the noise of binary fractions. */
const budgetOf = (objective: number): number => Number((1 - objective).toPrecision(6));

/** Share of bad events in a window. Sums are over what was recorded, so that quiet minutes weigh as little as they should. Pure. */
export const badShare = (prefix: string, window: string): string => `sum_over_time(${prefix}:bad[${window}]) / (sum_over_time(${prefix}:total[${window}]) > 0)`;

const records = ({ prefix, ratio, objective, total, bad }: Slo): readonly RecordingRule[] => [
  { record: `${prefix}:total`, expr: total },
  // Nothing bad is no series at all, which would read as "unknown".
  { record: `${prefix}:bad`, expr: `(${bad}) or (${prefix}:total * 0)` },
  { record: ratio, expr: `1 - ${prefix}:bad / (${prefix}:total > 0)` },
  ...windows.map((window) => ({ record: `${prefix}:burnrate${window}`, expr: `(${badShare(prefix, window)}) / ${budgetOf(objective)}` })),
];

const alerts = (slo: Slo, url: RunbookUrl): readonly Rule[] =>
  burns.map(({ of, factor, long, short, forMinutes, severity }) =>
    alertingRule({
      ...slo[of], forMinutes, severity, runbook: slo.runbook,
      expr: `${slo.prefix}:burnrate${long} > ${factor} and ${slo.prefix}:burnrate${short} > ${factor}`,
    }, url, slo.prefix));

/** Recorded series and burn-rate alerts of an objective. Pure. */
export const sloGroup = (slo: Slo, url: RunbookUrl): RuleGroup => ({ name: slo.prefix, rules: [...records(slo), ...alerts(slo, url)] });
