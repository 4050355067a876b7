import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { text } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, oneOf, textRule } from './rules.ts';

const no = (code: string, message: string): AwsFault => ({ service: 'CloudTrail', operation: 'CreateTrail', status: 400, code, message });

/** True where a policy speaks of CloudTrail and, if it names trails at all, of this one. */
const admits = (policy: string, trailArn: string): boolean => policy.includes('cloudtrail.amazonaws.com') && (!policy.includes('aws:SourceArn') || policy.includes(JSON.stringify(trailArn)));

/** Why CloudTrail can't use the key, the log group or the role that it is given. */
const refusedParts = (c: Change, trailArn: string): AwsFault | undefined => {
  const { store } = c.account;
  const [keyArn, group, role] = ['kms_key_id', 'cloud_watch_logs_group_arn', 'cloud_watch_logs_role_arn'].map((name) => text(c.planned[name]));
  if (keyArn !== undefined) {
    const key = store.list('aws_kms_key').find((o) => o.attributes['arn'] === keyArn);
    if (!key) return no('KmsKeyNotFoundException', `KMS key ${keyArn} does not exist.`);
    if (!admits(text(key.attributes['policy']) ?? '', trailArn)) return no('InsufficientEncryptionPolicyException', `Insufficient permissions to access S3 bucket ${text(c.planned['s3_bucket_name']) ?? ''} or KMS key ${keyArn}.`);
  }
  if ((group === undefined) !== (role === undefined)) return no('InvalidCloudWatchLogsLogGroupArnException', 'You must specify both a log group ARN and a role ARN, or none.');
  if (group === undefined) return undefined;
  const isGroup = group.endsWith(':*') && store.list('aws_cloudwatch_log_group').some((o) => `${text(o.attributes['arn']) ?? ''}:*` === group);
  if (!isGroup) return no('InvalidCloudWatchLogsLogGroupArnException', 'CloudTrail cannot validate the specified log group ARN.');
  const assumed = store.list('aws_iam_role').find((o) => o.attributes['arn'] === role);
  return (text(assumed?.attributes['assume_role_policy']) ?? '').includes('cloudtrail.amazonaws.com') ? undefined : no('InvalidCloudWatchLogsRoleArnException', 'Access denied. Check the trust relationships for your role.');
};

const trail: ResourceModel = {
  source: 'hashicorp/terraform-provider-aws internal/service/cloudtrail/trail.go; refusals: CloudTrail API reference, CreateTrail (words of those about key, log group and role not tried against AWS)', label: 'CloudTrail Trail', forceNew: ['name'],
  defaults: { enable_log_file_validation: false, enable_logging: true, include_global_service_events: true, is_multi_region_trail: false, is_organization_trail: false, 'event_selector.include_management_events': true, 'event_selector.read_write_type': 'All' },
  rules: {
    name: textRule(3, 128, /^(?!.*[._-]{2})[A-Za-z0-9][\w.-]*[A-Za-z0-9]$/), s3_key_prefix: textRule(0, 2000), kms_key_id: arnRule, cloud_watch_logs_group_arn: arnRule, cloud_watch_logs_role_arn: arnRule,
    'event_selector.read_write_type': oneOf('All', 'ReadOnly', 'WriteOnly'), 'insight_selector.insight_type': oneOf('ApiCallRateInsight', 'ApiErrorRateInsight'),
  },
  conflicts: [['event_selector', 'advanced_event_selector']],
  references: [{ path: 's3_bucket_name', type: 'aws_s3_bucket', anywhere: true, fault: (v) => no('S3BucketDoesNotExistException', `S3 bucket ${v} does not exist!`) }],
  refuse: (c) => {
    const { store, accountId } = c.account;
    const rival = c.prior ? undefined : store.list('aws_cloudtrail').find((o) => o.region === c.region && o.attributes['name'] === c.planned['name']);
    if (rival) return no('TrailAlreadyExistsException', `Trail ${rival.id} already exists for customer: ${accountId}`);
    const bucket = text(c.planned['s3_bucket_name']);
    const written = text(store.list('aws_s3_bucket_policy').find((o) => o.attributes['bucket'] === bucket)?.attributes['policy']) ?? '';
    const trailArn = arn(c, 'cloudtrail', `trail/${text(c.planned['name']) ?? ''}`);
    if (!admits(written, trailArn)) return no('InsufficientS3BucketPolicyException', `Incorrect S3 bucket policy is detected for bucket: ${bucket ?? ''}`);
    const parts = refusedParts(c, trailArn);
    if (parts || c.planned['is_organization_trail'] !== true) return parts;
    const organization = store.list('aws_organizations_organization')[0];
    if (organization === undefined) return no('OrganizationsNotInUseException', 'Your account is not a member of an organization.');
    const trusted = organization.attributes['aws_service_access_principals'];
    if (!Array.isArray(trusted) || !trusted.includes('cloudtrail.amazonaws.com')) return no('CloudTrailAccessNotEnabledException', 'The service has not been enabled for your organization.');
    return written.includes(`AWSLogs/${organization.id}/`) ? undefined : no('InsufficientS3BucketPolicyException', `Incorrect S3 bucket policy is detected for bucket: ${bucket ?? ''}`);
  },
  compute: (c) => {
    const id = arn(c, 'cloudtrail', `trail/${text(c.planned['name']) ?? ''}`);
    return { id, arn: id, home_region: c.region, sns_topic_arn: '' };
  },
};

/** CloudTrail. */
export const trailModels: Readonly<Record<string, ResourceModel>> = { aws_cloudtrail: trail };
