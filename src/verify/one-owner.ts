import { problem } from '../diag/problem.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { ClusterPlan, Plan } from '../model/plan.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { namespacesOf, namespacesRelease } from '../emit/kubernetes/namespaces.ts';
import { scopeOf } from './kubernetes/schema-store.ts';

const keyOf = (object: KubeObject, namespace: string): string => {
  const scope = scopeOf(object.apiVersion, object.kind);
  const place = scope === 'Cluster' ? '' : `${object.metadata.namespace ?? namespace}/`;
  return `${object.kind} ${place}${object.metadata.name}`;
};

const claimsOf = (plan: ClusterPlan): readonly { readonly key: string; readonly owner: string; readonly at: Diagnostic['at'] }[] => [
  ...namespacesOf(plan).map(({ name }) => ({ key: `Namespace ${name}`, owner: namespacesRelease, at: plan.cluster.at })),
  ...plan.components.flatMap(({ workload, because }) =>
    workload.releases.flatMap((release) => {
      const objects = release.kind === 'manifests' ? [...release.manifests, ...release.clusterManifests] : [];
      return [{ key: `release ${release.name}`, owner: release.name, at: because }, ...objects.map((object) => ({ key: keyOf(object, release.namespace), owner: release.name, at: because }))];
    }),
  ),
];

/**
 * Proves that on each cluster no object has two owners: no two releases make the same object or bear the same name. What charts make is
 * compared by release, since two charts in one namespace under different names don't collide. Pure.
 */
export const oneOwner = (plan: Plan): readonly Diagnostic[] =>
  plan.environments.flatMap(({ clusters }) =>
    clusters.flatMap((cluster) => {
      const owners = new Map<string, string>();
      return claimsOf(cluster).flatMap(({ key, owner, at }) => {
        const first = owners.get(key);
        owners.set(key, first ?? owner);
        if (first === undefined) return [];
        return [problem('verify/two-owners', at, `${key} of cluster ${cluster.cluster.name} is made by "${first}" and by "${owner}".`, 'Keep it in one of the two: with two owners each undoes what the other does.')];
      });
    }),
  );
