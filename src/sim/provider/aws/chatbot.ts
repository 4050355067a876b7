import type { ResourceModel } from '../engine/model.ts';
import { text } from '../values.ts';
import { globalArn } from './arn.ts';
import { arnRule, oneOf, textRule } from './rules.ts';

const slackChannel: ResourceModel = {
  source: 'hashicorp/terraform-provider-aws internal/service/chatbot/slack_channel_configuration.go (read from the schema; not from the file); patterns: AWS Chatbot API reference, CreateSlackChannelConfiguration',
  label: 'Chatbot Slack Channel Configuration',
  forceNew: ['configuration_name', 'slack_team_id'], defaults: { logging_level: 'NONE', user_authorization_required: false },
  rules: { configuration_name: textRule(1, 128, /^[A-Za-z0-9_-]+$/), slack_team_id: textRule(1, 255, /^[0-9A-Z]+$/), slack_channel_id: textRule(1, 255, /^[A-Za-z0-9]+$/), logging_level: oneOf('ERROR', 'INFO', 'NONE'), iam_role_arn: arnRule },
  refuse: (c) => (c.prior === undefined && c.account.store.list(c.type).some((o) => o.attributes['configuration_name'] === c.planned['configuration_name'])
    ? { service: 'Chatbot', operation: 'CreateSlackChannelConfiguration', status: 409, code: 'ConflictException', message: `A configuration named ${text(c.planned['configuration_name']) ?? ''} already exists.` } : undefined),
  compute: (c) => ({ chat_configuration_arn: globalArn(c, 'chatbot', `chat-configuration/slack-channel/${text(c.planned['configuration_name']) ?? ''}`), slack_channel_name: 'simulated', slack_team_name: 'simulated' }),
};

/** Chat channels that are told of alerts. */
export const chatbotModels: Readonly<Record<string, ResourceModel>> = { aws_chatbot_slack_channel_configuration: slackChannel };
