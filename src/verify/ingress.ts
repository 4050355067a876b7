import { charts } from '../../catalog/charts.ts';
import type { ChartPin } from '../../catalog/chart-pin.ts';
import { lacksSignIn } from '../components/oauth2-proxy.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { ClusterPlan, ComponentPlan, Plan } from '../model/plan.ts';

const pinOf = (chart: string): ChartPin | undefined => (Object.hasOwn(charts, chart) ? charts[chart as keyof typeof charts] : undefined);

const faultsOf = ({ cluster }: ClusterPlan, { id, workload, settings, because }: ComponentPlan): readonly Diagnostic[] => [
  ...workload.releases.flatMap((release) => {
    const retired = release.kind === 'chart' && typeof release.chart === 'string' ? pinOf(release.chart)?.retired : undefined;
    return retired === undefined ? [] : [problem('verify/retired-chart', because, `Component "${id}" of ${cluster.name} runs chart "${release.name}", whose project has ended (${retired.since}): nobody mends what is found in it.`, retired.instead)];
  }),
  ...(id === 'oauth2-proxy' && lacksSignIn(settings) ? [problem('verify/no-sign-in', because, `oauth2-proxy of ${cluster.name} is on, but not told who may sign in, so Hubble's UI is served to nobody.`, 'Set issuer, client_id and allowed_groups of components.oauth2-proxy, or turn it off.')] : []),
];

/** Ways into a cluster that nobody maintains, or that lead nowhere. One finding for one line of the configuration. Pure. */
export const ingress = ({ environments }: Plan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  for (const plan of environments.flatMap(({ clusters }) => clusters)) {
    for (const finding of plan.components.flatMap((component) => faultsOf(plan, component))) {
      const key = `${finding.code} ${finding.at.file}:${finding.at.line}:${finding.at.column}`;
      if (!found.has(key)) found.set(key, finding);
    }
  }
  return [...found.values()];
};
