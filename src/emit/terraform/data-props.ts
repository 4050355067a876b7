import type { DataSettings } from '../../config/data-settings.ts';
import { dataClusters } from '../../config/own-roots.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import type { AuroraProps } from '../../stacks/aurora.ts';
import type { AuroraGlobalProps, AuroraRegionProps } from '../../stacks/aurora-global.ts';
import type { DataRootProps } from '../../stacks/data-root.ts';
import { logsMayUse } from '../../stacks/key-use.ts';
import type { FeastTablesProps } from '../../stacks/feast-tables.ts';
import type { KafkaProps } from '../../stacks/kafka.ts';
import type { MemcachedProps } from '../../stacks/memcached.ts';
import type { PostgresProps } from '../../stacks/postgres.ts';
import type { RedisProps } from '../../stacks/redis.ts';
import { bounded, dataParameterPath, storeBaseName } from '../../units/aws-names.ts';
import { karpenterDiscoveryTag } from '../../units/wellknown.ts';
import { environmentAws, terraformName } from './names.ts';
import { storeAlarms } from './store-alarms-props.ts';
import { storeScheduleProps, storeWindows } from './store-schedule-props.ts';
import type { StoreWindows } from './store-schedule-props.ts';

/** What names and limits of stores follow from. */
interface Place {
  readonly base: string;
  readonly path: (store: string) => string;
  readonly keepsSnapshots: boolean;
  readonly logDays: number;
  /** Zones of the VPC, one private subnet each. */
  readonly zones: number;
  readonly windows: StoreWindows;
}

const majorOf = (version: string): string => version.split('.')[0] ?? version;
const snapshotOf = ({ keepsSnapshots }: Place, name: string) => (keepsSnapshots ? { finalSnapshot: `${name}-final` } : {});

const postgresOf = ({ postgres: settings }: DataSettings, place: Place): PostgresProps => {
  const name = bounded(`${place.base}-postgres`, 63);
  const family = `postgres${majorOf(settings.version)}`;
  return {
    name, version: settings.version, upgradesItself: settings.version === majorOf(settings.version), family, parameterGroupName: `${place.base}-${family}`,
    instanceClass: settings.instance_class, storageGib: settings.storage_gib, maxStorageGib: settings.max_storage_gib, multiAz: settings.multi_az, backupDays: settings.backup_days, windows: place.windows,
    ...snapshotOf(place, name), logGroup: `/aws/rds/instance/${name}/postgresql`, logDays: place.logDays, parameterPath: place.path('postgres'),
  };
};

const auroraOf = ({ aurora: settings }: DataSettings, place: Place): AuroraProps => {
  const name = bounded(`${place.base}-aurora`, 60);
  const family = `aurora-postgresql${majorOf(settings.version)}`;
  return {
    name, version: settings.version, upgradesItself: settings.version === majorOf(settings.version), family, parameterGroupName: `${place.base}-${family}`,
    minCapacity: settings.min_capacity, maxCapacity: settings.max_capacity, backupDays: settings.backup_days, windows: place.windows,
    instances: Object.fromEntries(Array.from({ length: settings.instances }, (_, i) => [`aurora_${i + 1}`, { name: `${name}-${i + 1}` }])),
    ...snapshotOf(place, name), logGroup: `/aws/rds/cluster/${name}/postgresql`, logDays: place.logDays, parameterPath: place.path('aurora'),
  };
};

/** Undefined where the environment has clusters in one region only, which `config/` reports. */
const auroraGlobalOf = (environment: Environment, { region }: Environment['clusters'][number], place: Place): AuroraGlobalProps | undefined => {
  const { accountId, partition, settings: { data: { aurora_global: settings } } } = environment;
  const away = dataClusters(environment).find((cluster) => cluster.region !== region);
  if (!away) return undefined;
  const name = bounded(`${place.base}-global`, 60);
  const family = `aurora-postgresql${majorOf(settings.version)}`;
  const member = (id: 'primary' | 'secondary', where: string): AuroraRegionProps => ({
    region: where, minCapacity: settings[id].min_capacity, maxCapacity: settings[id].max_capacity,
    instances: Object.fromEntries(Array.from({ length: settings[id].instances }, (_, i) => [`aurora_${id}_${i + 1}`, { name: `${name}-${i + 1}` }])),
  });
  return {
    globalName: name, name, version: settings.version, family, parameterGroupName: `${place.base}-global-${family}`, backupDays: settings.backup_days, ...snapshotOf(place, name),
    logGroup: `/aws/rds/cluster/${name}/postgresql`, logDays: place.logDays, parameterPath: place.path('aurora-global'), passwordVersion: settings.password_version,
    primary: member('primary', region),
    secondary: {
      ...member('secondary', away.region), network: { clusterName: away.name, discoveryTag: karpenterDiscoveryTag, region: away.region },
      key: { alias: `alias/${place.base}-data-stores`, description: `Data stores of ${environment.name}`, partition, accountId, region: away.region, services: [logsMayUse(partition, away.region, accountId, `/aws/*/${place.base}-*`)] },
    },
  };
};

const redisOf = ({ redis: { engine, version, ...settings } }: DataSettings, place: Place): RedisProps => {
  const name = bounded(`${place.base}-redis`, 40);
  return {
    name, description: 'Cache of the platform', engine, version: version ?? { valkey: '8.0', redis: '7.1' }[engine], nodeType: settings.node_type, nodes: settings.replicas + 1, failsOver: settings.replicas > 0,
    snapshotDays: settings.snapshot_days, ...snapshotOf(place, name), user: name, ...(engine === 'redis' ? { defaultUser: bounded(`${place.base}-redis-default`, 40) } : {}),
    userGroup: name, parameterPath: place.path('redis'),
  };
};

const memcachedOf = ({ memcached: { version, node_type: nodeType, nodes } }: DataSettings, place: Place): MemcachedProps =>
  ({ name: bounded(`${place.base}-memcached`, 50), version, nodeType, nodes, azMode: nodes > 1 ? 'cross-az' : 'single-az', parameterPath: place.path('memcached') });

const kafkaOf = ({ msk: settings }: DataSettings, place: Place): KafkaProps => {
  const name = bounded(`${place.base}-msk`, 64);
  const copies = Math.min(3, place.zones * settings.brokers_per_zone);
  return {
    name, version: settings.version, brokerType: settings.broker_type, brokers: place.zones * settings.brokers_per_zone, volumeGib: settings.volume_gib,
    // A topic stays writable while one of its copies is away.
    properties: `auto.create.topics.enable=false\ndefault.replication.factor=${copies}\nmin.insync.replicas=${Math.max(1, copies - 1)}\n`,
    logGroup: `/aws/msk/${name}`, logDays: place.logDays, parameterPath: place.path('msk'),
  };
};

const feastOf = ({ feast: { tables } }: DataSettings, place: Place): FeastTablesProps => ({
  tables: Object.fromEntries(tables.map((table) => [terraformName(table), { name: `${place.base}-feast-${table}` }])),
  pointInTimeRecovery: place.keepsSnapshots, template: `${place.base}-feast-{table_name}`, parameterPath: place.path('feast'),
});

/** Decides everything of an environment's data stores in the VPC of its hub. Throws where there is no hub: a bug. Pure. */
export const dataProps = (platform: Platform, environment: Environment): DataRootProps => {
  const { accountId, partition, tier, settings: { data, cluster_name_prefix: prefix, kubernetes } } = environment;
  const cluster = environment.clusters.find(({ name }) => name === environment.hub);
  if (!cluster) throw new Error(`${environment.name} has no hub`);
  const aws = { ...environmentAws(platform, environment), region: cluster.region };
  const base = storeBaseName(prefix);
  const place: Place = {
    base, path: (store) => dataParameterPath(platform.name, environment.name, store), keepsSnapshots: tier === 'qa' || tier === 'prod', logDays: kubernetes.log_retention_days, zones: cluster.zones.length, windows: storeWindows(environment),
  };
  const auroraGlobal = data.aurora_global.enabled ? auroraGlobalOf(environment, cluster, place) : undefined;
  const watched = {
    ...(data.postgres.enabled ? { postgres: postgresOf(data, place) } : {}),
    ...(data.aurora.enabled ? { aurora: auroraOf(data, place) } : {}),
    ...(data.redis.enabled ? { redis: redisOf(data, place) } : {}),
  };
  const schedule = storeScheduleProps(platform, environment, watched);
  return {
    aws, network: { clusterName: cluster.name, discoveryTag: karpenterDiscoveryTag }, protected: tier === 'prod',
    key: { alias: `alias/${base}-data-stores`, description: `Data stores of ${environment.name}`, partition, accountId, services: [logsMayUse(partition, aws.region, accountId, `/aws/*/${base}-*`)] },
    ...watched,
    ...(auroraGlobal ? { auroraGlobal } : {}),
    ...(data.memcached.enabled ? { memcached: memcachedOf(data, place) } : {}),
    ...(data.msk.enabled ? { msk: kafkaOf(data, place) } : {}),
    ...(data.feast.enabled ? { feast: feastOf(data, place) } : {}),
    alarms: storeAlarms(environment, cluster.region, { ...watched, ...(auroraGlobal ? { auroraGlobal } : {}) }),
    ...(schedule === undefined ? {} : { schedule }),
  };
};
