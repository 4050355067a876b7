import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { first, text } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, between, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/scheduler/';
const named = /^[0-9A-Za-z_.-]+$/;
const nameIn = (c: Change): string => text(c.planned['name']) ?? `${text(c.planned['name_prefix']) ?? 'terraform-'}${c.hex(26, 'name')}`;
const refused = (code: string, message: string, status = 400): AwsFault => ({ service: 'Scheduler', operation: 'CreateSchedule', status, code, message });

const schedule: ResourceModel = {
  source: `${S}schedule.go; forms of expressions: EventBridge Scheduler user guide, "Schedule types" (the words of the refusals were not tried against AWS)`, label: 'EventBridge Scheduler Schedule',
  forceNew: ['group_name', 'name', 'name_prefix'], conflicts: [['name', 'name_prefix']], defaults: { schedule_expression_timezone: 'UTC', state: 'ENABLED' }, computedBlocks: ['target.retry_policy'],
  rules: {
    name: textRule(1, 64, named), group_name: textRule(1, 64), description: textRule(0, 512), state: oneOf('ENABLED', 'DISABLED'), schedule_expression_timezone: textRule(1, 50),
    schedule_expression: textRule(1, 256, /^(cron|rate|at)\(.+\)$/), 'flexible_time_window.mode': oneOf('OFF', 'FLEXIBLE'), 'flexible_time_window.maximum_window_in_minutes': between(1, 1440), 'target.arn': arnRule, 'target.role_arn': arnRule,
  },
  refuse: (c) => {
    const [, fields] = /^cron\((.+)\)$/.exec(text(c.planned['schedule_expression']) ?? '') ?? [];
    if (fields !== undefined && fields.trim().split(/\s+/).length !== 6) return refused('ValidationException', 'Invalid Schedule Expression cron(' + fields + ').');
    const group = text(c.planned['group_name']) ?? 'default';
    const isTaken = c.prior === undefined && c.account.store.list(c.type).some((o) => o.region === c.region && o.attributes['name'] === c.planned['name'] && o.attributes['group_name'] === group);
    if (isTaken) return refused('ConflictException', `Schedule ${nameIn(c)} already exists.`, 409);
    const role = text(first(c.planned['target'])?.['role_arn']);
    return role !== undefined && !c.account.store.list('aws_iam_role').some((o) => o.attributes['arn'] === role) ? refused('ValidationException', 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.') : undefined;
  },
  compute: (c) => {
    const [name, group] = [nameIn(c), text(c.planned['group_name']) ?? 'default'];
    return { id: `${group}/${name}`, name, name_prefix: '', group_name: group, arn: arn(c, 'scheduler', `schedule/${group}/${name}`), action_after_completion: 'NONE' };
  },
};

const group: ResourceModel = {
  source: `${S}schedule_group.go (read from the schema; not from the file)`, label: 'EventBridge Scheduler Schedule Group', forceNew: ['name', 'name_prefix'], conflicts: [['name', 'name_prefix']], rules: { name: textRule(1, 64, named) },
  refuse: (c) => (c.prior === undefined && (c.planned['name'] === 'default' || c.account.store.list(c.type).some((o) => o.region === c.region && o.attributes['name'] === c.planned['name']))
    ? { ...refused('ConflictException', `Schedule group ${nameIn(c)} already exists.`, 409), operation: 'CreateScheduleGroup' } : undefined),
  compute: (c) => {
    const name = nameIn(c);
    return { id: name, name, name_prefix: '', arn: arn(c, 'scheduler', `schedule-group/${name}`), state: 'ACTIVE', creation_date: text(c.prior?.['creation_date']) ?? c.account.now(), last_modification_date: c.account.now() };
  },
};

const scheduledAction: ResourceModel = {
  source: 'hashicorp/terraform-provider-aws internal/service/autoscaling/schedule.go', label: 'Auto Scaling Scheduled Action', forceNew: ['autoscaling_group_name', 'scheduled_action_name'], isShared: true, name: (a) => text(a['scheduled_action_name']) ?? '',
  rules: { scheduled_action_name: textRule(1, 255) },
  compute: (c) => {
    const [action, groupName] = [text(c.planned['scheduled_action_name']) ?? '', text(c.planned['autoscaling_group_name']) ?? ''];
    const id = text(c.planned['arn']) ?? arn(c, 'autoscaling', `scheduledUpdateGroupAction:${c.hex(32)}:autoScalingGroupName/${groupName}:scheduledActionName/${action}`);
    return { id: action, arn: id, desired_capacity: 0, min_size: 0, max_size: 0, recurrence: '', start_time: '', end_time: '', time_zone: '' };
  },
};

/** What acts at times of the day. */
export const schedulerModels: Readonly<Record<string, ResourceModel>> = { aws_scheduler_schedule: schedule, aws_scheduler_schedule_group: group, aws_autoscaling_schedule: scheduledAction };
