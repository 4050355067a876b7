import type { ResourceModel } from '../engine/model.ts';
import type { AwsFault, ProviderProblem } from '../problem.ts';
import { isList, records, text } from '../values.ts';
import { arn } from './arn.ts';
import { between, oneOf, textRule } from './rules.ts';
import { faultsOf, sameName } from './same-name.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const s3 = (operation: string, status: number, code: string, message: string): AwsFault => ({ service: 'S3', operation, status, code, message });
const ofBucket = (operation: string) => [{ path: 'bucket', type: 'aws_s3_bucket', anywhere: true, fault: () => s3(operation, 404, 'NoSuchBucket', 'The specified bucket does not exist') }];
const problem = (path: string, summary: string): ProviderProblem => ({ severity: 'error', summary, detail: '', path: [path] });

/** Least age in days before S3 archives: 90 for the archive tier, 180 for the deep one. Source: S3 user guide, "How S3 Intelligent-Tiering works". */
const leastDays: Readonly<Record<string, number>> = { ARCHIVE_ACCESS: 90, DEEP_ARCHIVE_ACCESS: 180 };

const tiering: ResourceModel = {
  source: `${S}s3/bucket_intelligent_tiering_configuration.go; S3 user guide, "How S3 Intelligent-Tiering works"`, label: 'S3 Bucket Intelligent-Tiering Configuration', forceNew: ['bucket', 'name'], isShared: true, defaults: { status: 'Enabled' }, name: (a) => text(a['name']) ?? '',
  rules: { 'status': oneOf('Enabled', 'Disabled'), 'tiering.access_tier': oneOf('ARCHIVE_ACCESS', 'DEEP_ARCHIVE_ACCESS'), 'tiering.days': between(90, 730), 'name': textRule(1, 64) }, references: ofBucket('PutBucketIntelligentTieringConfiguration'),
  validate: (config) => records(config['tiering']).flatMap((t) => {
    const least = leastDays[text(t['access_tier']) ?? ''] ?? 0;
    return typeof t['days'] === 'number' && t['days'] < least ? [problem('tiering', `InvalidArgument: ${text(t['access_tier']) ?? ''} needs at least ${least} days`)] : [];
  }),
  compute: (c) => ({ id: `${text(c.planned['bucket']) ?? ''}:${text(c.planned['name']) ?? ''}` }),
};

const notification: ResourceModel = {
  source: `${S}s3/bucket_notification.go`, label: 'S3 Bucket Notification', forceNew: ['bucket'], isShared: true, defaults: { eventbridge: false }, name: (a) => text(a['bucket']) ?? '', references: ofBucket('PutBucketNotificationConfiguration'),
  compute: (c) => ({ id: text(c.planned['bucket']) ?? '' }),
};

const objectLock: ResourceModel = {
  source: `${S}s3/bucket_object_lock_configuration.go; S3 user guide, "Locking objects with Object Lock"`, label: 'S3 Bucket Object Lock Configuration', forceNew: ['bucket', 'expected_bucket_owner', 'object_lock_enabled'], isShared: true, defaults: { object_lock_enabled: 'Enabled' },
  rules: { 'object_lock_enabled': oneOf('Enabled'), 'rule.default_retention.mode': oneOf('GOVERNANCE', 'COMPLIANCE') }, references: ofBucket('PutObjectLockConfiguration'), name: (a) => text(a['bucket']) ?? '',
  validate: (config) => records(config['rule']).flatMap((r) => records(r['default_retention'])).flatMap((d) =>
    (['days', 'years'].filter((k) => (d[k] ?? null) !== null).length === 1 ? [] : [problem('rule', 'MalformedXML: default retention takes either days or years')])),
  refuse: (c) => (c.account.store.list('aws_s3_bucket_versioning').some((v) => v.attributes['bucket'] === c.planned['bucket'] && records(v.attributes['versioning_configuration'])[0]?.['status'] === 'Enabled') ? undefined
    : s3('PutObjectLockConfiguration', 409, 'InvalidBucketState', 'Versioning must be \'Enabled\' on the bucket to apply a Object Lock configuration')),
  compute: (c) => ({ id: text(c.planned['bucket']) ?? '', expected_bucket_owner: '', token: null }),
};

const accountBlock: ResourceModel = {
  source: `${S}s3control/account_public_access_block.go`, label: 'S3 Account Public Access Block', forceNew: ['account_id'], isShared: true, defaults: { block_public_acls: false, block_public_policy: false, ignore_public_acls: false, restrict_public_buckets: false },
  compute: (c) => ({ id: c.account.accountId, account_id: c.account.accountId }),
};

const rds = faultsOf('RDS');
const eventSubscription: ResourceModel = {
  source: `${S}rds/event_subscription.go, validate.go`, label: 'RDS Event Subscription', forceNew: ['name', 'name_prefix'], conflicts: [['name', 'name_prefix']], defaults: { enabled: true },
  rules: { name: textRule(1, 255, /^[A-Za-z](?!.*--)[0-9A-Za-z-]*(?<!-)$/), source_type: oneOf('db-instance', 'db-security-group', 'db-parameter-group', 'db-snapshot', 'db-cluster', 'db-cluster-snapshot', 'custom-engine-version', 'db-proxy', 'blue-green-deployment', 'db-shard-group', 'zero-etl') },
  validate: (config) => (isList(config['source_ids']) && config['source_ids'].length > 0 && (config['source_type'] ?? null) === null ? [problem('source_ids', 'InvalidParameterCombination: SourceType is required when SourceIds are given')] : []),
  refuse: (c) => sameName(c, 'name', (name) => rds('CreateEventSubscription', 'SubscriptionAlreadyExist', `Subscription name ${name} already exists`)),
  compute: (c) => {
    const name = text(c.planned['name']) ?? `tf-${c.hex(26)}`;
    return { id: name, name, name_prefix: '', arn: arn(c, 'rds', `es:${name}`), customer_aws_id: c.account.accountId };
  },
};

/** Settings of buckets that few have, and events of databases. */
export const bucketSettingModels: Readonly<Record<string, ResourceModel>> = {
  aws_s3_bucket_intelligent_tiering_configuration: tiering, aws_s3_bucket_notification: notification, aws_s3_bucket_object_lock_configuration: objectLock, aws_s3_account_public_access_block: accountBlock, aws_db_event_subscription: eventSubscription,
};
