import type { KmsKey } from '#bindings/aws/kms-key.js';
import type { S3Bucket } from '#bindings/aws/s3-bucket.js';
import type { S3BucketVersioningA } from '#bindings/aws/s3-bucket-versioning.js';
import { Construct } from 'constructs';
import { ClosedBucket } from './closed-bucket.ts';
import { EncryptionKey } from './encryption-key.ts';

/** Where the Terraform state of an account lives. */
export interface StateBucketProps {
  readonly bucket: string;
  readonly alias: string;
  readonly partition: string;
  readonly accountId: string;
  readonly isCopied: boolean;
}

/** How long old versions of states are kept. */
export const oldStates = {
  id: 'old-versions', status: 'Enabled', filter: [{ prefix: '' }],
  noncurrentVersionExpiration: [{ noncurrentDays: 365, newerNoncurrentVersions: 10 }],
  abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
};

/** Versioned, encrypted, private bucket that answers over TLS only. */
export class StateBucket extends Construct {
  readonly bucket: S3Bucket;
  readonly key: KmsKey;
  readonly versioning: S3BucketVersioningA;

  constructor(scope: Construct, id: string, { bucket: name, alias, partition, accountId, isCopied }: StateBucketProps) {
    super(scope, id);
    const { key } = new EncryptionKey(this, id, { alias, description: `Terraform state in ${name}`, partition, accountId, services: [] });
    this.key = key;
    ({ bucket: this.bucket, versioning: this.versioning } = new ClosedBucket(new Construct(this, 'bucket'), id, {
      bucket: name, keyArn: key.arn, rule: oldStates,
      findings: {
        CKV2_AWS_62: 'nobody waits for changes of a state', CKV_AWS_18: 'CloudTrail can record reads; a bucket of logs would need logs itself', ...(isCopied ? {} : { CKV_AWS_144: 'states can be imported again; old versions are kept for a year' }),
      },
      reason: 'Holds the state of every root of this account, this one included: move it in after the first apply with `terraform init -migrate-state`.',
    }));
  }
}
