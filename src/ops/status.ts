import type { Cluster, Environment } from '../config/platform.ts';
import type { Kube } from '../ports/kube.ts';
import { PortError } from '../ports/port-error.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { argocdNamespace } from '../units/wellknown.ts';
import { readFlux } from './flux-state.ts';
import { applicationState, type ApplicationState } from './applications.ts';

export interface ClusterStatus {
  readonly name: string;
  readonly region: string;
  readonly hub: boolean;
  /** `up`, `absent` (no API server), or `unreachable`. */
  readonly state: 'up' | 'absent' | 'unreachable';
  /** Why it is unreachable. */
  readonly why?: string;
  readonly nodes: { readonly ready: number; readonly total: number; readonly notReady: readonly string[] };
  /** Argo CD's Applications, or Flux' Kustomizations. By wave, then name. */
  readonly applications: readonly ApplicationState[];
}

export interface EnvironmentStatus {
  readonly name: string;
  readonly tier: string;
  readonly accountId: string;
  readonly clusters: readonly ClusterStatus[];
}

/** How `status` reaches clusters. Undefined when a cluster has no API server. */
export type KubeFor = (cluster: Cluster) => Promise<Kube | undefined>;

const isReady = (node: KubeObject): boolean => {
  const { conditions } = (node['status'] ?? {}) as { conditions?: readonly { type?: string; status?: string }[] };
  return conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false;
};

const nobody = { nodes: { ready: 0, total: 0, notReady: [] }, applications: [] } as const;

/** Runs a read; a world that does not answer is a state, not an error. */
const orUnreachable = async <T>(work: () => Promise<T>): Promise<{ readonly value: T } | { readonly why: string }> => {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof PortError) return { why: error.message };
    throw error;
  }
};

/** Applications of a hub by the cluster they belong to (label `argoeks.io/cluster`, else destination). */
const applicationsByCluster = (found: readonly KubeObject[]): ReadonlyMap<string, readonly ApplicationState[]> => {
  const by = new Map<string, ApplicationState[]>();
  for (const application of found) {
    const state = applicationState(application);
    const cluster = application.metadata.labels?.['argoeks.io/cluster'] ?? state.cluster;
    by.set(cluster, [...(by.get(cluster) ?? []), state]);
  }
  for (const states of by.values()) states.sort((a, b) => a.wave - b.wave || (a.name < b.name ? -1 : 1));
  return by;
};

/** What an environment looks like right now. Reads the API servers of its clusters; changes nothing. */
export const environmentStatus = async (environment: Environment, kubeFor: KubeFor): Promise<EnvironmentStatus> => {
  const hub = environment.clusters.find((c) => c.name === environment.hub);
  const listed = await orUnreachable(async () => {
    const kube = hub && (await kubeFor(hub));
    return kube ? kube.list({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', namespace: argocdNamespace }) : [];
  });
  const applications = applicationsByCluster('value' in listed ? listed.value : []);
  const clusters = await Promise.all(
    environment.clusters.map(async ({ name, region, hub: isHub, ...rest }): Promise<ClusterStatus> => {
      const base = { name, region, hub: isHub };
      const read = await orUnreachable(async () => {
        const kube = await kubeFor({ name, region, hub: isHub, ...rest });
        return kube && { nodes: await kube.list({ apiVersion: 'v1', kind: 'Node' }), flux: rest.engine === 'flux' ? await readFlux(name, kube) : undefined };
      });
      if ('why' in read) return { ...base, state: 'unreachable', why: read.why, ...nobody };
      if (!read.value) return { ...base, state: 'absent', ...nobody };
      const { nodes, flux } = read.value;
      const notReady = nodes.filter((n) => !isReady(n)).map((n) => n.metadata.name);
      return { ...base, state: 'up', nodes: { ready: nodes.length - notReady.length, total: nodes.length, notReady }, applications: flux ?? applications.get(name) ?? [] };
    }),
  );
  return { name: environment.name, tier: environment.tier, accountId: environment.accountId, clusters };
};

/** True when every cluster is up, every node ready and every application Synced and Healthy. Pure. */
export const isWell = ({ clusters }: EnvironmentStatus): boolean =>
  clusters.every(({ state, nodes, applications }) => state === 'up' && nodes.total > 0 && nodes.ready === nodes.total && applications.length > 0 && applications.every((a) => a.sync === 'Synced' && a.health === 'Healthy'));
