import { restoreTestOf, type VeleroSettings } from '../components/velero.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { namespacesOf } from '../emit/kubernetes/namespaces.ts';
import type { ClusterPlan, Plan } from '../model/plan.ts';

const faultsOf = (plan: ClusterPlan): readonly Diagnostic[] => {
  const { cluster, components } = plan;
  const velero = components.find(({ id }) => id === 'velero');
  if (!velero) return [];
  const settings = velero.settings as VeleroSettings;
  const test = restoreTestOf(cluster, settings.restore_test);
  if (!test) return [];
  const { because } = velero;
  const path = `envs.${cluster.environment}.components.velero`;
  if (settings.exclude_namespaces.includes(test.namespace)) return [problem('verify/restore-test-of-nothing', because, `The restore test of ${cluster.name} takes namespace ${test.namespace}, which exclude_namespaces leaves out of every backup.`, `Name another in ${path}.restore_test.namespace, or take it out of exclude_namespaces.`)];
  if (namespacesOf(plan).some(({ name }) => name === test.namespace)) return [];
  return [problem('verify/restore-test-unknown-namespace', because, `The restore test of ${cluster.name} takes namespace ${test.namespace}, and nothing in the configuration makes it: while it does not exist, every run fails.`, `Name another in ${path}.restore_test.namespace, or see that it exists.`)];
};

/** Proves that a restore test restores something. One finding for one line of the configuration. Pure. */
export const restoreTests = ({ environments }: Plan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  for (const finding of environments.flatMap(({ clusters }) => clusters).flatMap(faultsOf)) {
    const key = `${finding.code} ${finding.at.file}:${finding.at.line}:${finding.at.column}`;
    if (!found.has(key)) found.set(key, finding);
  }
  return [...found.values()];
};
