import { meshSecretName } from '../../components/clustermesh-peers.ts';
import { readsGit } from '../../components/git-credentials.ts';
import type { GitOps, Platform } from '../../config/platform.ts';
import { tenantsOn } from '../../config/tenant-settings.ts';
import type { ClusterPlan, EnvironmentPlan, Plan } from '../../model/plan.ts';
import { secretsRead, type SecretRead } from './read.ts';

/** An entry that nobody but the user can write: Terraform's state would know it otherwise. */
export interface SecretToWrite {
  readonly environment: string;
  readonly store: SecretRead['store'];
  readonly name: string;
  /** Keys of the JSON object, sorted; empty where the value is taken as it is. */
  readonly keys: readonly string[];
  /** Where it is read, the environment's first region first. */
  readonly regions: readonly string[];
  /** Components, or what else reads it; sorted. */
  readonly readers: readonly string[];
}

type Read = Pick<SecretRead, 'store' | 'name' | 'keys' | 'component'>;

/** What engines read git with; not all of it is an object of a component. */
const gitReads = ({ credentials }: GitOps, { environment, cluster }: ClusterPlan): readonly Read[] => {
  if (!readsGit(cluster)) return [];
  const tenants = cluster.engine === 'flux' ? tenantsOn(environment, cluster.name) : environment.settings.tenants;
  const all = [credentials, ...tenants.flatMap(({ git }) => [git?.credentials, git?.images?.credentials])];
  return all.flatMap((said) => (said === undefined ? [] : [{ store: 'secretsManager' as const, name: said.secret, keys: said.kind === 'token' ? ['username', 'password'] : ['privateKey'], component: cluster.engine }]));
};

const ofEnvironment = ({ name: platform, gitops }: Platform, { environment, clusters }: EnvironmentPlan): readonly SecretToWrite[] => {
  const found = new Map<string, { readonly first: Read; readonly keys: Set<string>; readonly regions: Set<string>; readonly readers: Set<string> }>();
  for (const plan of clusters)
    for (const read of [...secretsRead(plan), ...gitReads(gitops, plan)]) {
      // Parameters below the platform's own path are published by Terraform, the authority of a mesh by its hub.
      if ((read.store === 'parameterStore' && read.name.startsWith(`/${platform}/`)) || read.name === meshSecretName(platform, environment.name)) continue;
      const one = found.get(`${read.store} ${read.name}`) ?? { first: read, keys: new Set(), regions: new Set(), readers: new Set() };
      found.set(`${read.store} ${read.name}`, one);
      read.keys.forEach((key) => one.keys.add(key));
      one.regions.add(plan.cluster.region);
      one.readers.add(read.component);
    }
  const [home = ''] = environment.regions;
  const byCluster = [...found.values()].map(({ first: { store, name }, keys, regions, readers }) => ({
    environment: environment.name, store, name, keys: [...keys].toSorted(), readers: [...readers].toSorted(),
    regions: [...regions].toSorted((a, b) => Number(b === home) - Number(a === home) || (a < b ? -1 : 1)),
  }));
  const pager = environment.settings.alerts.pagerduty.service_key_ssm;
  return [
    ...byCluster.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ...(pager === undefined ? [] : [{ environment: environment.name, store: 'parameterStore' as const, name: pager, keys: [], regions: [home], readers: ['the function that passes alerts on to PagerDuty'] }]),
  ];
};

/** Everything that has to be written by hand before what reads it works, by environment and name. Pure. */
export const secretsToWrite = ({ platform, environments }: Plan): readonly SecretToWrite[] => environments.flatMap((one) => ofEnvironment(platform, one));
