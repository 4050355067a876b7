import { placedAlarms } from './alarm-lists.ts';
import { enabledStores } from './data-settings.ts';
import type { Environment } from './platform.ts';
import { hasBuckets } from './storage-settings.ts';

/** Terraform roots that an environment has only where its configuration asks for something in them. */
export const ownRoots = ['storage', 'data', 'alarms'] as const;
export type OwnRoot = (typeof ownRoots)[number];

/** What an environment must ask for to have each root. Pure. */
const isAsked: Readonly<Record<OwnRoot, (environment: Environment) => boolean>> = {
  storage: ({ settings }) => hasBuckets(settings.storage),
  data: ({ settings }) => enabledStores(settings.data).length > 0,
  alarms: (environment) => (['alb_alarms', 'target_group_alarms', 's3_alarms'] as const).some((kind) => placedAlarms(environment, kind).length > 0),
};

/** True where the environment has this root. */
export const hasRoot = (environment: Environment, root: OwnRoot): boolean => isAsked[root](environment);

/** The cluster of each of an environment's regions in whose VPC its data stores live: the hub in its own, else the first by name. By region. Pure. */
export const dataClusters = (environment: Environment): readonly Environment['clusters'][number][] =>
  environment.regions.flatMap((region) => {
    const here = environment.clusters.filter((cluster) => cluster.region === region).toSorted((a, b) => Number(b.hub) - Number(a.hub) || (a.name < b.name ? -1 : 1));
    return here.slice(0, 1);
  });
