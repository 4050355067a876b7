import type { Cluster } from '../config/platform.ts';
import type { Artifact, ClusterPlan, Plan } from '../model/plan.ts';
import type { ChartRelease } from '../model/workload.ts';
import { applicationsOf, chartRepository, pinOf, type ChartPins } from './argocd/application.ts';
import { platformApplicationSet } from './argocd/application-set.ts';
import { projects } from './argocd/projects.ts';
import { tenantApplicationSet } from './argocd/tenant-application-set.ts';
import { fluxCluster } from './flux/cluster.ts';
import { fluxShared } from './flux/shared.ts';
import { applicationsFolder, document, everyCluster, manifestPath } from './kubernetes/files.ts';
import { clusterNamespaces } from './kubernetes/namespaces.ts';
import { clusterReleases, sharedReleases } from './kubernetes/releases.ts';
import { clusterPolicies } from './network/files.ts';

const gitopsFolder = 'kubernetes/gitops/argocd';

const clusterApplications = (plan: Plan, cluster: ClusterPlan, pins: ChartPins): readonly Artifact[] =>
  applicationsOf(plan.platform.gitops, pins, cluster).map((object) => ({
    path: `${applicationsFolder(cluster.cluster.name)}/${object.metadata.labels?.['argoeks.io/release'] ?? object.metadata.name}.yaml`,
    text: document(cluster.cluster.at.file, object),
  }));

const runs = (plan: Plan, engine: Cluster['engine']): boolean => plan.environments.some(({ clusters }) => clusters.some(({ cluster }) => cluster.engine === engine));

/** What hubs' root Applications bring; nothing where no cluster has Argo CD. */
const argocdShared = (plan: Plan, pins: ChartPins): readonly Artifact[] => {
  if (!runs(plan, 'argocd')) return [];
  const { gitops } = plan.platform;
  const releases = plan.environments.flatMap(({ clusters }) => clusters.flatMap(({ cluster, components }) => (cluster.engine === 'argocd' ? components.flatMap(({ workload }) => workload.releases) : [])));
  const repositories = releases.filter((release): release is ChartRelease => release.kind === 'chart').map((release) => chartRepository(gitops, pinOf(pins, release)));
  return [
    ...projects(gitops, plan, [...new Set(repositories)]).map((object) => ({ path: manifestPath(gitopsFolder, object), text: document(everyCluster, object) })),
    ...[platformApplicationSet(gitops), tenantApplicationSet(plan)].flatMap((object) => (object ? [{ path: manifestPath(gitopsFolder, object), text: document('configuration/platform.yaml', object) }] : [])),
  ];
};

/** Everything below `kubernetes/clusters/<cluster>/`. Pure. */
export const emitCluster = (plan: Plan, cluster: ClusterPlan, pins: ChartPins): readonly Artifact[] => [
  ...clusterNamespaces(cluster),
  ...clusterPolicies(cluster),
  ...clusterReleases(cluster),
  ...(cluster.cluster.engine === 'flux' ? fluxCluster(plan.platform.gitops, pins, cluster) : clusterApplications(plan, cluster, pins)),
];

/** What clusters share below `kubernetes/`: values, manifests, and what the engines start from. Pure. */
export const emitShared = (plan: Plan, pins: ChartPins): readonly Artifact[] => [...sharedReleases(plan), ...argocdShared(plan, pins), ...(runs(plan, 'flux') ? fluxShared() : [])];
