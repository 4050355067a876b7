import type { Environment } from '../../config/platform.ts';
import type { MetricAlarmProps } from '../../stacks/metric-alarm.ts';
import { alertTopicArn, bounded } from '../../units/aws-names.ts';
import { terraformName } from './names.ts';

/** What differs between the alarms of one thing. */
export interface AlarmParts {
  readonly metric: string;
  readonly what: string;
  readonly statistic?: string;
  readonly percentile?: string;
  readonly period: number;
  readonly evaluations: number;
  readonly comparison: 'GreaterThanThreshold' | 'LessThanThreshold' | 'GreaterThanOrEqualToThreshold';
  readonly threshold: number;
  /** What no data means: 'missing' is neither good nor bad. A metric that is published only when something happens is quiet when nothing does. */
  readonly missing: 'notBreaching' | 'breaching' | 'missing';
}

/** Alarms of one thing: part of the resource name → alarm. `subject` begins the names, for example `dev-alb-api`. Names of alarms have at most 255 characters. Pure. */
export const alarmsOn = (environment: Environment, region: string, namespace: string, subject: string, parts: Readonly<Record<string, AlarmParts>>): Readonly<Record<string, MetricAlarmProps>> =>
  Object.fromEntries(Object.entries(parts).map(([kind, { what, evaluations, ...rest }]) => [kind.replaceAll('-', '_'), {
    // A load balancer's name, at most 32 characters, may follow.
    ...rest, evaluations, name: bounded(`${subject}-${kind}`, 220), description: what, region, topicArn: alertTopicArn(environment, region), namespace,
  }]));

/** Gives each item a resource name and a name of its own, both made from what it is about; the second of a kind ends in 2. Pure. */
export const named = <T>(items: readonly T[], about: (item: T) => string): readonly { readonly id: string; readonly subject: string; readonly item: T }[] => {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const id = terraformName(about(item)).replace(/^_+|_+$/g, '');
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? { id, subject: about(item), item } : { id: `${id}_${count}`, subject: `${about(item)}-${count}`, item };
  });
};
