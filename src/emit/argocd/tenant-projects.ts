import { tenantsOn } from '../../config/tenant-settings.ts';
import type { Environment } from '../../config/platform.ts';
import type { Plan } from '../../model/plan.ts';
import { tenantProject } from '../../units/wellknown.ts';

/**
 * Kinds that a team may bring: those that the account of its namespaces may write (`src/components/tenants/roles.ts`, which a test compares), so that neither daemons on every node nor
 * quotas, roles, network policies, stores of secrets and monitors are among them.
 */
export const tenantKinds: readonly { readonly group: string; readonly kind: string }[] = [
  ...['ConfigMap', 'PersistentVolumeClaim', 'Pod', 'Secret', 'Service', 'ServiceAccount'].map((kind) => ({ group: '', kind })),
  ...['Deployment', 'StatefulSet'].map((kind) => ({ group: 'apps', kind })),
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
  ...['CronJob', 'Job'].map((kind) => ({ group: 'batch', kind })),
  ...['GRPCRoute', 'HTTPRoute'].map((kind) => ({ group: 'gateway.networking.k8s.io', kind })),
  { group: 'networking.k8s.io', kind: 'Ingress' },
  { group: 'policy', kind: 'PodDisruptionBudget' },
];

/** Clusters of an environment in one pattern; by name where the pattern of one environment would take in clusters of another. */
const clusterPatterns = ({ settings: { cluster_name_prefix: prefix }, clusters, name }: Environment, all: readonly Environment[]): readonly string[] =>
  all.some((other) => other.name !== name && other.settings.cluster_name_prefix.startsWith(`${prefix}-`)) ? clusters.map((cluster) => cluster.name) : [`${prefix}-*`];

interface Destination {
  readonly name: string;
  readonly namespace: string;
}

const destinationsOf = (environment: Environment, all: readonly Environment[], tenant: string): readonly Destination[] => {
  const said = environment.settings.tenants.find(({ name }) => name === tenant);
  const [first = ''] = said?.clusters ?? environment.clusters.map(({ name }) => name);
  const namespaces = tenantsOn(environment, first).find(({ name }) => name === tenant)?.namespaces ?? [];
  const clusters = said === undefined ? [] : (said.clusters ?? clusterPatterns(environment, all));
  return clusters.flatMap((cluster) => namespaces.map((namespace) => ({ name: cluster, namespace })));
};

/** The AppProject of each team, sorted: its own repositories, into its own namespaces, on the clusters it works on. Pure. */
export const tenantProjects = ({ platform: { environments } }: Plan) => {
  const named = [...new Set(environments.flatMap(({ settings }) => settings.tenants.map(({ name }) => name)))].toSorted();
  return named.map((tenant) => {
    const said = environments.flatMap(({ settings }) => settings.tenants.filter(({ name }) => name === tenant));
    return {
      name: tenantProject(tenant),
      description: `What the team ${tenant} runs, in its own namespaces.`,
      spec: {
        sourceRepos: [...new Set(said.flatMap(({ git }) => git?.repo_url ?? []))].toSorted(),
        destinations: environments.flatMap((environment) => destinationsOf(environment, environments, tenant)),
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: tenantKinds,
      },
    };
  });
};
