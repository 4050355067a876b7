import { DataAwsLbs } from '#bindings/aws/data-aws-lbs.js';
import { TerraformLocal } from 'cdktn';
import { Construct } from 'constructs';
import { expression, toMap } from './expression.ts';
import type { Pair } from './expression.ts';
import { metricAlarm } from './metric-alarm.ts';
import type { MetricAlarmProps } from './metric-alarm.ts';
import { because } from './root.ts';

/** Alarms on one load balancer by its full name, or on all that fit a name and tags. */
export interface LoadBalancerWatch {
  readonly fullName?: string;
  readonly find?: { readonly region: string; readonly name?: string; readonly tags?: readonly Pair[] };
  /** Part of the resource name → alarm. */
  readonly alarms: Readonly<Record<string, MetricAlarmProps>>;
}

/** The part of an ARN that CloudWatch knows a load balancer by. */
export const balancerOf = (arn: string): string => `join("/", slice(split("/", ${arn}), 1, 4))`;

/** Alarms on application load balancers. Those that controllers make are looked for on each run; none may be there yet. File `load-balancers.tf`. */
export class LoadBalancerAlarms extends Construct {
  /** Resource name → what to watch. */
  constructor(scope: Construct, watched: Readonly<Record<string, LoadBalancerWatch>>) {
    super(scope, 'load-balancers');
    for (const [id, { fullName, find, alarms }] of Object.entries(watched)) {
      if (find) this.#find(id, find);
      for (const [kind, alarm] of Object.entries(alarms)) {
        if (find) metricAlarm(this, `${id}_${kind}`, alarm, { LoadBalancer: expression('each.value') }, { of: `local.${id}_load_balancers` });
        else metricAlarm(this, `${id}_${kind}`, alarm, { LoadBalancer: fullName ?? '' });
      }
    }
  }

  #find(id: string, { region, name, tags }: NonNullable<LoadBalancerWatch['find']>): void {
    because(new DataAwsLbs(this, `data-aws-lbs.${id}`, { region, ...(tags === undefined ? {} : { tags: toMap(tags) }) }), 'Controllers made them, so only AWS knows their names; an empty answer is no error.');
    if (name !== undefined) new TerraformLocal(this, `local.${id}_load_balancer_name`, name);
    const named = name === undefined ? '' : ` && split("/", arn)[2] == local.${id}_load_balancer_name`;
    new TerraformLocal(this, `local.${id}_load_balancers`, expression(`{ for arn in data.aws_lbs.${id}.arns : split("/", arn)[2] => ${balancerOf('arn')} if split("/", arn)[1] == "app"${named} }`));
  }
}
