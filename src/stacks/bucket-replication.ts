import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicy } from '#bindings/aws/iam-role-policy.js';
import { S3BucketReplicationConfigurationA } from '#bindings/aws/s3-bucket-replication-configuration.js';
import { Construct } from 'constructs';
import type { Bucket } from './bucket.ts';
import { policy, serviceTrust } from './policy.ts';
import { because } from './root.ts';

/** Who copies objects to another region. */
export interface BucketReplicationProps {
  readonly roleName: string;
  readonly boundaryArn: string;
  /** How S3 is called in conditions on the use of keys, in the region of the buckets and in that of the copies. */
  readonly fromService: string;
  readonly toService: string;
}

/** One bucket and where it is copied to. */
export interface Replicated {
  readonly id: string;
  readonly from: Pick<Bucket, 'bucket' | 'versioning'>;
  readonly to: Pick<Bucket, 'bucket' | 'versioning'>;
  readonly fromKey: string;
}

/**
 * Copies buckets to another region within fifteen minutes, deletions included; the copies keep old versions. Rights as in the S3 user
 * guide, "Setting up permissions for live replication" and "Replicating encrypted objects".
 */
export class BucketReplication extends Construct {
  constructor(scope: Construct, { roleName, boundaryArn, fromService, toService }: BucketReplicationProps, each: readonly Replicated[], toKey: string) {
    super(scope, 'replication');
    const role = because(new IamRole(this, 'iam-role.replication', { name: roleName, permissionsBoundary: boundaryArn, assumeRolePolicy: serviceTrust('s3.amazonaws.com') }),
      'S3 documents no condition for who replicates, and copies nothing where one is not met; only this account can hand the role to S3.');
    const rights = new IamRolePolicy(this, 'iam-role-policy.replication', {
      name: 'replicate', role: role.name,
      policy: policy([
        { sid: 'FindObjects', actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'], on: each.map(({ from }) => from.bucket.arn) },
        { sid: 'ReadObjects', actions: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'], on: each.map(({ from }) => `${from.bucket.arn}/*`) },
        { sid: 'WriteCopies', actions: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], on: each.map(({ to }) => `${to.bucket.arn}/*`) },
        { sid: 'DecryptObjects', actions: ['kms:Decrypt'], on: [...new Set(each.map(({ fromKey }) => fromKey))], when: { StringLike: [{ key: 'kms:ViaService', values: [fromService] }] } },
        { sid: 'EncryptCopies', actions: ['kms:Encrypt', 'kms:GenerateDataKey'], on: [toKey], when: { StringLike: [{ key: 'kms:ViaService', values: [toService] }] } },
      ]),
    });
    for (const { id, from, to } of each) {
      new S3BucketReplicationConfigurationA(this, `s3-bucket-replication.${id}`, {
        bucket: from.bucket.id, role: role.arn, dependsOn: [rights, ...(from.versioning ? [from.versioning] : []), ...(to.versioning ? [to.versioning] : [])],
        rule: [{
          id: 'everything', status: 'Enabled', priority: 0, filter: { prefix: '' }, deleteMarkerReplication: { status: 'Enabled' },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
          destination: {
            bucket: to.bucket.arn, storageClass: 'STANDARD_IA', encryptionConfiguration: { replicaKmsKeyId: toKey },
            replicationTime: { status: 'Enabled', time: { minutes: 15 } }, metrics: { status: 'Enabled', eventThreshold: { minutes: 15 } },
          },
        }],
      });
    }
  }
}
