import type { Change, Reference, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { records, text, texts } from '../values.ts';
import { arn, globalArn } from './arn.ts';
import { arnRule, jsonRule, oneOf, textRule, withVersion } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const nameIn = (c: Change): string => text(c.planned['name']) ?? `${text(c.planned['name_prefix']) ?? 'terraform-'}${c.hex(26, 'name')}`;
const NAMES: readonly string[] = ['name', 'name_prefix'];

/** Refuses a second object of a name in one region. */
const taken = (c: Change, fault: (name: string) => AwsFault): AwsFault | undefined => {
  const name = text(c.planned['name']);
  const rival = c.prior || name === undefined ? undefined : c.account.store.list(c.type).find((o) => o.region === c.region && o.attributes['name'] === name);
  return rival && fault(name ?? '');
};

const logGroup: ResourceModel = {
  source: `${S}logs/group.go`, label: 'CloudWatch Logs Log Group', forceNew: [...NAMES, 'log_group_class'], conflicts: [NAMES], defaults: { retention_in_days: 0, skip_destroy: false },
  rules: { name: textRule(1, 512, /^[\w.\-/#]+$/), log_group_class: oneOf('STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'), kms_key_id: arnRule,
    retention_in_days: (v) => (typeof v !== 'number' || [0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653].includes(v) ? undefined : `expected retention_in_days to be a period that CloudWatch Logs offers, got ${v}`) },
  refuse: (c) => taken(c, () => ({ service: 'CloudWatch Logs', operation: 'CreateLogGroup', status: 400, code: 'ResourceAlreadyExistsException', message: 'The specified log group already exists' })),
  compute: (c) => {
    const name = nameIn(c);
    return { id: name, name, name_prefix: '', arn: arn(c, 'logs', `log-group:${name}`), log_group_class: 'STANDARD', deletion_protection_enabled: false };
  },
};

const eventRule: ResourceModel = {
  source: `${S}events/rule.go`, label: 'EventBridge Rule', forceNew: [...NAMES, 'event_bus_name'], conflicts: [NAMES], defaults: { event_bus_name: 'default', force_destroy: false }, isShared: true,
  rules: { name: textRule(1, 64, /^[.\-_A-Za-z0-9]+$/), event_pattern: jsonRule(4096), description: textRule(0, 512), state: oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS') },
  compute: (c) => {
    const name = nameIn(c);
    return { id: name, name, name_prefix: '', arn: arn(c, 'events', `rule/${name}`) };
  },
  blockers: (o, { store }) => {
    const target = store.list('aws_cloudwatch_event_target').find((t) => t.region === o.region && t.attributes['rule'] === o.id);
    return target && o.attributes['force_destroy'] !== true ? { service: 'EventBridge', operation: 'DeleteRule', status: 400, code: 'ValidationException', message: 'Rule can\'t be deleted since it has targets.' } : undefined;
  },
};

const eventTarget: ResourceModel = {
  source: `${S}events/target.go`, label: 'EventBridge Target', forceNew: ['event_bus_name', 'rule', 'target_id'], defaults: { event_bus_name: 'default', force_destroy: false }, isShared: true, rules: { arn: arnRule, target_id: textRule(1, 64, /^[.\-_A-Za-z0-9]+$/) },
  references: [{ path: 'rule', type: 'aws_cloudwatch_event_rule', fault: (v) => ({ service: 'EventBridge', operation: 'PutTargets', status: 400, code: 'ResourceNotFoundException', message: `Rule ${v} does not exist on EventBus default.` }) }],
  compute: (c) => {
    const target = text(c.planned['target_id']) ?? `terraform-${c.hex(26)}`;
    return { id: `${text(c.planned['rule']) ?? ''}-${target}`, target_id: target };
  },
};

const alarm: ResourceModel = {
  source: `${S}cloudwatch/metric_alarm.go`, label: 'CloudWatch Metric Alarm', forceNew: ['alarm_name'], defaults: { actions_enabled: true, treat_missing_data: 'missing' }, isShared: true, name: (a) => text(a['alarm_name']) ?? '', rules: { alarm_name: textRule(1, 255) },
  compute: (c) => {
    const name = text(c.planned['alarm_name']) ?? '';
    return { id: name, arn: arn(c, 'cloudwatch', `alarm:${name}`), evaluate_low_sample_count_percentiles: '' };
  },
};

const parameter: ResourceModel = {
  source: `${S}ssm/parameter.go`, label: 'SSM Parameter', forceNew: ['name', 'data_type'], recompute: { version: ['value', 'insecure_value', 'value_wo_version', 'description', 'tier', 'type'] }, exactlyOne: [['value', 'insecure_value', 'value_wo']], validate: (config) => withVersion(config, 'value_wo'),
  rules: { name: textRule(1, 2048, /^(?!\/?(aws|ssm)(\/|$))[\w.\-/]+$/i), type: oneOf('String', 'StringList', 'SecureString'), tier: oneOf('Standard', 'Advanced', 'Intelligent-Tiering'), data_type: oneOf('aws:ec2:image', 'aws:ssm:integration', 'text'), description: textRule(0, 1024), allowed_pattern: textRule(0, 1024) },
  forceNewIf: (prior, planned) => (prior['tier'] === 'Advanced' && planned['tier'] === 'Standard' ? ['tier'] : []),
  refuse: (c) => {
    const value = text(c.planned['value']) ?? text(c.planned['insecure_value']) ?? text(c.writeOnly['value_wo']) ?? '';
    const name = text(c.planned['name']) ?? '';
    if (value.length > 4096 && text(c.planned['tier']) !== 'Advanced') return { service: 'SSM', operation: 'PutParameter', status: 400, code: 'ValidationException', message: 'Standard tier parameters support a maximum parameter value of 4096 characters.' };
    if (name.includes('/') && !name.startsWith('/')) return { service: 'SSM', operation: 'PutParameter', status: 400, code: 'ValidationException', message: 'Parameter name must be a fully qualified name.' };
    return c.planned['overwrite'] === true ? undefined : taken(c, () => ({ service: 'SSM', operation: 'PutParameter', status: 400, code: 'ParameterAlreadyExists', message: 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.' }));
  },
  compute: (c) => {
    const name = text(c.planned['name']) ?? '';
    const secure = c.planned['type'] === 'SecureString';
    return { id: name, arn: arn(c, 'ssm', `parameter${name.startsWith('/') ? '' : '/'}${name}`), version: Number(c.prior?.['version'] ?? 0) + 1, has_value_wo: (c.planned['value_wo_version'] ?? null) !== null, data_type: 'text', tier: 'Standard', key_id: secure ? 'alias/aws/ssm' : '', value: text(c.planned['insecure_value']) ?? '', insecure_value: secure ? '' : (text(c.planned['value']) ?? '') };
  },
};

const topic: ResourceModel = {
  source: `${S}sns/topic.go`, label: 'SNS Topic', forceNew: [...NAMES, 'fifo_topic'], conflicts: [NAMES], isShared: true, rules: { name: textRule(1, 256, /^[\w-]+(\.fifo)?$/), policy: jsonRule(30_720) }, defaults: { fifo_topic: false, content_based_deduplication: false },
  compute: (c) => {
    const id = arn(c, 'sns', nameIn(c));
    return { id, arn: id, name: nameIn(c), name_prefix: '', owner: c.account.accountId, beginning_archive_time: '', fifo_throughput_scope: '', policy: '', signature_version: 0, tracing_config: '' };
  },
};

/** A topic that must be there, in the region of the call. */
const inTopic = (operation: string, path: string): Reference => ({ path, type: 'aws_sns_topic', by: 'arn', fault: () => ({ service: 'SNS', operation, status: 404, code: 'NotFound', message: 'Topic does not exist' }) });

/** Source: SNS API reference, Subscribe, parameter Endpoint. */
const badEndpoint = ({ planned, account }: Change): AwsFault | undefined => {
  const endpoint = text(planned['endpoint']) ?? '';
  const invalid = (message: string): AwsFault => ({ service: 'SNS', operation: 'Subscribe', status: 400, code: 'InvalidParameter', message: `Invalid parameter: ${message}` });
  if (planned['protocol'] === 'email' && !/^[^@\s]+@[^@\s]+$/.test(endpoint)) return invalid('Email address');
  if (planned['protocol'] !== 'lambda') return undefined;
  return account.store.list('aws_lambda_function').some((one) => one.attributes['arn'] === endpoint) ? undefined : invalid('Lambda endpoint ARN');
};

const simple = (source: string, label: string, forceNew: readonly string[], compute: ResourceModel['compute'], more: Partial<ResourceModel> = {}): ResourceModel => ({ source: `${S}${source}`, label, forceNew, compute, isShared: true, ...more });

const secret: ResourceModel = {
  source: `${S}secretsmanager/secret.go`, label: 'Secrets Manager Secret', forceNew: NAMES, conflicts: [NAMES], defaults: { force_overwrite_replica_secret: false, recovery_window_in_days: 30 }, rules: { name: textRule(1, 512, /^[\w/+=.@-]+$/) },
  refuse: (c) => taken(c, (name) => ({ service: 'Secrets Manager', operation: 'CreateSecret', status: 400, code: 'ResourceExistsException', message: `The operation failed because the secret ${name} already exists.` })), computedBlocks: ['replica'],
  compute: (c) => {
    const name = nameIn(c);
    const id = text(c.planned['arn']) ?? arn(c, 'secretsmanager', `secret:${name}-${c.letters(6)}`);
    return { id, arn: id, name, name_prefix: '', policy: '' };
  },
};

const tooManyNotices = (c: Change): AwsFault | undefined => {
  const notices = records(c.planned['notification']);
  const limit = (operation: string, message: string): AwsFault => ({ service: 'Budgets', operation, status: 400, code: 'CreationLimitExceededException', message });
  if (notices.length > 10) return limit('CreateNotification', 'Error creating notification: the notification limit of the budget has been exceeded');
  const isCrowded = notices.some((one) => texts(one['subscriber_email_addresses']).length > 10 || texts(one['subscriber_sns_topic_arns']).length > 1);
  return isCrowded ? limit('CreateNotification', 'A notification has at most 10 e-mail subscribers and 1 SNS subscriber') : undefined;
};

const budget: ResourceModel = {
  source: `${S}budgets/budget.go; how many notices and addresses: AWS Budgets API reference, Notification and CreateNotification`, label: 'Budget', forceNew: NAMES, conflicts: [NAMES], defaults: { time_period_end: '2087-06-15_00:00' }, computedBlocks: ['cost_filter', 'cost_types'],
  rules: { name: textRule(1, 100, /^[^:\\]+$/), time_unit: oneOf('DAILY', 'MONTHLY', 'QUARTERLY', 'ANNUALLY', 'CUSTOM'), budget_type: oneOf('USAGE', 'COST', 'RI_UTILIZATION', 'RI_COVERAGE', 'SAVINGS_PLANS_UTILIZATION', 'SAVINGS_PLANS_COVERAGE') },
  refuse: (c) => tooManyNotices(c) ?? taken(c, (name) => ({ service: 'Budgets', operation: 'CreateBudget', status: 400, code: 'DuplicateRecordException', message: `Error creating budget: ${name} - the budget already exists.` })),
  compute: (c) => {
    const name = nameIn(c);
    return { id: `${c.account.accountId}:${name}`, name, name_prefix: '', account_id: c.account.accountId, arn: globalArn(c, 'budgets', `budget/${name}`), limit_unit: 'USD', limit_amount: '', time_period_start: `${c.account.now().slice(0, 7)}-01_00:00` };
  },
};

/** Logs, events, parameters, topics, alarms, budgets and secrets. */
export const observabilityModels: Readonly<Record<string, ResourceModel>> = {
  aws_cloudwatch_log_group: logGroup, aws_cloudwatch_event_rule: eventRule, aws_cloudwatch_event_target: eventTarget, aws_cloudwatch_metric_alarm: alarm, aws_ssm_parameter: parameter, aws_sns_topic: topic,
  aws_sns_topic_policy: simple('sns/topic_policy.go', 'SNS Topic Policy', ['arn'], (c) => ({ id: text(c.planned['arn']) ?? '', owner: c.account.accountId }), { rules: { policy: jsonRule(30_720) }, references: [inTopic('SetTopicAttributes', 'arn')] }),
  aws_sns_topic_subscription: simple('sns/topic_subscription.go', 'SNS Topic Subscription', ['endpoint', 'protocol', 'topic_arn'], (c) => {
    const id = text(c.planned['arn']) ?? `${text(c.planned['topic_arn']) ?? ''}:${c.hex(32)}`;
    return { id, arn: id, owner_id: c.account.accountId, pending_confirmation: c.planned['protocol'] === 'email', confirmation_was_authenticated: c.planned['protocol'] !== 'email', filter_policy_scope: '' };
  }, {
    rules: { protocol: oneOf('application', 'email', 'email-json', 'firehose', 'http', 'https', 'lambda', 'sms', 'sqs') }, references: [inTopic('Subscribe', 'topic_arn')], refuse: badEndpoint,
    defaults: { confirmation_timeout_in_minutes: 1, endpoint_auto_confirms: false, raw_message_delivery: false },
  }),
  aws_secretsmanager_secret: secret, aws_budgets_budget: budget,
};
