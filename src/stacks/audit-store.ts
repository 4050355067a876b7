import type { KmsKey } from '#bindings/aws/kms-key.js';
import type { S3Bucket } from '#bindings/aws/s3-bucket.js';
import type { S3BucketPolicy } from '#bindings/aws/s3-bucket-policy.js';
import { Construct } from 'constructs';
import { ClosedBucket } from './closed-bucket.ts';
import { EncryptionKey } from './encryption-key.ts';
import { logsMayUse } from './key-use.ts';
import type { PolicyStatement } from './policy.ts';
import { trailUsesKey, trailWritesTo } from './trail-policies.ts';

/** Where an account keeps what its services recorded. */
export interface AuditStoreProps {
  readonly bucket: string;
  readonly alias: string;
  readonly partition: string;
  readonly accountId: string;
  readonly retentionDays: number;
  /** ARN of the trail that writes here, if one does. */
  readonly trailArn?: string;
  /** Log group that the key also encrypts, and its region. */
  readonly logGroup?: { readonly region: string; readonly name: string };
  /** Whether AWS Config writes here. */
  readonly isForConfig: boolean;
}

const awsConfig = { Service: ['config.amazonaws.com'] } as const;

/** What AWS Config needs with its service-linked role. Sources: AWS Config developer guide, "Permissions for the Amazon S3 Bucket" and "… for the KMS Key for the AWS Config Delivery Channel". */
const configUsesKey = (accountId: string): PolicyStatement =>
  ({ sid: 'ConfigEncrypts', principals: awsConfig, actions: ['kms:Decrypt', 'kms:GenerateDataKey'], on: ['*'], when: { StringEquals: [{ key: 'aws:SourceAccount', values: [accountId] }] } });

const configWritesTo = (bucketArn: string, accountId: string): readonly PolicyStatement[] => {
  const ours = { key: 'aws:SourceAccount', values: [accountId] };
  return [
    { sid: 'ConfigLooks', principals: awsConfig, actions: ['s3:GetBucketAcl', 's3:ListBucket'], on: [bucketArn], when: { StringEquals: [ours] } },
    { sid: 'ConfigWrites', principals: awsConfig, actions: ['s3:PutObject'], on: [`${bucketArn}/AWSLogs/${accountId}/Config/*`], when: { StringEquals: [{ key: 's3:x-amz-acl', values: ['bucket-owner-full-control'] }, ours] } },
  ];
};

/** Key and bucket of the records of CloudTrail and AWS Config; only these write. File `audit.tf`. */
export class AuditStore extends Construct {
  readonly key: KmsKey;
  readonly bucket: S3Bucket;
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, { bucket, alias, partition, accountId, retentionDays, trailArn, logGroup, isForConfig }: AuditStoreProps) {
    super(scope, 'audit');
    const trail = trailArn === undefined ? undefined : { arn: trailArn, partition, accountId };
    this.key = new EncryptionKey(this, 'audit', {
      alias, description: 'Records of CloudTrail and AWS Config', partition, accountId,
      services: [...(trail ? trailUsesKey(trail) : []), ...(isForConfig ? [configUsesKey(accountId)] : []), ...(logGroup ? [logsMayUse(partition, logGroup.region, accountId, logGroup.name)] : [])],
    }).key;
    const store = new ClosedBucket(new Construct(this, 'bucket'), 'audit', {
      bucket, keyArn: this.key.arn, reason: 'The record of who did what, and of how things were configured.',
      allow: (to) => [...(trail ? trailWritesTo(to, trail, [accountId]) : []), ...(isForConfig ? configWritesTo(to, accountId) : [])],
      findings: { CKV2_AWS_62: 'nobody waits for single files', CKV_AWS_18: 'it is the log', CKV_AWS_144: 'CloudTrail keeps 90 days of its own' },
      rule: { id: 'age', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days: retentionDays }], noncurrentVersionExpiration: [{ noncurrentDays: 30 }], abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }] },
    });
    this.bucket = store.bucket;
    this.policy = store.policy;
  }
}
