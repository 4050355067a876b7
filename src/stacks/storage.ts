import { Construct } from 'constructs';
import { Bucket } from './bucket.ts';
import type { BucketProps } from './bucket.ts';
import { BucketReplication } from './bucket-replication.ts';
import type { BucketReplicationProps } from './bucket-replication.ts';
import { EncryptionKey } from './encryption-key.ts';
import type { EncryptionKeyProps } from './encryption-key.ts';

/** A bucket of the platform. */
export interface StoredProps {
  readonly bucket: BucketProps;
  /** Key of the user; absent: the environment's. */
  readonly keyArn?: string;
  /** Present where the bucket is copied to another region. */
  readonly copy?: BucketProps;
}

/** Buckets of an environment. */
export interface StorageProps {
  readonly key: EncryptionKeyProps;
  /** Resource name → bucket. */
  readonly buckets: Readonly<Record<string, StoredProps>>;
  /** Where requests are recorded. */
  readonly accessLogs?: BucketProps;
  /** Present where any bucket has a copy. */
  readonly replication?: { readonly key: EncryptionKeyProps; readonly role: BucketReplicationProps };
}

/** The platform's buckets with their key, access logs and copies in another region. File `storage.tf`. */
export class Storage extends Construct {
  readonly buckets: Readonly<Record<string, Bucket>>;

  constructor(scope: Construct, { key: keyProps, buckets, accessLogs, replication }: StorageProps) {
    super(scope, 'storage');
    const { key } = new EncryptionKey(this, 'storage', keyProps);
    const ownKeyArn = key.arn;
    const logs = accessLogs && new Bucket(this, 'access_logs', accessLogs, {});
    const surroundings = logs === undefined ? {} : { logs: logs.bucket };
    this.buckets = Object.fromEntries(Object.entries(buckets).map(([id, { bucket, keyArn }]) => [id, new Bucket(this, id, bucket, { keyArn: keyArn ?? ownKeyArn, ...surroundings })]));
    if (replication === undefined) return;
    const { key: replicaKey } = new EncryptionKey(this, 'storage_replica', replication.key);
    new BucketReplication(this, replication.role, Object.entries(buckets).flatMap(([id, { copy, keyArn }]) => {
      const from = this.buckets[id];
      return copy && from ? [{ id, from, to: new Bucket(this, `${id}_replica`, copy, { keyArn: replicaKey.arn }), fromKey: keyArn ?? ownKeyArn }] : [];
    }), replicaKey.arn);
  }
}
