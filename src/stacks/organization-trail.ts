import { Cloudtrail } from '#bindings/aws/cloudtrail.js';
import { Construct } from 'constructs';
import { ClosedBucket } from './closed-bucket.ts';
import { EncryptionKey } from './encryption-key.ts';
import type { Organization } from './organization.ts';
import type { PolicyStatement } from './policy.ts';
import { accepted } from './root.ts';
import { trailUsesKey, trailWritesTo } from './trail-policies.ts';

/** CloudTrail of all accounts. */
export interface OrganizationTrailProps {
  readonly name: string;
  /** ARN that the trail will have: the bucket and the key take nothing from any other. */
  readonly arn: string;
  readonly bucket: string;
  readonly alias: string;
  readonly partition: string;
  readonly accountId: string;
  readonly retentionDays: number;
}

/** One trail for every account and region, into an encrypted bucket that only this trail writes to. File `trail.tf`. */
export class OrganizationTrail extends Construct {
  constructor(scope: Construct, { name, arn, bucket, alias, partition, accountId, retentionDays }: OrganizationTrailProps, { organization }: Organization) {
    super(scope, 'trail');
    const us = { arn, partition, accountId };
    const { key } = new EncryptionKey(this, 'trail', { alias, description: `CloudTrail ${name}`, partition, accountId, services: trailUsesKey(us) });
    const allow = (to: string): readonly PolicyStatement[] => trailWritesTo(to, us, [accountId, organization.id]);
    const { bucket: to, policy } = new ClosedBucket(new Construct(this, 'bucket'), 'trail', {
      bucket, keyArn: key.arn, allow, findings: { CKV2_AWS_62: 'nobody waits for single log files', CKV_AWS_18: 'it is the log', CKV_AWS_144: 'CloudTrail keeps 90 days of its own' }, reason: 'The record of who did what in every account.',
      rule: { id: 'age', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days: retentionDays }], noncurrentVersionExpiration: [{ noncurrentDays: 30 }], abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }] },
    });
    const trail = new Cloudtrail(this, 'cloudtrail.organization', {
      name, s3BucketName: to.id, kmsKeyId: key.arn, isOrganizationTrail: true, isMultiRegionTrail: true, includeGlobalServiceEvents: true, enableLogFileValidation: true, dependsOn: [policy],
    });
    accepted(trail, { CKV_AWS_252: 'nobody waits for single files of the record', CKV2_AWS_10: 'kept in the bucket; security services read the record where it is made' });
  }
}
