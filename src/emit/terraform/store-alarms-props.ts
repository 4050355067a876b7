import type { Environment } from '../../config/platform.ts';
import { stopsDatabases } from '../../config/schedule-settings.ts';
import type { AuroraGlobalProps } from '../../stacks/aurora-global.ts';
import type { AuroraProps } from '../../stacks/aurora.ts';
import type { PostgresProps } from '../../stacks/postgres.ts';
import type { RedisProps } from '../../stacks/redis.ts';
import type { StoreWatch } from '../../stacks/store-alarms.ts';
import type { AlarmParts } from './alarm-parts.ts';
import { alarmsOn } from './alarm-parts.ts';

/** Stores that have alarms, as they are built: of one region, and a global database of two. */
export interface WatchedStores {
  readonly postgres?: Pick<PostgresProps, 'name' | 'storageGib'>;
  readonly aurora?: Pick<AuroraProps, 'instances'>;
  readonly auroraGlobal?: Pick<AuroraGlobalProps, 'primary' | 'secondary'>;
  readonly redis?: Pick<RedisProps, 'name' | 'nodes'>;
}

/** CloudWatch counts bytes; the keys of the configuration are in MB of 1024 × 1024 bytes. */
const bytes = (mb: number): number => mb * 1024 * 1024;

/** A database that has not grown yet is never below a threshold of its whole storage; RDS itself adds storage below a tenth. */
const freeStorage = (thresholdMb: number, storageGib: number): number => bytes(Math.min(thresholdMb, Math.floor((storageGib * 1024) / 5)));

type Missing = AlarmParts['missing'];

/**
 * Alarms of one database instance. Aurora's storage grows by itself: it has no FreeStorageSpace, so `storageGib` is absent.
 * Source: RDS user guide, "Amazon CloudWatch metrics for Amazon RDS"; Aurora user guide, "Instance-level metrics".
 */
const databaseParts = ({ settings: { monitoring: { rds_alarms: limits } } }: Environment, instance: string, missing: Missing, storageGib?: number): Readonly<Record<string, AlarmParts>> => {
  const each = { statistic: 'Average', period: limits.period, evaluations: limits.evals, missing } as const;
  const above = { ...each, comparison: 'GreaterThanThreshold' } as const;
  const below = { ...each, comparison: 'LessThanThreshold' } as const;
  return {
    cpu: { ...above, metric: 'CPUUtilization', what: `${instance}: CPU above ${limits.cpu} %`, threshold: limits.cpu },
    ...(storageGib === undefined ? {} : { 'free-storage': { ...below, metric: 'FreeStorageSpace', what: `${instance}: little free storage`, threshold: freeStorage(limits.free_storage_low_mb, storageGib) } }),
    memory: { ...below, metric: 'FreeableMemory', what: `${instance}: less than ${limits.freeable_memory_low_mb} MB of memory can be freed`, threshold: bytes(limits.freeable_memory_low_mb) },
    'read-latency': { ...above, metric: 'ReadLatency', what: `${instance}: reads take longer than ${limits.read_latency_sec} s`, threshold: limits.read_latency_sec },
    'write-latency': { ...above, metric: 'WriteLatency', what: `${instance}: writes take longer than ${limits.write_latency_sec} s`, threshold: limits.write_latency_sec },
    connections: { ...above, metric: 'DatabaseConnections', what: `${instance}: more than ${limits.connections_high} connections`, threshold: limits.connections_high },
  };
};

/** Alarms of one cache node. Source: ElastiCache user guide, "Host-level metrics" and "Metrics for Valkey and Redis OSS". */
const cacheParts = ({ settings: { monitoring: { redis_alarms: limits } } }: Environment, node: string): Readonly<Record<string, AlarmParts>> => {
  const each = { statistic: 'Average', period: limits.period, evaluations: limits.evals, missing: 'missing' } as const;
  return {
    cpu: { ...each, metric: 'CPUUtilization', what: `${node}: CPU above ${limits.cpu} %`, comparison: 'GreaterThanThreshold', threshold: limits.cpu },
    memory: { ...each, metric: 'FreeableMemory', what: `${node}: less than ${limits.memory} MB of memory can be freed`, comparison: 'LessThanThreshold', threshold: bytes(limits.memory) },
    evictions: { ...each, metric: 'Evictions', what: `${node}: keys are evicted`, statistic: 'Sum', comparison: 'GreaterThanOrEqualToThreshold', threshold: limits.evictions },
  };
};

/** Nodes of a replication group without sharding: the group itself has no data. Source: ElastiCache API reference, ReplicationGroup, `MemberClusters`. */
const cacheNodes = ({ name, nodes }: Pick<RedisProps, 'name' | 'nodes'>): readonly string[] => Array.from({ length: nodes }, (_, i) => `${name}-${String(i + 1).padStart(3, '0')}`);

/** Decides the alarms on data stores, by resource name; each tells the topic of the region that its store is in. Pure. */
export const storeAlarms = (environment: Environment, region: string, { postgres, aurora, auroraGlobal, redis }: WatchedStores): Readonly<Record<string, StoreWatch>> => {
  // A database that sleeps at night has no data: every morning each of its alarms would report that all is well.
  const missing: Missing = stopsDatabases(environment.settings.schedule) ? 'notBreaching' : 'missing';
  const watch = (namespace: string, dimension: string, id: string, kind: string, store: string, parts: Readonly<Record<string, AlarmParts>>, where = region): readonly (readonly [string, StoreWatch])[] =>
    Object.entries(alarmsOn(environment, where, namespace, `${environment.name}-${kind}`, parts)).map(([part, alarm]) => [`${id}_${part}`, { dimensions: { [dimension]: store }, alarm }]);
  return Object.fromEntries([
    ...(postgres === undefined ? [] : watch('AWS/RDS', 'DBInstanceIdentifier', 'postgres', 'rds-postgres', postgres.name, databaseParts(environment, postgres.name, missing, postgres.storageGib))),
    ...Object.entries(aurora?.instances ?? {}).flatMap(([id, { name }]) => watch('AWS/RDS', 'DBInstanceIdentifier', id, `rds-${id.replaceAll('_', '-')}`, name, databaseParts(environment, name, missing))),
    // A global database is in two regions, of which no schedule stops either.
    ...[auroraGlobal?.primary, auroraGlobal?.secondary].flatMap((member) => Object.entries(member?.instances ?? {}).flatMap(([id, { name }]) =>
      watch('AWS/RDS', 'DBInstanceIdentifier', id, `rds-${id.replaceAll('_', '-')}`, name, databaseParts(environment, name, 'missing'), member?.region))),
    ...(redis === undefined ? [] : cacheNodes(redis).flatMap((node, i) => watch('AWS/ElastiCache', 'CacheClusterId', `redis_${i + 1}`, `redis-${i + 1}`, node, cacheParts(environment, node)))),
  ]);
};
