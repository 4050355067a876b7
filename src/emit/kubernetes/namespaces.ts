import type { Artifact, ClusterPlan } from '../../model/plan.ts';
import type { NamespaceNeed } from '../../model/workload.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { namespaceOwnerLabel, platformOwner } from '../../units/wellknown.ts';
import { clusterFolder, document, manifestPath } from './files.ts';

/** Name of the release that makes a cluster's namespaces, before everything else. */
export const namespacesRelease = 'namespaces';

const levels = ['restricted', 'baseline', 'privileged'] as const;

/** Namespaces of a cluster by name, each with the most permissive level that anything in it needs. */
export const namespacesOf = ({ components }: ClusterPlan): readonly NamespaceNeed[] => {
  const found = new Map<string, NamespaceNeed>();
  for (const need of components.flatMap(({ workload }) => workload.namespaces)) {
    const known = found.get(need.name);
    if (!known || levels.indexOf(need.podSecurity) > levels.indexOf(known.podSecurity)) found.set(need.name, need);
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
};

/** A namespace as it is applied: who answers for it, and what may run in it. Pure. */
export const namespaceObject = ({ environment, cluster }: ClusterPlan, { name, podSecurity, team }: NamespaceNeed): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name,
    labels: {
      [namespaceOwnerLabel]: team ?? platformOwner,
      team: team ?? platformOwner,
      environment: environment.name,
      cluster: cluster.name,
      'pod-security.kubernetes.io/enforce': podSecurity,
      'pod-security.kubernetes.io/warn': podSecurity,
    },
    // Deleting a namespace deletes all that is in it: never as a by-product of a sync. One that is left is not held against the release.
    annotations: cluster.engine === 'flux' ? { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } : { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false', 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous' },
  },
});

/** The namespaces of one cluster as files. */
export const clusterNamespaces = (plan: ClusterPlan): readonly Artifact[] =>
  namespacesOf(plan).map((need) => {
    const object = namespaceObject(plan, need);
    return { path: manifestPath(`${clusterFolder(plan.cluster.name, namespacesRelease)}/manifests`, object), text: document(plan.cluster.at.file, object) };
  });
