import { thanosCompactPolicy, thanosReadPolicy, thanosUploadPolicy } from '../../catalog/iam/thanos.ts';
import type { Cluster, Environment, Platform } from '../config/platform.ts';
import type { IamStatement } from '../model/infra.ts';
import type { Values } from '../model/workload.ts';
import { bucketFirstName, environmentBucketName, storageKeyAlias } from '../units/aws-names.ts';
import { documented } from './identity.ts';

/** Bucket that all clusters of an environment give their metrics to. */
export interface BlockBucket {
  readonly bucket: string;
  readonly region: string;
  /** Name under which clients reach it, and it alone. */
  readonly host: string;
}

/** The bucket of metrics of an environment: in its primary region, whatever region a cluster is in. Pure. */
export const blockBucket = (platform: Platform, environment: Environment): BlockBucket => {
  const [region = ''] = environment.regions;
  const bucket = environmentBucketName(bucketFirstName(platform.name, environment.name, 'thanos'), { accountId: environment.accountId, region });
  return { bucket, region, host: `${bucket}.s3.${region}.amazonaws.com` };
};

/** How Thanos reaches it. Without dual-stack names, which no network policy of ours opens. Source: `catalog/thanos.ts`. */
export const objectStore = ({ bucket, region }: BlockBucket): Values => ({ type: 'S3', config: { bucket, endpoint: `s3.${region}.amazonaws.com`, region, disable_dualstack: true } });

const policies = { upload: thanosUploadPolicy, read: thanosReadPolicy, compact: thanosCompactPolicy } as const;

/** What a part of Thanos may do with the bucket and the key it is encrypted with. Pure. */
export const blockRights = (platform: Platform, environment: Environment, cluster: Cluster, what: keyof typeof policies): (() => readonly IamStatement[]) => {
  const { bucket, region } = blockBucket(platform, environment);
  return documented(cluster, [policies[what]], { bucket, bucketRegion: region, keyAlias: storageKeyAlias(environment.settings.cluster_name_prefix) });
};
