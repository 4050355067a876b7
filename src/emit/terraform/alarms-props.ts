import { placedAlarms } from '../../config/alarm-lists.ts';
import type { PlacedAlarm } from '../../config/alarm-lists.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import type { AlarmsRootProps } from '../../stacks/alarms-root.ts';
import type { BucketWatch } from '../../stacks/bucket-alarms.ts';
import type { Pair } from '../../stacks/expression.ts';
import type { LoadBalancerWatch } from '../../stacks/load-balancer-alarms.ts';
import type { TargetGroupWatch } from '../../stacks/target-group-alarms.ts';
import type { AlarmParts } from './alarm-parts.ts';
import { alarmsOn, named } from './alarm-parts.ts';
import { environmentAws } from './names.ts';
import { bucketNames } from './storage-props.ts';

const pairs = (tags: Readonly<Record<string, string>> = {}): readonly Pair[] => Object.entries(tags).map(([key, value]) => ({ key, value }));

/** The name in `app/<name>/<id>` or `targetgroup/<name>/<id>`. */
const nameIn = (full: string | undefined): string | undefined => full?.split('/')[1];

/** Resource and alarm names of an alarm in a region that is not the first end in it: the same list may stand for several. */
const inRegion = (environment: Environment, region: string, about: string): string => (region === environment.regions[0] ? about : `${about}-${region}`);

const namespace = 'AWS/ApplicationELB';
const above = { comparison: 'GreaterThanThreshold', missing: 'notBreaching' } as const;

/** Metrics, units and when they are published: Elastic Load Balancing user guide, "CloudWatch metrics for your Application Load Balancer". */
const balancerParts = (alarm: PlacedAlarm<'alb_alarms'>['alarm']): Readonly<Record<string, AlarmParts>> => ({
  'elb-5xx': { ...above, metric: 'HTTPCode_ELB_5XX_Count', what: `${alarm.service}: the load balancer itself answers 5xx`, statistic: 'Sum', period: alarm.elb_5xx_period, evaluations: alarm.elb_5xx_evals, threshold: alarm.elb_5xx_threshold },
  'target-5xx': { ...above, metric: 'HTTPCode_Target_5XX_Count', what: `${alarm.service}: targets answer 5xx`, statistic: 'Sum', period: alarm.target_5xx_period, evaluations: alarm.target_5xx_evals, threshold: alarm.target_5xx_threshold },
  latency: {
    ...above, metric: 'TargetResponseTime', what: `${alarm.service}: answers take longer than ${alarm.latency_threshold} s`, period: alarm.latency_period, evaluations: alarm.latency_evals, threshold: alarm.latency_threshold,
    ...(alarm.latency_stat === 'Average' ? { statistic: 'Average' } : { percentile: alarm.latency_stat }),
  },
});

const balancerWatch = (environment: Environment, { region, alarm }: PlacedAlarm<'alb_alarms'>, subject: string): LoadBalancerWatch => ({
  alarms: alarmsOn(environment, region, namespace, `${environment.name}-alb-${subject}`, balancerParts(alarm)),
  ...(alarm.lb_full_name !== undefined ? { fullName: alarm.lb_full_name }
    : { find: { region, ...(alarm.lb_name === undefined ? {} : { name: alarm.lb_name }), ...(alarm.lb_tags === undefined ? {} : { tags: pairs(alarm.lb_tags) }) } }),
});

const groupParts = ({ service, period, evals, healthy_min: least, unhealthy_max: most }: PlacedAlarm<'target_group_alarms'>['alarm']): Readonly<Record<string, AlarmParts>> => ({
  // A group without any target publishes nothing: then none is healthy. With a least of none there is nothing to tell.
  ...(least === 0 ? {} : { healthy: { metric: 'HealthyHostCount', what: `${service}: fewer than ${least} healthy targets`, statistic: 'Minimum', comparison: 'LessThanThreshold', missing: 'breaching', period, evaluations: evals, threshold: least } as const }),
  unhealthy: { ...above, metric: 'UnHealthyHostCount', what: `${service}: more than ${most} unhealthy targets`, statistic: 'Maximum', period, evaluations: evals, threshold: most },
});

const groupWatch = (environment: Environment, { region, alarm }: PlacedAlarm<'target_group_alarms'>, subject: string): TargetGroupWatch => {
  const alarms = alarmsOn(environment, region, namespace, `${environment.name}-tg-${subject}`, groupParts(alarm));
  if (alarm.tg_full_name !== undefined && alarm.lb_full_name !== undefined) return { known: { targetGroup: alarm.tg_full_name, loadBalancer: alarm.lb_full_name }, alarms };
  const name = nameIn(alarm.tg_full_name) ?? alarm.tg_name;
  const balancerName = nameIn(alarm.lb_full_name) ?? alarm.lb_name;
  return { find: { region, tags: pairs(alarm.lb_tags), ...(name === undefined ? {} : { name }), ...(balancerName === undefined ? {} : { balancerName }) }, alarms };
};

type BucketAlarm = PlacedAlarm<'s3_alarms'>;

const saidOf = ({ alarm: { bucket, bucket_arn: arn } }: BucketAlarm): string => bucket ?? arn?.split(':::')[1] ?? '';

/** Name of the bucket an alarm is about; the platform's own may be called by what they are for, such as `models`. Pure. */
export const bucketOf = (platform: Platform, environment: Environment, placed: BucketAlarm): string =>
  (placed.region === environment.regions[0] ? bucketNames(platform, environment)[saidOf(placed)] : undefined) ?? saidOf(placed);

/** The average of `4xxErrors` is their share of all requests. Source: S3 user guide, "Metrics and dimensions". */
const bucketParts = (bucket: string, { alarm: { period, evals: evaluations, five_xx_threshold: fives, four_xx_rate_threshold_percent: percent } }: BucketAlarm, suffix: string): Readonly<Record<string, AlarmParts>> => ({
  [`5xx${suffix}`]: { ...above, metric: '5xxErrors', what: `${bucket}: S3 answers 5xx`, statistic: 'Sum', period, evaluations, threshold: fives },
  [`4xx-rate${suffix}`]: { ...above, metric: '4xxErrors', what: `${bucket}: more than ${percent} % of requests are refused`, statistic: 'Average', period, evaluations, threshold: percent / 100 },
});

/** One for each bucket, whatever number of alarms are about it: its request metrics are one object in AWS. */
const bucketWatches = (platform: Platform, environment: Environment): Readonly<Record<string, BucketWatch>> => {
  const together = new Map<string, BucketAlarm[]>();
  for (const placed of placedAlarms(environment, 's3_alarms')) {
    const key = `${placed.region} ${bucketOf(platform, environment, placed)}`;
    together.set(key, [...(together.get(key) ?? []), placed]);
  }
  const watches = [...together].map(([key, alarms]) => ({ bucket: key.slice(key.indexOf(' ') + 1), region: key.slice(0, key.indexOf(' ')), alarms, said: alarms.map(saidOf)[0] ?? '' }));
  return Object.fromEntries(named(watches, ({ said }) => said).map(({ id, subject, item: { bucket, region, alarms } }) => [id, {
    bucket, region,
    alarms: alarmsOn(environment, region, 'AWS/S3', `${environment.name}-s3-${subject}`, Object.assign({}, ...alarms.map((one, i) => bucketParts(bucket, one, i === 0 ? '' : `-${i + 1}`))) as Readonly<Record<string, AlarmParts>>),
  }]));
};

/** Decides everything of an environment's alarms on what other roots and applications made. Pure. */
export const alarmsProps = (platform: Platform, environment: Environment): AlarmsRootProps => {
  const serviceOf = ({ region, alarm }: { readonly region: string; readonly alarm: { readonly service: string } }): string => inRegion(environment, region, alarm.service);
  const each = <T, W>(items: readonly T[], about: (item: T) => string, watch: (environment: Environment, item: T, subject: string) => W): Readonly<Record<string, W>> =>
    Object.fromEntries(named(items, about).map(({ id, subject, item }) => [id, watch(environment, item, subject)]));
  return {
    aws: environmentAws(platform, environment),
    balancers: each(placedAlarms(environment, 'alb_alarms'), serviceOf, balancerWatch),
    groups: each(placedAlarms(environment, 'target_group_alarms'), serviceOf, groupWatch),
    buckets: bucketWatches(platform, environment),
  };
};
