import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import { Cloudtrail } from '#bindings/aws/cloudtrail.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicy } from '#bindings/aws/iam-role-policy.js';
import { Construct } from 'constructs';
import type { AuditStore } from './audit-store.ts';
import { policy, serviceTrust } from './policy.ts';
import { accepted, because } from './root.ts';

/** CloudTrail of one account. */
export interface AccountTrailProps {
  readonly name: string;
  /** Copy in CloudWatch Logs, if there is one. */
  readonly logs?: {
    readonly name: string;
    readonly retentionDays: number;
    readonly roleName: string;
    readonly boundaryArn: string;
    /** Name of the log streams that CloudTrail makes, with a wildcard. */
    readonly streams: string;
  };
}

/** One trail of all regions into the account's audit store, and into a log group of its own. File `trail.tf`. */
export class AccountTrail extends Construct {
  constructor(scope: Construct, { name, logs }: AccountTrailProps, { bucket, key, policy: bucketPolicy }: AuditStore) {
    super(scope, 'trail');
    const copy = logs && this.#logs(logs, key.arn);
    accepted(new Cloudtrail(this, 'cloudtrail.account', {
      name, s3BucketName: bucket.id, kmsKeyId: key.arn, isMultiRegionTrail: true, includeGlobalServiceEvents: true, enableLogFileValidation: true,
      ...(copy ? { cloudWatchLogsGroupArn: `${copy.group.arn}:*`, cloudWatchLogsRoleArn: copy.role.arn } : {}), dependsOn: [bucketPolicy, ...(copy ? [copy.mayWrite] : [])],
    }), { CKV_AWS_252: 'nobody waits for single files', ...(copy ? {} : { CKV2_AWS_10: 'the bucket holds the record; the copy in CloudWatch Logs is switched off' }) });
  }

  #logs({ name, retentionDays, roleName, boundaryArn, streams }: NonNullable<AccountTrailProps['logs']>, keyArn: string) {
    const group = new CloudwatchLogGroup(this, 'cloudwatch-log-group.trail', { name, retentionInDays: retentionDays, kmsKeyId: keyArn });
    const role = because(new IamRole(this, 'iam-role.trail_logs', { name: roleName, description: 'CloudTrail writes to its log group', permissionsBoundary: boundaryArn, assumeRolePolicy: serviceTrust('cloudtrail.amazonaws.com') }),
      'CloudTrail takes only a role of the account that the trail is in, and documents no condition for it.');
    const mayWrite = new IamRolePolicy(this, 'iam-role-policy.trail_logs', { name: 'write', role: role.name, policy: policy([{ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on: [`${group.arn}:log-stream:${streams}`] }]) });
    return { group, role, mayWrite };
  }
}
