import type { Artifact, ClusterPlan, Plan } from '../model/plan.ts';
import type { ChartRelease } from '../model/workload.ts';
import { applicationsOf, chartRepository, pinOf, type ChartPins } from './argocd/application.ts';
import { platformApplicationSet } from './argocd/application-set.ts';
import { projects } from './argocd/projects.ts';
import { tenantApplicationSet } from './argocd/tenant-application-set.ts';
import { applicationsFolder, document, everyCluster, manifestPath } from './kubernetes/files.ts';
import { clusterNamespaces } from './kubernetes/namespaces.ts';
import { clusterReleases, sharedReleases } from './kubernetes/releases.ts';
import { clusterPolicies } from './network/files.ts';

const gitopsFolder = 'kubernetes/gitops/argocd';

/** Everything below `kubernetes/clusters/<cluster>/`. Pure. */
export const emitCluster = (plan: Plan, cluster: ClusterPlan, pins: ChartPins): readonly Artifact[] => [
  ...clusterNamespaces(cluster),
  ...clusterPolicies(cluster),
  ...clusterReleases(cluster),
  ...applicationsOf(plan.platform.gitops, pins, cluster).map((object) => ({
    path: `${applicationsFolder(cluster.cluster.name)}/${object.metadata.labels?.['argoeks.io/release'] ?? object.metadata.name}.yaml`,
    text: document(cluster.cluster.at.file, object),
  })),
];

/** What all clusters share below `kubernetes/`: values, manifests, and what a hub's root Application brings. Pure. */
export const emitShared = (plan: Plan, pins: ChartPins): readonly Artifact[] => {
  const { gitops } = plan.platform;
  const releases = plan.environments.flatMap(({ clusters }) => clusters.flatMap(({ components }) => components.flatMap(({ workload }) => workload.releases)));
  const repositories = releases.filter((release): release is ChartRelease => release.kind === 'chart').map((release) => chartRepository(gitops, pinOf(pins, release)));
  return [
    ...sharedReleases(plan),
    ...projects(gitops, plan, [...new Set(repositories)]).map((object) => ({ path: manifestPath(gitopsFolder, object), text: document(everyCluster, object) })),
    ...[platformApplicationSet(gitops), tenantApplicationSet(plan)].flatMap((object) => (object ? [{ path: manifestPath(gitopsFolder, object), text: document('configuration/platform.yaml', object) }] : [])),
  ];
};
