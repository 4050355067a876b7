import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { records, text, texts } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, between, jsonRule, oneOf, textRule } from './rules.ts';
import { faultsOf } from './same-name.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/configservice/';
const API = 'AWS Config API reference';
const refused = faultsOf('Config Service');
const frequencies = oneOf('One_Hour', 'Three_Hours', 'Six_Hours', 'Twelve_Hours', 'TwentyFour_Hours');

/** Objects of a type in the region of the change. */
const here = (c: Change, type: string) => c.account.store.list(type).filter((o) => o.region === c.region);

const noRecorder = (operation: string): AwsFault => refused(operation, 'NoAvailableConfigurationRecorderException', 'Configuration recorder is not available to put delivery channel.');

/** True for a role that is there: one of Terraform's, or one that AWS made. */
const hasRole = (c: Change, role: string): boolean => ['aws_iam_role', 'aws_iam_service_linked_role'].some((type) => c.account.store.list(type).some((o) => o.attributes['arn'] === role));

const recorder: ResourceModel = {
  source: `${S}configuration_recorder.go; ${API}, PutConfigurationRecorder: one of an account and region, and what a recording group may hold (words not tried against AWS)`, label: 'ConfigService Configuration Recorder', forceNew: ['name'],
  defaults: { name: 'default', 'recording_group.all_supported': true }, computedBlocks: ['recording_group', 'recording_mode'],
  rules: {
    name: textRule(0, 256), role_arn: arnRule, 'recording_group.recording_strategy.use_only': oneOf('ALL_SUPPORTED_RESOURCE_TYPES', 'INCLUSION_BY_RESOURCE_TYPES', 'EXCLUSION_BY_RESOURCE_TYPES'),
    'recording_mode.recording_frequency': oneOf('CONTINUOUS', 'DAILY'), 'recording_mode.recording_mode_override.recording_frequency': oneOf('CONTINUOUS', 'DAILY'),
  },
  refuse: (c) => {
    const operation = 'PutConfigurationRecorder';
    const rival = here(c, 'aws_config_configuration_recorder').find((o) => o.id !== c.planned['name']);
    if (rival) return refused(operation, 'MaxNumberOfConfigurationRecordersExceededException', `Failed to put configuration recorder '${text(c.planned['name']) ?? ''}' because the maximum number of configuration recorders: 1 is reached.`);
    if (!hasRole(c, text(c.planned['role_arn']) ?? '')) return refused(operation, 'InvalidRoleException', 'The role ARN is not valid, or the role does not exist.');
    const [group] = records(c.planned['recording_group']);
    const isAll = group?.['all_supported'] === true;
    if (group && isAll && texts(group['resource_types']).length > 0) return refused(operation, 'InvalidRecordingGroupException', 'The recording group provided is not valid: all supported resource types are recorded, so none may be listed.');
    return group && !isAll && group['include_global_resource_types'] === true ? refused(operation, 'InvalidRecordingGroupException', 'The recording group provided is not valid: global resource types are included only where all supported ones are recorded.') : undefined;
  },
  compute: (c) => ({ id: text(c.planned['name']) ?? 'default', recording_group: [{ all_supported: true, include_global_resource_types: false, resource_types: [] }], recording_mode: [{ recording_frequency: 'CONTINUOUS' }] }),
};

const channel: ResourceModel = {
  source: `${S}delivery_channel.go; ${API}, PutDeliveryChannel and DeleteDeliveryChannel (the bucket's policy is looked at only for the service's name)`, label: 'ConfigService Delivery Channel', forceNew: ['name'], defaults: { name: 'default' },
  rules: { name: textRule(0, 256), s3_kms_key_arn: arnRule, sns_topic_arn: arnRule, 'snapshot_delivery_properties.delivery_frequency': frequencies },
  references: [{ path: 's3_bucket_name', type: 'aws_s3_bucket', anywhere: true, fault: (v) => refused('PutDeliveryChannel', 'NoSuchBucketException', `Cannot find a S3 bucket with an empty bucket name: ${v}`) }],
  refuse: (c) => {
    const operation = 'PutDeliveryChannel';
    if (here(c, 'aws_config_configuration_recorder').length === 0) return noRecorder(operation);
    const rival = here(c, 'aws_config_delivery_channel').find((o) => o.id !== c.planned['name']);
    if (rival) return refused(operation, 'MaxNumberOfDeliveryChannelsExceededException', `Failed to put delivery channel '${text(c.planned['name']) ?? ''}' because the maximum number of delivery channels: 1 is reached.`);
    const bucket = text(c.planned['s3_bucket_name']) ?? '';
    const policy = text(c.account.store.list('aws_s3_bucket_policy').find((o) => o.attributes['bucket'] === bucket)?.attributes['policy']) ?? '';
    return policy.includes('config.amazonaws.com') ? undefined : refused(operation, 'InsufficientDeliveryPolicyException', `Insufficient delivery policy to s3 bucket: ${bucket}, unable to write to bucket.`);
  },
  compute: (c) => ({ id: text(c.planned['name']) ?? 'default' }),
  blockers: (o, { store }) => {
    const isRunning = store.list('aws_config_configuration_recorder_status').some((status) => status.region === o.region && status.attributes['is_enabled'] === true);
    return isRunning ? refused('DeleteDeliveryChannel', 'LastDeliveryChannelDeleteFailedException', `Failed to delete last specified delivery channel with name '${o.id}', because there, because there is a running configuration recorder.`) : undefined;
  },
};

const status: ResourceModel = {
  source: `${S}configuration_recorder_status.go; ${API}, StartConfigurationRecorder`, label: 'ConfigService Configuration Recorder Status', isShared: true,
  refuse: (c) => {
    const name = text(c.planned['name']) ?? '';
    if (!here(c, 'aws_config_configuration_recorder').some((o) => o.id === name)) return refused('StartConfigurationRecorder', 'NoSuchConfigurationRecorderException', `Cannot find configuration recorder with the specified name '${name}'.`);
    const isBlind = c.planned['is_enabled'] === true && here(c, 'aws_config_delivery_channel').length === 0;
    return isBlind ? refused('StartConfigurationRecorder', 'NoAvailableDeliveryChannelException', 'Delivery channel is not available to start configuration recorder.') : undefined;
  },
  compute: (c) => ({ id: text(c.planned['name']) ?? '' }),
};

const retention: ResourceModel = {
  source: `${S}retention_configuration.go; ${API}, PutRetentionConfiguration: the only one is called "default"`, label: 'ConfigService Retention Configuration', rules: { retention_period_in_days: between(30, 2557) }, isShared: true,
  compute: () => ({ id: 'default', name: 'default' }),
};

const rule: ResourceModel = {
  source: `${S}config_rule.go; ${API}, PutConfigRule`, label: 'ConfigService Config Rule', forceNew: ['name'], computedBlocks: ['evaluation_mode'], isShared: true,
  defaults: { 'source.source_detail.event_source': 'aws.config', 'source.custom_policy_details.enable_debug_log_delivery': false },
  rules: {
    name: textRule(1, 128), description: textRule(0, 256), input_parameters: jsonRule(1024), maximum_execution_frequency: frequencies, 'evaluation_mode.mode': oneOf('DETECTIVE', 'PROACTIVE'),
    'source.owner': oneOf('CUSTOM_LAMBDA', 'AWS', 'CUSTOM_POLICY'), 'source.source_identifier': textRule(1, 256), 'source.custom_policy_details.policy_text': textRule(1, 10_000), 'source.custom_policy_details.policy_runtime': textRule(1, 64, /^guard-2\.x\.x$/),
  },
  refuse: (c) => {
    if (here(c, 'aws_config_configuration_recorder').length === 0) return refused('PutConfigRule', 'NoAvailableConfigurationRecorderException', 'Configuration recorder is not available to put config rule.');
    const [from] = records(c.planned['source']);
    const isNamed = from?.['owner'] !== 'AWS' || /^[A-Z][A-Z0-9_]+$/.test(text(from['source_identifier']) ?? '');
    return isNamed ? undefined : refused('PutConfigRule', 'InvalidParameterValueException', `The sourceIdentifier ${text(from?.['source_identifier']) ?? ''} is invalid. Please refer to the documentation for a list of valid sourceIdentifiers that can be used when AWS is the Owner.`);
  },
  compute: (c) => {
    const rule_id = text(c.planned['rule_id']) ?? `config-rule-${c.hex(6)}`;
    return { id: text(c.planned['name']) ?? '', rule_id, arn: arn(c, 'config', `config-rule/${rule_id}`), evaluation_mode: [{ mode: 'DETECTIVE' }] };
  },
};

/** AWS Config. */
export const configModels: Readonly<Record<string, ResourceModel>> = {
  aws_config_configuration_recorder: recorder, aws_config_delivery_channel: channel, aws_config_configuration_recorder_status: status, aws_config_retention_configuration: retention, aws_config_config_rule: rule,
};
