import type { Environment, Platform } from '../../config/platform.ts';
import type { BucketProps } from '../../stacks/bucket.ts';
import type { StorageProps, StoredProps } from '../../stacks/storage.ts';
import type { StorageRootProps } from '../../stacks/storage-root.ts';
import { bounded, bucketFirstName, environmentBucketName, storageKeyAlias } from '../../units/aws-names.ts';
import { boundaryArn, environmentAws, terraformName } from './names.ts';

/** Zones of the data lake: what arrives, what is being checked, what is fit for use, what models learn from, what is kept for the record. */
export const dataLakeZones = ['raw', 'staging', 'curated', 'features', 'archive'] as const;

interface Wanted {
  readonly purpose: string;
  readonly replicate: boolean;
  readonly tieringDays?: number;
  readonly keptByWriter?: boolean;
}

const wantedOf = ({ settings: { storage } }: Environment): readonly Wanted[] => {
  const plain = (['mlflow', 'pipelines', 'feast', 'models'] as const).flatMap((purpose): readonly Wanted[] => (storage[purpose].enabled ? [{ purpose, replicate: storage[purpose].replicate }] : []));
  const { thanos, loki, velero, data_lake: lake } = storage;
  return [
    ...(thanos.enabled ? [{ purpose: 'thanos', replicate: thanos.replicate, tieringDays: thanos.tiering_days, keptByWriter: true }] : []),
    ...plain,
    ...(loki.enabled ? [{ purpose: 'loki', replicate: loki.replicate, keptByWriter: true }] : []),
    ...(velero.enabled ? [{ purpose: 'velero', replicate: velero.replicate, keptByWriter: true }] : []),
    ...(lake.enabled ? dataLakeZones.map((zone) => ({ purpose: `lake-${zone}`, replicate: lake.replicate, tieringDays: zone === 'archive' ? 0 : 30 })) : []),
  ];
};

/** First part of a bucket's name, before account and region. */
const firstName = (platform: Platform, { name, settings }: Environment, purpose: string): string =>
  purpose === 'pipelines' ? settings.kubeflow.pipelines.bucket : bucketFirstName(platform.name, name, purpose);

/** Names of the platform's buckets in an environment's primary region, by purpose: `thanos`, `lake-raw`… Empty where none is asked for. Pure. */
export const bucketNames = (platform: Platform, environment: Environment): Readonly<Record<string, string>> => {
  const [region = ''] = environment.regions;
  return Object.fromEntries(wantedOf(environment).map(({ purpose }) => [purpose, environmentBucketName(firstName(platform, environment, purpose), { accountId: environment.accountId, region })]));
};

/** Decides the buckets of an environment; undefined where none is asked for. Pure. */
export const storageProps = (platform: Platform, environment: Environment): StorageProps | undefined => {
  const { accountId, partition, tier, settings: { storage, kubeflow, cluster_name_prefix: prefix } } = environment;
  const [region = ''] = environment.regions;
  const wanted = wantedOf(environment);
  if (wanted.length === 0) return undefined;
  const { replica_region: replicaRegion, old_versions_days: oldVersionsDays } = storage;
  const losesObjects = tier !== 'prod';
  const key = (suffix: string, description: string) => ({ alias: `${storageKeyAlias(prefix)}${suffix}`, description, partition, accountId, services: [] });
  const s3Of = (where: string): string => `s3.${where}.amazonaws.com`;
  const named = (purpose: string, where: string): string => environmentBucketName(firstName(platform, environment, purpose), { accountId, region: where });
  const bucketOf = ({ purpose, tieringDays, keptByWriter = false }: Wanted): BucketProps => {
    return { name: named(purpose, region), losesObjects, oldVersionsDays, keptByWriter, ...(tieringDays === undefined ? {} : { tieringDays }) };
  };
  const stored = (one: Wanted): StoredProps => ({
    bucket: bucketOf(one),
    ...(one.purpose === 'pipelines' && kubeflow.pipelines.kms_arn !== '' ? { keyArn: kubeflow.pipelines.kms_arn } : {}),
    ...(one.replicate && replicaRegion !== undefined ? { copy: { name: named(one.purpose, replicaRegion), region: replicaRegion, losesObjects, oldVersionsDays, keptByWriter: false } } : {}),
  });
  return {
    key: key('', `Buckets of ${environment.name}`),
    buckets: Object.fromEntries(wanted.map((one) => [terraformName(one.purpose), stored(one)])),
    ...(storage.access_logs.enabled ? {
      accessLogs: {
        name: named('access-logs', region), losesObjects, keptByWriter: false, expireDays: storage.access_logs.retention_days,
        allow: [{
          sid: 'LogsOfThisAccount', principals: { Service: ['logging.s3.amazonaws.com'] }, actions: ['s3:PutObject'],
          when: { StringEquals: [{ key: 'aws:SourceAccount', values: [accountId] }] },
        }],
      },
    } : {}),
    ...(replicaRegion !== undefined && wanted.some(({ replicate }) => replicate) ? {
      replication: {
        key: { ...key('', `Copies of the buckets of ${environment.name}`), region: replicaRegion },
        role: { roleName: bounded(`${prefix}-s3-replication`, 64), boundaryArn: boundaryArn(platform, environment), fromService: s3Of(region), toService: s3Of(replicaRegion) },
      },
    } : {}),
  };
};

/** Decides the root of the buckets of an environment that asks for some. Pure. */
export const storageRootProps = (platform: Platform, environment: Environment): StorageRootProps => {
  const storage = storageProps(platform, environment);
  if (!storage) throw new Error(`${environment.name} asks for no bucket`);
  return { aws: environmentAws(platform, environment), ...storage };
};
