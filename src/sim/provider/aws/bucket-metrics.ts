import type { ResourceModel } from '../engine/model.ts';
import { text } from '../values.ts';
import { textRule } from './rules.ts';

const bucketMetric: ResourceModel = {
  source: 'hashicorp/terraform-provider-aws internal/service/s3/bucket_metric.go', label: 'S3 Bucket Metric', forceNew: ['bucket', 'name'], isShared: true,
  rules: { name: textRule(1, 64) },
  references: [{ path: 'bucket', type: 'aws_s3_bucket', fault: (bucket) => ({ service: 'S3', operation: 'PutBucketMetricsConfiguration', status: 404, code: 'NoSuchBucket', message: `The specified bucket does not exist (${bucket})` }) }],
  compute: (c) => ({ id: `${text(c.planned['bucket']) ?? ''}:${text(c.planned['name']) ?? ''}` }),
};

/** Request metrics of buckets. */
export const bucketMetricModels: Readonly<Record<string, ResourceModel>> = { aws_s3_bucket_metric: bucketMetric };
