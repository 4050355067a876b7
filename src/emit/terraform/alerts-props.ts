import type { Environment, Platform } from '../../config/platform.ts';
import type { AlertsProps, AlertTopicProps, SlackProps } from '../../stacks/alerts.ts';
import type { PolicyStatement, PolicyTests } from '../../stacks/policy.ts';
import { alertTopicArn, alertTopicName, bounded } from '../../units/aws-names.ts';
import { boundaryArn, managedPolicyArn, terraformName } from './names.ts';

/** Where AWS keeps the metric of an account's charges. Source: CloudWatch user guide, "Create a billing alarm". */
const billingRegion = 'us-east-1';

/** Regions with an alert topic: the environment's own, and that of billing where the partition has one. Pure. */
export const alertRegions = ({ partition, regions }: Environment): readonly string[] => [...new Set([...regions, ...(partition === 'aws' ? [billingRegion] : [])])];

/** Name of the role that the Slack channel acts as. */
export const slackRoleName = (environment: Environment): string => bounded(`${alertTopicName(environment)}-slack`, 64);

/** True where alerts go to Slack. */
export const hasSlack = ({ settings: { alerts } }: Environment): boolean => alerts.slack.workspace_id !== '' && alerts.slack.channel_id !== '';

interface Publisher {
  readonly sid: string;
  readonly service: string;
  /** Own objects on whose behalf the service publishes. */
  readonly sources?: string;
}

/**
 * Services that publish. Sources: SNS developer guide, "Example cases for Amazon SNS access control" (alarms, EventBridge); Cost Management user guide,
 * "Creating an Amazon SNS topic for budget notifications" and "… for anomaly notifications".
 */
const publishersOf = ({ partition, accountId }: Environment, region: string): readonly Publisher[] => [
  { sid: 'Alarms', service: 'cloudwatch.amazonaws.com', sources: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*` },
  { sid: 'Events', service: 'events.amazonaws.com', sources: `arn:${partition}:events:${region}:${accountId}:rule/*` },
  ...(partition === 'aws' ? [
    { sid: 'Budgets', service: 'budgets.amazonaws.com', sources: `arn:${partition}:budgets::${accountId}:*` },
    { sid: 'CostAnomalies', service: 'costalerts.amazonaws.com' },
  ] : []),
];

const onOurBehalf = (accountId: string, { sources }: Publisher): PolicyTests => ({
  StringEquals: [{ key: 'aws:SourceAccount', values: [accountId] }],
  ...(sources === undefined ? {} : { ArnLike: [{ key: 'aws:SourceArn', values: [sources] }] }),
});

/**
 * Use of the key by a publisher. EventBridge sends KMS neither SourceAccount nor SourceArn when it publishes to an encrypted topic: a test of
 * them would drop every event unseen. It is bound to the topic instead. Source: SNS developer guide, "Key management", "Enable compatibility
 * between event sources from AWS services and encrypted topics".
 */
const keyUse = (environment: Environment, region: string, publisher: Publisher): PolicyStatement => ({
  sid: publisher.sid, principals: { Service: [publisher.service] }, actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], on: ['*'],
  when: publisher.sid === 'Events' ? { StringEquals: [{ key: 'kms:EncryptionContext:aws:sns:topicArn', values: [alertTopicArn(environment, region)] }] }
    : { StringEquals: [{ key: 'aws:SourceAccount', values: [environment.accountId] }] },
});

const topicOf = (environment: Environment, region: string): AlertTopicProps => {
  const services = publishersOf(environment, region);
  return {
    region,
    publishers: services.map((each) => ({
      sid: each.sid, principals: { Service: [each.service] }, actions: ['sns:Publish'],
      // An ARN of a rule holds the account; EventBridge's guide tests nothing else on topics.
      when: each.sid === 'Events' ? { ArnLike: [{ key: 'aws:SourceArn', values: [each.sources ?? ''] }] } : onOurBehalf(environment.accountId, each),
    })),
    keyUsers: services.map((each) => keyUse(environment, region, each)),
  };
};

const slackOf = (platform: Platform, environment: Environment): SlackProps => ({
  teamId: environment.settings.alerts.slack.workspace_id, channelId: environment.settings.alerts.slack.channel_id,
  roleName: slackRoleName(environment), boundaryArn: boundaryArn(platform, environment),
  // To draw the metric of an alarm; these actions know no resources.
  allow: [{ sid: 'ShowAlarms', actions: ['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData', 'cloudwatch:GetMetricStatistics', 'cloudwatch:ListMetrics'], on: ['*'] }],
  guardrailPolicyArns: [managedPolicyArn(environment.partition, 'CloudWatchReadOnlyAccess')],
});

/** Decides who is told of what goes wrong in an environment. Pure. */
export const alertsProps = (platform: Platform, environment: Environment): AlertsProps => {
  const { partition, accountId, settings: { alerts } } = environment;
  const topicName = alertTopicName(environment);
  const ids = new Map([...new Set(alerts.emails)].map((address) => [address, terraformName(address)]));
  const isShared = (id: string): boolean => [...ids.values()].filter((other) => other === id).length > 1;
  return {
    topicName, alias: `alias/${topicName}`, partition, accountId,
    topics: Object.fromEntries(alertRegions(environment).map((region) => [terraformName(region), topicOf(environment, region)])),
    emails: Object.fromEntries([...ids].map(([address, id], i) => [isShared(id) ? `${id}_${i + 1}` : id, address])),
    ...(hasSlack(environment) ? { slack: slackOf(platform, environment) } : {}),
  };
};
