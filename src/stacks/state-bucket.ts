import { S3Bucket } from '#bindings/aws/s3-bucket.js';
import { S3BucketLifecycleConfiguration } from '#bindings/aws/s3-bucket-lifecycle-configuration.js';
import { S3BucketOwnershipControls } from '#bindings/aws/s3-bucket-ownership-controls.js';
import { S3BucketPolicy } from '#bindings/aws/s3-bucket-policy.js';
import { S3BucketPublicAccessBlock } from '#bindings/aws/s3-bucket-public-access-block.js';
import { S3BucketServerSideEncryptionConfigurationA } from '#bindings/aws/s3-bucket-server-side-encryption-configuration.js';
import { S3BucketVersioningA } from '#bindings/aws/s3-bucket-versioning.js';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key.ts';
import { policy } from './policy.ts';
import { because } from './root.ts';

/** Where the Terraform state of an account lives. */
export interface StateBucketProps {
  readonly bucket: string;
  readonly alias: string;
  readonly partition: string;
  readonly accountId: string;
}

/** Versioned, encrypted, private bucket that answers over TLS only. */
export class StateBucket extends Construct {
  readonly bucket: S3Bucket;

  constructor(scope: Construct, id: string, { bucket: name, alias, partition, accountId }: StateBucketProps) {
    super(scope, id);
    const { key } = new EncryptionKey(this, id, { alias, description: `Terraform state in ${name}`, partition, accountId, services: [] });
    this.bucket = because(new S3Bucket(this, `s3-bucket.${id}`, { bucket: name, tags: { Name: name }, lifecycle: { preventDestroy: true } }),
      'Holds the state of every root of this account, this one included: move it in after the first apply with `terraform init -migrate-state`.');
    const bucket = this.bucket.id;
    new S3BucketVersioningA(this, `s3-bucket-versioning.${id}`, { bucket, versioningConfiguration: { status: 'Enabled' } });
    new S3BucketServerSideEncryptionConfigurationA(this, `s3-bucket-encryption.${id}`, {
      bucket, rule: [{ bucketKeyEnabled: true, applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn } }],
    });
    new S3BucketOwnershipControls(this, `s3-bucket-ownership.${id}`, { bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } });
    const closed = new S3BucketPublicAccessBlock(this, `s3-bucket-public-access.${id}`, { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true });
    new S3BucketPolicy(this, `s3-bucket-policy.${id}`, {
      bucket, dependsOn: [closed],
      policy: policy([{ sid: 'OnlyOverTls', deny: true, principals: '*', actions: ['s3:*'], on: [this.bucket.arn, `${this.bucket.arn}/*`], when: { Bool: [{ key: 'aws:SecureTransport', values: ['false'] }] } }]),
    });
    new S3BucketLifecycleConfiguration(this, `s3-bucket-lifecycle.${id}`, {
      bucket,
      rule: [{
        id: 'old-versions', status: 'Enabled', filter: [{ prefix: '' }],
        noncurrentVersionExpiration: [{ noncurrentDays: 365, newerNoncurrentVersions: 10 }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      }],
    });
  }
}
