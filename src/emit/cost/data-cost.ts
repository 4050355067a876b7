import { prices } from '../../../catalog/prices.ts';
import { dataPrices } from '../../../catalog/service-prices.ts';
import { brokerMachines, cacheMachines, databaseMachines, valkeyShare } from '../../../catalog/store-prices.ts';
import { hasRoot } from '../../config/own-roots.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import { databaseShare } from '../../config/schedule-settings.ts';
import type { CostLine } from '../../model/component.ts';
import type { DataRootProps } from '../../stacks/data-root.ts';
import { dataProps } from '../terraform/data-props.ts';
import type { CostPart } from './estimate.ts';
import { counted, each, machines, perMonth, use } from './lines.ts';

/** Use that estimates assume: of an Aurora cluster and its requests, of backups beyond what is free, of tables, of objects in logs. */
const assumed = { auroraGb: 20, auroraMillions: 10, snapshotGb: 5, tableMillions: 1, tableGb: 1, logGb: 1 } as const;

const postgresLines = ({ instanceClass, multiAz, storageGib, maxStorageGib }: NonNullable<DataRootProps['postgres']>, share: number): readonly CostLine[] => {
  const copies = multiAz ? 2 : 1;
  const perGib = dataPrices.rdsStorage.usd * copies;
  return [
    machines('PostgreSQL', databaseMachines, instanceClass, copies, { share, by: 'database', note: multiAz ? ', one of them the standby' : '' }),
    { what: 'storage of PostgreSQL', usd: perGib * storageGib, basis: `${storageGib} GiB of gp3${multiAz ? ' in two zones' : ''}` },
    use('growth of PostgreSQL', 0, `grows by itself up to ${maxStorageGib} GiB`, perGib * (maxStorageGib - storageGib)),
    use('backups of PostgreSQL', 0, `free up to the size of the databases, then ${dataPrices.rdsBackup.usd} USD a GB`),
  ];
};

const auroraLines = ({ minCapacity, maxCapacity, instances }: NonNullable<DataRootProps['aurora']>, share: number): readonly CostLine[] => {
  const count = Object.keys(instances).length;
  const perUnit = perMonth(dataPrices.auroraCapacity.usd, count * share);
  return [
    { what: 'Aurora', usd: perUnit * minCapacity, basis: `${minCapacity} ACU at least on ${counted(count, 'instance')}${share === 1 ? '' : ', stopped outside working hours'}` },
    use('work of Aurora', 0, `up to ${maxCapacity} ACU under load`, perUnit * (maxCapacity - minCapacity)),
    use('storage of Aurora', dataPrices.auroraStorage.usd * assumed.auroraGb + dataPrices.auroraRequests.usd * assumed.auroraMillions, `${assumed.auroraGb} GB and ${assumed.auroraMillions} million requests, assumed`),
    use('backups of Aurora', 0, `free up to the size of the cluster, then ${dataPrices.auroraBackup.usd} USD a GB`),
  ];
};

const auroraGlobalLines = ({ primary, secondary }: NonNullable<DataRootProps['auroraGlobal']>): readonly CostLine[] => {
  const members = [primary, secondary];
  const sum = (of: (member: typeof primary) => number): number => members.reduce((total, member) => total + perMonth(dataPrices.auroraCapacity.usd, Object.keys(member.instances).length) * of(member), 0);
  return [
    { what: 'Aurora Global', usd: sum(({ minCapacity }) => minCapacity), basis: `${primary.minCapacity} and ${secondary.minCapacity} ACU at least on each instance of ${primary.region} and ${secondary.region}` },
    use('work of Aurora Global', 0, `up to ${primary.maxCapacity} and ${secondary.maxCapacity} ACU under load`, sum(({ minCapacity, maxCapacity }) => maxCapacity - minCapacity)),
    use('storage of Aurora Global', (dataPrices.auroraStorage.usd * assumed.auroraGb + dataPrices.auroraRequests.usd * assumed.auroraMillions) * members.length, `${assumed.auroraGb} GB and ${assumed.auroraMillions} million requests in each region, assumed; copied writes come on top`),
    ...each('key of the second region', prices.kmsKey.usd, 1, secondary.region),
  ];
};

const cacheLines = ({ redis, memcached }: DataRootProps): readonly CostLine[] => [
  ...(redis === undefined ? [] : [
    machines(redis.engine === 'valkey' ? 'Valkey' : 'Redis', cacheMachines, redis.nodeType, redis.nodes, { by: 'cache', times: redis.engine === 'valkey' ? valkeyShare : 1 }),
    ...(redis.snapshotDays > 0 ? [use('snapshots of the cache', dataPrices.cacheBackup.usd * assumed.snapshotGb, `${assumed.snapshotGb} GB, assumed`)] : []),
  ]),
  ...(memcached === undefined ? [] : [machines('Memcached', cacheMachines, memcached.nodeType, memcached.nodes, { by: 'cache' })]),
];

const kafkaLines = ({ brokerType, brokers, volumeGib }: NonNullable<DataRootProps['msk']>): readonly CostLine[] => [
  machines('Kafka', brokerMachines, brokerType, brokers),
  { what: 'volumes of Kafka', usd: dataPrices.kafkaStorage.usd * volumeGib * brokers, basis: `${brokers} of ${volumeGib} GiB` },
];

const feastLines = ({ tables, pointInTimeRecovery }: NonNullable<DataRootProps['feast']>): readonly CostLine[] => {
  const count = Object.keys(tables).length;
  const one = (dataPrices.tableWrites.usd + dataPrices.tableReads.usd) * assumed.tableMillions + (dataPrices.tableStorage.usd + (pointInTimeRecovery ? dataPrices.tableBackup.usd : 0)) * assumed.tableGb;
  return [use('tables of Feast', one * count, `${count} with ${assumed.tableMillions} million writes, as many reads and ${assumed.tableGb} GB, assumed`)];
};

/** What the data stores of an environment cost. Pure. */
export const dataCost = (platform: Platform, environment: Environment): CostPart => {
  if (!hasRoot(environment, 'data')) return { part: 'data stores', lines: [] };
  const props = dataProps(platform, environment);
  const share = databaseShare(environment.settings.schedule);
  const passwords = [props.postgres, props.aurora].filter((one) => one !== undefined).length;
  const logs = [props.postgres, props.aurora, props.msk].filter((one) => one !== undefined).length;
  return {
    part: 'data stores',
    lines: [
      ...(props.postgres === undefined ? [] : postgresLines(props.postgres, share)),
      ...(props.aurora === undefined ? [] : auroraLines(props.aurora, share)),
      ...(props.auroraGlobal === undefined ? [] : auroraGlobalLines(props.auroraGlobal)),
      ...cacheLines(props),
      ...(props.msk === undefined ? [] : kafkaLines(props.msk)),
      ...(props.feast === undefined ? [] : feastLines(props.feast)),
      ...each('key of data stores', prices.kmsKey.usd, 1, 'one for all of them'),
      ...each('secrets of databases', dataPrices.secret.usd, passwords),
      ...(logs === 0 ? [] : [use('logs of data stores', prices.logData.usd * assumed.logGb * logs, `${assumed.logGb} GB each, assumed`)]),
    ],
  };
};
