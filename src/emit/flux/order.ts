import type { ClusterPlan } from '../../model/plan.ts';
import type { Release } from '../../model/workload.ts';
import { namespacesRelease } from '../kubernetes/namespaces.ts';
import { policiesRelease } from '../network/files.ts';

/** Whether Flux has anything to do for a release: AWS owns EKS add-ons, and some releases have no object on some clusters. Pure. */
export const isReconciled = (release: Release): boolean =>
  release.kind === 'chart' || (release.kind === 'manifests' && release.manifests.length + release.clusterManifests.length > 0);

/**
 * What each release of a cluster waits for, by name: the release before it of its component (all that come together with it), and for the first one the last of
 * every component that is required; of a required component that leaves Flux nothing to do, what that one requires. Nothing waits for what comes last. Everything waits for the namespaces, and for the network policies
 * whatever Terraform did not install before them. The same graph that gives Argo CD its waves, without the waves' rounding up. Names are sorted. Pure.
 */
export const dependenciesOf = ({ cluster, components }: ClusterPlan): ReadonlyMap<string, readonly string[]> => {
  const ends = new Map<string, readonly string[]>();
  const found = new Map<string, readonly string[]>();
  // Components stand in order: what one requires was met before.
  for (const part of components) {
    const required = [...new Set(part.requires.flatMap((id) => ends.get(id) ?? []))].toSorted();
    let before: readonly string[] = required;
    let group: readonly string[] = [];
    for (const release of part.workload.releases) {
      if (!isReconciled(release)) continue;
      if (release.comes === undefined && group.length > 0) {
        before = group;
        group = [];
      }
      const early = release.kind === 'chart' && release.installedBy === 'terraform';
      const policies = cluster.network.policies && !early ? [policiesRelease] : [];
      const waits = release.comes === 'last' && group.length > 0 ? group : before;
      found.set(release.name, [...new Set([namespacesRelease, ...policies, ...waits])].toSorted());
      if (release.comes !== 'last') group = [...group, release.name];
    }
    ends.set(part.id, group.length > 0 ? group : before);
  }
  return found;
};
