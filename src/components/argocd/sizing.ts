import type { ArgocdSettings } from '../../config/argocd-settings.ts';
import type { Environment } from '../../config/platform.ts';

/**
 * Applications that one controller takes, and the queue processors it then has. Source: Argo CD 3.4, "High Availability", application controller:
 * "For 1000 applications, we use 50 for --status-processors and 25 for --operation-processors"; 20 and 10 are what it has otherwise.
 */
const perController = { applications: 1000, status: 50, operation: 25 } as const;
const leastProcessors = { status: 20, operation: 10 } as const;

/**
 * What rendering costs: a commit makes every application be rendered anew (the cache of the repository server is per commit), `helm template` of a pinned
 * chart takes 0.4 s of one CPU (argo-cd with redis-ha, Helm 3.20, measured), and a second with checkout, gRPC and Redis is assumed. All shall be through
 * within a quarter of an hour.
 */
const rendering = { secondsEach: 1, withinSeconds: 900, mostReplicas: 30 } as const;

/** Applications besides those of components: the app-of-apps, namespaces, network policies. */
const ofEveryCluster = 3;

/** How large the parts of Argo CD are. */
export interface ArgocdSize {
  /** Applications of all clusters that the hub serves: one for each component, or a few more where a component has several releases. */
  readonly applications: number;
  readonly shards: number;
  readonly statusProcessors: number;
  readonly operationProcessors: number;
  readonly repoServers: number;
  /** Of one controller. */
  readonly controller: { readonly cpu: string; readonly memory: string };
}

/**
 * Sizes Argo CD from the fleet: shards and processors from the number of applications, repository servers from the time a commit may take. What a controller
 * asks of its node grows from 250m and 512 MiB by 40 MiB for each of its clusters and 1.5 CPU for 1,000 applications; these two are estimates. Pure.
 */
export const argocdSize = ({ clusters }: Pick<Environment, 'clusters'>, replicas: number, chosen: Pick<ArgocdSettings, 'shards' | 'repo_server_replicas'>): ArgocdSize => {
  const applications = clusters.reduce((sum, { components }) => sum + Object.keys(components).length + ofEveryCluster, 0);
  const shards = chosen.shards ?? Math.max(1, Math.ceil(applications / perController.applications));
  const ofShard = Math.ceil(applications / shards);
  const processors = (kind: 'status' | 'operation'): number => Math.max(leastProcessors[kind], Math.ceil((perController[kind] * ofShard) / perController.applications));
  const wanted = Math.min(rendering.mostReplicas, Math.ceil((applications * rendering.secondsEach) / rendering.withinSeconds));
  const milliCpu = Math.ceil((250 + (1500 * ofShard) / perController.applications) / 50) * 50;
  const mebibytes = Math.ceil((512 + 40 * (Math.ceil(clusters.length / shards) - 1)) / 128) * 128;
  return {
    applications, shards, statusProcessors: processors('status'), operationProcessors: processors('operation'),
    repoServers: chosen.repo_server_replicas ?? Math.max(replicas, wanted),
    controller: { cpu: `${milliCpu}m`, memory: `${mebibytes}Mi` },
  };
};
