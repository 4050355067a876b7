import type { ResourceModel } from '../engine/model.ts';
import { text, texts } from '../values.ts';
import { globalArn } from './arn.ts';
import { oneOf, textRule } from './rules.ts';
import { faultsOf, sameName } from './same-name.ts';

const chatbot = faultsOf('Chatbot');
const invalid = (message: string) => chatbot('CreateSlackChannelConfiguration', 'InvalidParameterException', message);

const slackChannel: ResourceModel = {
  source: 'hashicorp/terraform-provider-aws internal/service/chatbot/slack_channel_configuration.go (defaults; nothing forces a replacement); AWS Chatbot API reference, CreateSlackChannelConfiguration (names, ARNs of partition aws only, ConflictException); which roles and topics it refuses: not verified beyond "the role must trust chatbot.amazonaws.com" (administrator guide, "Troubleshooting")',
  label: 'Chatbot Slack Channel Configuration', idAttribute: 'chat_configuration_arn', defaults: { logging_level: 'NONE', user_authorization_required: false },
  rules: {
    configuration_name: textRule(1, 128, /^[A-Za-z0-9-_]+$/), slack_channel_id: textRule(1, 255, /^[A-Za-z0-9]+$/), slack_team_id: textRule(1, 255, /^[0-9A-Z]+$/), logging_level: oneOf('ERROR', 'INFO', 'NONE'),
    iam_role_arn: textRule(12, 1224, /^arn:aws:iam:/), guardrail_policy_arns: textRule(11, 1163, /^(?!.*\/aws-service-role\/)arn:aws:iam:/), sns_topic_arns: textRule(12, 1224, /^arn:aws:sns:/),
  },
  name: (a) => text(a['configuration_name']) ?? '',
  references: [
    { path: 'iam_role_arn', type: 'aws_iam_role', by: 'arn', fault: (v) => invalid(`The role ${v} does not exist or cannot be assumed by AWS Chatbot.`) },
    // Topics of every region, and of other accounts.
    { path: 'sns_topic_arns', type: 'aws_sns_topic', by: 'arn', anywhere: true, fault: (v) => invalid(`The topic ${v} does not exist.`) },
  ],
  refuse: (c) => {
    const role = c.account.store.list('aws_iam_role').find((r) => r.attributes['arn'] === c.planned['iam_role_arn']);
    if (role && !(text(role.attributes['assume_role_policy']) ?? '').includes('chatbot.amazonaws.com')) return invalid(`The role ${String(c.planned['iam_role_arn'])} cannot be assumed by AWS Chatbot.`);
    return sameName(c, 'configuration_name', (name) => ({ ...chatbot('CreateSlackChannelConfiguration', 'ConflictException', `A configuration named ${name} already exists.`), status: 409 }));
  },
  compute: (c) => {
    const id = globalArn(c, 'chatbot', `chat-configuration/slack-channel/${text(c.planned['configuration_name']) ?? ''}`);
    return {
      id, chat_configuration_arn: id, slack_team_name: text(c.planned['slack_team_id']) ?? '', slack_channel_name: text(c.planned['slack_channel_id']) ?? '', sns_topic_arns: texts(c.planned['sns_topic_arns']),
      // Without a list AWS applies this one. Source: API reference, GuardrailPolicyArns.
      guardrail_policy_arns: [`arn:${c.account.partition}:iam::aws:policy/AdministratorAccess`],
    };
  },
};

/** Slack channels. */
export const chatbotModels: Readonly<Record<string, ResourceModel>> = { aws_chatbot_slack_channel_configuration: slackChannel };
