import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { text, records } from '../values.ts';
import { globalArn } from './arn.ts';
import { jsonRule, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const refused = (operation: string, message: string): AwsFault => ({ service: 'Cost Explorer', operation, status: 400, code: 'ValidationException', message });

/** Id of an object of Cost Explorer: a UUID. */
const uuid = (c: Change): string => c.hex(32, 'uuid').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const monitor: ResourceModel = {
  source: `${S}ce/anomaly_monitor.go; the limit of one monitor of a dimension: aws-cloudformation/cloudformation-coverage-roadmap issue 2515`, label: 'Cost Explorer Anomaly Monitor',
  forceNew: ['monitor_dimension', 'monitor_specification', 'monitor_type'], conflicts: [['monitor_dimension', 'monitor_specification']],
  rules: { name: textRule(1, 1024), monitor_type: oneOf('DIMENSIONAL', 'CUSTOM'), monitor_dimension: oneOf('SERVICE', 'LINKED_ACCOUNT', 'TAG', 'COST_CATEGORY'), monitor_specification: jsonRule() },
  refuse: (c) => {
    const { monitor_type: type, monitor_dimension: dimension, monitor_specification: specification } = c.planned;
    if (type === 'DIMENSIONAL' && (dimension ?? null) === null) return refused('CreateAnomalyMonitor', 'If Monitor Type is DIMENSIONAL, dimension attrribute is required');
    if (type === 'CUSTOM' && (specification ?? null) === null) return refused('CreateAnomalyMonitor', 'If Monitor Type is CUSTOM, dimension attrribute is required');
    const rival = c.prior === undefined && type === 'DIMENSIONAL' && c.account.store.list(c.type).some((o) => o.attributes['monitor_dimension'] === dimension);
    return rival ? refused('CreateAnomalyMonitor', 'Limit exceeded on dimensional spend monitor creation') : undefined;
  },
  compute: (c) => {
    const id = text(c.planned['arn']) ?? globalArn(c, 'ce', `anomalymonitor/${uuid(c)}`);
    return { id, arn: id };
  },
};

const subscription: ResourceModel = {
  source: `${S}ce/anomaly_subscription.go; which frequency goes with which subscriber: Cost Explorer API reference, AnomalySubscription (not tried against AWS)`, label: 'Cost Explorer Anomaly Subscription', forceNew: ['name'], computedBlocks: ['threshold_expression'],
  rules: { name: textRule(1, 1024), frequency: oneOf('DAILY', 'IMMEDIATE', 'WEEKLY'), 'subscriber.type': oneOf('EMAIL', 'SNS') },
  refuse: (c) => {
    const kinds = records(c.planned['subscriber']).map((one) => text(one['type']));
    if (c.planned['frequency'] === 'IMMEDIATE' && kinds.includes('EMAIL')) return refused('CreateAnomalySubscription', 'Email subscribers are not supported for the frequency IMMEDIATE');
    if (c.planned['frequency'] !== 'IMMEDIATE' && kinds.includes('SNS')) return refused('CreateAnomalySubscription', 'SNS subscribers are only supported for the frequency IMMEDIATE');
    return records(c.planned['threshold_expression']).length === 0 && c.prior === undefined ? refused('CreateAnomalySubscription', 'Threshold and ThresholdExpression cannot both be null') : undefined;
  },
  compute: (c) => {
    const id = text(c.planned['arn']) ?? globalArn(c, 'ce', `anomalysubscription/${uuid(c)}`);
    return { id, arn: id, account_id: c.account.accountId };
  },
};

const allocationTag: ResourceModel = {
  // Not simulated: AWS refuses keys that were on nothing billed yet ("Tag keys not found"), which takes up to a day.
  source: `${S}ce/cost_allocation_tag.go; Cost Explorer API reference, CostAllocationTagStatusEntry`, label: 'Cost Explorer Cost Allocation Tag', forceNew: ['tag_key'], isShared: true, name: (a) => text(a['tag_key']) ?? '',
  rules: { tag_key: textRule(1, 1024), status: oneOf('Active', 'Inactive') },
  compute: (c) => ({ id: text(c.planned['tag_key']) ?? '', type: 'UserDefined' }),
};

/** What watches spending, besides budgets. */
export const costModels: Readonly<Record<string, ResourceModel>> = { aws_ce_anomaly_monitor: monitor, aws_ce_anomaly_subscription: subscription, aws_ce_cost_allocation_tag: allocationTag };
