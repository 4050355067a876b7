import { S3BucketMetric } from '#bindings/aws/s3-bucket-metric.js';
import { Construct } from 'constructs';
import { metricAlarm } from './metric-alarm.ts';
import type { MetricAlarmProps } from './metric-alarm.ts';

/** Alarms on the requests of one bucket. */
export interface BucketWatch {
  readonly bucket: string;
  readonly region: string;
  /** Part of the resource name → alarm. */
  readonly alarms: Readonly<Record<string, MetricAlarmProps>>;
}

/** Name of a metrics configuration without a filter, as the console calls it. */
const wholeBucket = 'EntireBucket';

/** Request metrics of buckets, which S3 does not publish unasked, and alarms on them. File `buckets.tf`. */
export class BucketAlarms extends Construct {
  /** Resource name → what to watch. */
  constructor(scope: Construct, watched: Readonly<Record<string, BucketWatch>>) {
    super(scope, 'buckets');
    for (const [id, { bucket, region, alarms }] of Object.entries(watched)) {
      const metrics = new S3BucketMetric(this, `s3-bucket-metric.${id}`, { region, bucket, name: wholeBucket });
      for (const [kind, alarm] of Object.entries(alarms)) metricAlarm(this, `${id}_${kind}`, alarm, { BucketName: metrics.bucket, FilterId: metrics.name });
    }
  }
}
