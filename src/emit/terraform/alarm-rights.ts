import { hasRoot } from '../../config/own-roots.ts';
import { placedAlarms } from '../../config/alarm-lists.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import type { PolicyStatement } from '../../stacks/policy.ts';
import { bucketOf } from './alarms-props.ts';

/** What finding load balancers and target groups reads; nothing where no alarm asks for it. Pure. */
export const alarmReads = (environment: Environment): readonly string[] =>
  hasRoot(environment, 'alarms') ? ['elasticloadbalancing:Describe*', 's3:GetMetricsConfiguration'] : [];

/** What switching on request metrics of the watched buckets needs; alarms themselves are named in `spendingWrites`. Pure. */
export const alarmWrites = (platform: Platform, environment: Environment): readonly PolicyStatement[] => {
  const buckets = [...new Set(placedAlarms(environment, 's3_alarms').map((placed) => `arn:${environment.partition}:s3:::${bucketOf(platform, environment, placed)}`))];
  return buckets.length === 0 ? [] : [{ sid: 'RequestMetrics', actions: ['s3:PutMetricsConfiguration'], on: buckets }];
};
