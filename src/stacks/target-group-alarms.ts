import { DataAwsLbTargetGroup } from '#bindings/aws/data-aws-lb-target-group.js';
import { DataAwsResourcegroupstaggingapiResources } from '#bindings/aws/data-aws-resourcegroupstaggingapi-resources.js';
import { TerraformLocal } from 'cdktn';
import { Construct } from 'constructs';
import { expression } from './expression.ts';
import type { Pair } from './expression.ts';
import { balancerOf } from './load-balancer-alarms.ts';
import { metricAlarm } from './metric-alarm.ts';
import type { MetricAlarmProps } from './metric-alarm.ts';
import { because } from './root.ts';

/** Alarms on one target group by full names, or on all that fit names and tags. */
export interface TargetGroupWatch {
  readonly known?: { readonly targetGroup: string; readonly loadBalancer: string };
  readonly find?: { readonly region: string; readonly tags: readonly Pair[]; readonly name?: string; readonly balancerName?: string };
  /** Part of the resource name → alarm. */
  readonly alarms: Readonly<Record<string, MetricAlarmProps>>;
}

/** Alarms on target groups of application load balancers, found like these. File `target-groups.tf`. */
export class TargetGroupAlarms extends Construct {
  /** Resource name → what to watch. */
  constructor(scope: Construct, watched: Readonly<Record<string, TargetGroupWatch>>) {
    super(scope, 'target-groups');
    for (const [id, { known, find, alarms }] of Object.entries(watched)) {
      if (find) this.#find(id, find);
      for (const [kind, alarm] of Object.entries(alarms)) {
        if (find) metricAlarm(this, `${id}_${kind}`, alarm, { TargetGroup: expression('each.value.target_group'), LoadBalancer: expression('each.value.load_balancer') }, { of: `local.${id}_target_groups` });
        else metricAlarm(this, `${id}_${kind}`, alarm, { TargetGroup: known?.targetGroup ?? '', LoadBalancer: known?.loadBalancer ?? '' });
      }
    }
  }

  #find(id: string, { region, tags, name, balancerName }: NonNullable<TargetGroupWatch['find']>): void {
    because(new DataAwsResourcegroupstaggingapiResources(this, `data-aws-resourcegroupstaggingapi-resources.${id}`, {
      region, resourceTypeFilters: ['elasticloadbalancing:targetgroup'], ...(tags.length === 0 ? {} : { tagFilter: tags.map(({ key, value }) => ({ key, values: [value] })) }),
    }), 'Controllers tag the target groups they make; an empty answer is no error.');
    if (name !== undefined) new TerraformLocal(this, `local.${id}_target_group_name`, name);
    if (balancerName !== undefined) new TerraformLocal(this, `local.${id}_target_group_load_balancer`, balancerName);
    const named = name === undefined ? '' : ` if split("/", one.resource_arn)[1] == local.${id}_target_group_name`;
    const group = because(new DataAwsLbTargetGroup(this, `data-aws-lb-target-group.${id}`, { region, arn: expression('each.value') }), 'Says which load balancer each belongs to: the metrics have both in their dimensions.');
    group.addOverride('for_each', expression(`toset([for one in data.aws_resourcegroupstaggingapi_resources.${id}.resource_tag_mapping_list : one.resource_arn${named}])`));
    const ofBalancer = balancerName === undefined ? '' : ` && split("/", arn)[2] == local.${id}_target_group_load_balancer`;
    const attached = `anytrue([for arn in group.load_balancer_arns : split("/", arn)[1] == "app"${ofBalancer}])`;
    new TerraformLocal(this, `local.${id}_target_groups`, expression(
      `{ for group in data.aws_lb_target_group.${id} : group.name => { target_group = group.arn_suffix, load_balancer = ${balancerOf('tolist(group.load_balancer_arns)[0]')} } if ${attached} }`));
  }
}
