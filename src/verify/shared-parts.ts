import { problem } from '../diag/problem.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { Release } from '../model/workload.ts';
import { digestOf } from '../units/once-per.ts';

/** What all clusters read from one file of a release; dashboards and rules are nearly a megabyte. */
const sharedPart = (release: Release): string => {
  if (release.kind === 'chart') return JSON.stringify(release.values);
  return release.kind === 'manifests' ? release.manifests.map(digestOf).join('\n') : '';
};

/**
 * Proves that what clusters share of a release is the same on each of them: it is rendered once, so a difference would silently give a
 * cluster another one's values. Manifests that only some clusters have are fine where the others have none of the release's shared ones.
 * Of `proven` clusters, which agree among themselves, one is enough. One finding for each release. Pure.
 */
export const sharedParts = (plan: Plan, proven: ReadonlySet<string> = new Set()): readonly Diagnostic[] => {
  const first = new Map<string, { readonly text: string; readonly cluster: string }>();
  const agreed = new Set<string>();
  const found = new Map<string, Diagnostic>();
  for (const { clusters } of plan.environments) {
    for (const { cluster, components } of clusters) {
      for (const { id, workload, because } of components) {
        for (const release of workload.releases) {
          if (proven.has(cluster.name) && agreed.has(release.name)) continue;
          const text = sharedPart(release);
          if (text === '') continue;
          if (proven.has(cluster.name)) agreed.add(release.name);
          const known = first.get(release.name);
          if (known === undefined) first.set(release.name, { text, cluster: cluster.name });
          else if (known.text !== text && !found.has(release.name)) {
            const field = release.kind === 'chart' ? ['values', 'clusterValues'] : ['manifests', 'clusterManifests'];
            found.set(release.name, problem('verify/shared-differs', because, `The shared ${field[0]} of release "${release.name}" are not the same on ${known.cluster} and on ${cluster.name}.`, `The component ${id} has to put what depends on the cluster into \`${field[1]}\`.`));
          }
        }
      }
    }
  }
  return [...found.values()];
};
