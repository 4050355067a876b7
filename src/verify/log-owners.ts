import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { ClusterPlan, Plan } from '../model/plan.ts';

const faultsOf = ({ cluster, environment, components }: ClusterPlan): readonly Diagnostic[] => {
  const loki = components.find(({ id }) => id === 'loki');
  if (!loki) return [];
  const cloudwatch = components.find(({ id }) => id === 'cloudwatch-observability');
  const twice = cloudwatch !== undefined && (cloudwatch.settings as { readonly container_logs: boolean }).container_logs;
  return [
    ...(environment.settings.storage.loki.enabled ? [] : [problem('verify/no-bucket-of-logs', loki.because, `Component "loki" of ${cluster.name} keeps its logs in a bucket that ${environment.name} does not make.`, `Set envs.${environment.name}.storage.loki.enabled: true.`)]),
    ...(twice ? [problem('verify/logs-twice', loki.because, `On ${cluster.name} both "loki" and "cloudwatch-observability" collect the logs of every container.`, 'Set components.cloudwatch-observability.container_logs: false, or turn loki off.')] : []),
  ];
};

/** Proves that logs have a place, and finds clusters that collect them twice. One finding for each environment and fault. Pure. */
export const logOwners = (plan: Plan): readonly Diagnostic[] =>
  plan.environments.flatMap(({ clusters }) => {
    const found = new Map<string, Diagnostic>();
    for (const one of clusters.flatMap(faultsOf)) if (!found.has(one.code)) found.set(one.code, one);
    return [...found.values()];
  });
