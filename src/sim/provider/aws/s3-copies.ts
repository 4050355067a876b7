import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault, ProviderProblem } from '../problem.ts';
import { UNKNOWN, first, records, text } from '../values.ts';
import type { Attributes } from '../values.ts';
import { arnRule, between, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/s3/';
const s3 = (operation: string, status: number, code: string, message: string): AwsFault => ({ service: 'S3', operation, status, code, message });
const ofBucket = (operation: string) => [{ path: 'bucket', type: 'aws_s3_bucket', anywhere: true, fault: () => s3(operation, 404, 'NoSuchBucket', 'The specified bucket does not exist') }];

const isVersioned = (c: Change, bucket: string | undefined): boolean =>
  c.account.store.list('aws_s3_bucket_versioning').some((v) => v.attributes['bucket'] === bucket && first(v.attributes['versioning_configuration'])?.['status'] === 'Enabled');

const problem = (summary: string): ProviderProblem => ({ severity: 'error', summary, detail: '', path: ['rule'] });
const isOn = (block: Attributes | undefined): boolean => block?.['status'] === 'Enabled';

/** What S3 refuses of a rule by itself: time control without its time or metrics, a key for copies of objects that are not selected. */
const ruleProblems = (rule: Attributes): ProviderProblem[] => {
  const destination = first(rule['destination']);
  const time = first(destination?.['replication_time']);
  const key = first(destination?.['encryption_configuration']);
  const selects = isOn(first(first(rule['source_selection_criteria'])?.['sse_kms_encrypted_objects']));
  return [
    ...(time && records(time['time']).length === 0 ? [problem('InvalidRequest: replication_time needs a time block')] : []),
    ...(isOn(time) && !isOn(first(destination?.['metrics'])) ? [problem('InvalidRequest: replication_time needs metrics that are enabled')] : []),
    ...((key !== undefined) === selects ? [] : [problem('InvalidRequest: encryption_configuration and source_selection_criteria.sse_kms_encrypted_objects go together')]),
    ...(records(rule['filter']).length > 0 && records(rule['delete_marker_replication']).length === 0 ? [problem('InvalidRequest: DeleteMarkerReplication must be specified for this version of Cross Region Replication configuration schema')] : []),
  ];
};

const replication: ResourceModel = {
  source: `${S}bucket_replication_configuration.go; S3 API reference, PutBucketReplication; S3 user guide, "Replicating encrypted objects" and "Meeting compliance requirements with S3 Replication Time Control"`,
  label: 'S3 Bucket Replication Configuration', forceNew: ['bucket'], isShared: true, name: (a) => text(a['bucket']) ?? '', references: ofBucket('PutBucketReplication'),
  rules: {
    'role': arnRule, 'rule.status': oneOf('Enabled', 'Disabled'), 'rule.id': textRule(0, 255), 'rule.destination.bucket': arnRule, 'rule.destination.replication_time.time.minutes': between(15, 15),
    'rule.destination.metrics.event_threshold.minutes': between(10, 15), 'rule.destination.storage_class': oneOf('STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER', 'GLACIER_IR', 'DEEP_ARCHIVE', 'OUTPOSTS', 'SNOW'),
  },
  validate: (config) => (config['rule'] === UNKNOWN ? [] : records(config['rule']).flatMap(ruleProblems)),
  refuse: (c) => {
    if (!isVersioned(c, text(c.planned['bucket']))) return s3('PutBucketReplication', 400, 'InvalidRequest', 'Versioning must be \'Enabled\' on the bucket to apply a replication configuration');
    for (const rule of records(c.planned['rule'])) {
      const name = (text(first(rule['destination'])?.['bucket']) ?? '').split(':').at(-1);
      if (!c.account.store.list('aws_s3_bucket').some((b) => b.id === name)) return s3('PutBucketReplication', 400, 'InvalidRequest', 'Destination bucket must exist.');
      if (!isVersioned(c, name)) return s3('PutBucketReplication', 400, 'InvalidRequest', 'Destination bucket must have versioning enabled.');
    }
    return undefined;
  },
  compute: (c) => ({ id: text(c.planned['bucket']) ?? '', rule: records(c.planned['rule']).map((r, i) => ({ ...r, id: text(r['id']) ?? `${c.hex(24)}${i}` })) }),
};

const metric: ResourceModel = {
  source: `${S}bucket_metric.go`, label: 'S3 Bucket Metric', forceNew: ['bucket', 'name'], isShared: true, name: (a) => text(a['name']) ?? '', rules: { name: textRule(1, 64) }, references: ofBucket('PutBucketMetricsConfiguration'),
  compute: (c) => ({ id: `${text(c.planned['bucket']) ?? ''}:${text(c.planned['name']) ?? ''}` }),
};

/** Replication and request metrics of buckets. */
export const bucketCopyModels: Readonly<Record<string, ResourceModel>> = { aws_s3_bucket_replication_configuration: replication, aws_s3_bucket_metric: metric };
