import { problem } from '../../diag/problem.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import { namespacesOf } from '../../emit/kubernetes/namespaces.ts';
import type { Plan } from '../../model/plan.ts';

/** Proves that node agents of charts run in namespaces whose Pod Security level lets them use the network of their node. One finding for one fault. Pure. */
export const hostAccess = (plan: Plan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  for (const planned of plan.environments.flatMap(({ clusters }) => clusters)) {
    const levels = new Map(namespacesOf(planned).map(({ name, podSecurity }) => [name, podSecurity]));
    for (const { id, workload, because } of planned.components) {
      for (const release of workload.releases) {
        if (release.kind !== 'chart') continue;
        for (const { name, namespace = release.namespace } of release.standIn.workloads.filter(({ hostNetwork }) => hostNetwork === true)) {
          const level = levels.get(namespace) ?? 'privileged';
          if (level !== 'privileged') found.set(`${id} ${name}`, problem('verify/host-access-denied', because, `"${name}" of component "${id}" uses the network of its node, and namespace ${namespace} is at the level "${level}".`, `Give the namespace the level "privileged" in the component.`));
        }
      }
    }
  }
  return [...found.values()];
};
