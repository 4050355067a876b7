import { Aws } from './aws-provider.ts';
import type { AwsProps } from './aws-provider.ts';
import { BucketAlarms } from './bucket-alarms.ts';
import type { BucketWatch } from './bucket-alarms.ts';
import { LoadBalancerAlarms } from './load-balancer-alarms.ts';
import type { LoadBalancerWatch } from './load-balancer-alarms.ts';
import { Root } from './root.ts';
import { TargetGroupAlarms } from './target-group-alarms.ts';
import type { TargetGroupWatch } from './target-group-alarms.ts';

export interface AlarmsRootProps {
  readonly aws: AwsProps;
  /** Each by resource name. */
  readonly balancers: Readonly<Record<string, LoadBalancerWatch>>;
  readonly groups: Readonly<Record<string, TargetGroupWatch>>;
  readonly buckets: Readonly<Record<string, BucketWatch>>;
}

/** Root `environments/<env>/alarms`: alarms on what other roots and applications made, applied last. */
export const alarmsRoot = ({ aws, balancers, groups, buckets }: AlarmsRootProps): Root => {
  const root = new Root();
  new Aws(root, aws);
  new LoadBalancerAlarms(root, balancers);
  new TargetGroupAlarms(root, groups);
  new BucketAlarms(root, buckets);
  return root;
};
