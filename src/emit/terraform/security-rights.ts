import type { Environment } from '../../config/platform.ts';
import type { PolicyStatement } from '../../stacks/policy.ts';
import { alertTopicName } from '../../units/aws-names.ts';
import { hasSlack, slackRoleName } from './alerts-props.ts';

const topicArn = ({ partition, accountId, ...environment }: Environment): string => `arn:${partition}:sns:*:${accountId}:${alertTopicName(environment)}`;
const channelArn = ({ partition, accountId, ...environment }: Environment): string => `arn:${partition}:chatbot::${accountId}:chat-configuration/slack-channel/${alertTopicName(environment)}`;

/** What planning an environment's alerts reads. Pure. */
export const alertReads = (environment: Environment): readonly PolicyStatement[] => [
  { sid: 'AlertTopics', actions: ['sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic', 'sns:ListTagsForResource'], on: [topicArn(environment)] },
  // Neither subscriptions nor lists of channels are resources.
  { sid: 'AlertSubscribers', actions: ['sns:GetSubscriptionAttributes', ...(hasSlack(environment) ? ['chatbot:DescribeSlackChannelConfigurations', 'chatbot:ListTagsForResource'] : [])], on: ['*'] },
];

/** What applying an environment's alerts needs on top, by the names of its topics, rules and role. Pure. */
export const alertWrites = (environment: Environment, boundaryArn: string): readonly PolicyStatement[] => {
  const { partition, accountId } = environment;
  const name = alertTopicName(environment);
  const role = `arn:${partition}:iam::${accountId}:role/${slackRoleName(environment)}`;
  return [
    { sid: 'AlertTopics', actions: ['sns:CreateTopic', 'sns:DeleteTopic', 'sns:SetTopicAttributes', 'sns:TagResource', 'sns:UntagResource', 'sns:Subscribe'], on: [topicArn(environment)] },
    // SNS knows no resource of these.
    { sid: 'AlertSubscribers', actions: ['sns:Unsubscribe', 'sns:SetSubscriptionAttributes'], on: ['*'] },
    { sid: 'AlertKeyAliases', actions: ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'], on: [`arn:${partition}:kms:*:${accountId}:alias/${name}`] },
    { sid: 'FindingRules', actions: ['events:PutRule', 'events:DeleteRule', 'events:PutTargets', 'events:RemoveTargets', 'events:TagResource', 'events:UntagResource'], on: [`arn:${partition}:events:*:${accountId}:rule/${name}-*`] },
    ...(hasSlack(environment) ? slackWrites(channelArn(environment), role, boundaryArn) : []),
  ];
};

const slackWrites = (configuration: string, role: string, boundaryArn: string): readonly PolicyStatement[] => [
  // The service's reference lists no resource for these actions.
  { sid: 'NewSlackChannel', actions: ['chatbot:CreateSlackChannelConfiguration', 'chatbot:TagResource', 'chatbot:UntagResource'], on: ['*'] },
  { sid: 'SlackChannel', actions: ['chatbot:UpdateSlackChannelConfiguration', 'chatbot:DeleteSlackChannelConfiguration'], on: [configuration] },
  {
    sid: 'SlackRoleWithinTheBoundary', actions: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy', 'iam:DeleteRolePolicy'], on: [role],
    when: { StringEquals: [{ key: 'iam:PermissionsBoundary', values: [boundaryArn] }] },
  },
  { sid: 'SlackRole', actions: ['iam:DeleteRole', 'iam:TagRole', 'iam:UntagRole', 'iam:UpdateRole', 'iam:UpdateAssumeRolePolicy', 'iam:UpdateRoleDescription'], on: [role] },
  { sid: 'SlackRoleForChatbot', actions: ['iam:PassRole'], on: [role], when: { StringEquals: [{ key: 'iam:PassedToService', values: ['chatbot.amazonaws.com'] }] } },
];
