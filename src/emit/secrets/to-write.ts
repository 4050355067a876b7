import type { EnvironmentPlan, Plan } from '../../model/plan.ts';
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

const ofEnvironment = (platform: string, { environment, clusters }: EnvironmentPlan): readonly SecretToWrite[] => {
  const found = new Map<string, { readonly first: SecretRead; readonly keys: Set<string>; readonly regions: Set<string>; readonly readers: Set<string> }>();
  for (const plan of clusters)
    for (const read of secretsRead(plan)) {
      // Parameters below the platform's own path are published by Terraform.
      if (read.store === 'parameterStore' && read.name.startsWith(`/${platform}/`)) continue;
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
export const secretsToWrite = ({ platform, environments }: Plan): readonly SecretToWrite[] => environments.flatMap((one) => ofEnvironment(platform.name, one));
