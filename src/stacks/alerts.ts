import { ChatbotSlackChannelConfiguration } from '#bindings/aws/chatbot-slack-channel-configuration.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicy } from '#bindings/aws/iam-role-policy.js';
import { SnsTopic } from '#bindings/aws/sns-topic.js';
import { SnsTopicPolicy } from '#bindings/aws/sns-topic-policy.js';
import { SnsTopicSubscription } from '#bindings/aws/sns-topic-subscription.js';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key.ts';
import { policy, serviceTrust } from './policy.ts';
import type { PolicyStatement } from './policy.ts';
import { accepted, because } from './root.ts';

/** Alert topic of one region. */
export interface AlertTopicProps {
  readonly region: string;
  /** What AWS services may do with the topic and with its key, bound to our account. */
  readonly publishers: readonly PolicyStatement[];
  readonly keyUsers: readonly PolicyStatement[];
}

/** Slack channel that every topic is shown in. */
export interface SlackProps {
  readonly teamId: string;
  readonly channelId: string;
  readonly roleName: string;
  readonly boundaryArn: string;
  readonly allow: readonly PolicyStatement[];
  /** Upper limit of what anyone may do from the channel. */
  readonly guardrailPolicyArns: readonly string[];
}

/** Who is told of what goes wrong in an environment. */
export interface AlertsProps {
  readonly topicName: string;
  /** With `alias/`. */
  readonly alias: string;
  readonly partition: string;
  readonly accountId: string;
  /** Resource name → topic. */
  readonly topics: Readonly<Record<string, AlertTopicProps>>;
  /** Resource name → address. */
  readonly emails: Readonly<Record<string, string>>;
  readonly slack?: SlackProps;
}

/** Encrypted topics, one for each region, with their subscribers. File `alerts.tf`. */
export class Alerts extends Construct {
  /** By resource name. */
  readonly topics: Readonly<Record<string, SnsTopic>>;
  /** What must be there before a service checks that it may publish. */
  readonly policies: readonly SnsTopicPolicy[];

  constructor(scope: Construct, { topicName, alias, partition, accountId, topics, emails, slack }: AlertsProps) {
    super(scope, 'alerts');
    const policies: SnsTopicPolicy[] = [];
    this.topics = Object.fromEntries(Object.entries(topics).map(([id, { region, publishers, keyUsers }]) => {
      const { key } = new EncryptionKey(this, `alerts_${id}`, { alias, description: `Alerts in ${topicName}`, partition, accountId, region, services: keyUsers });
      const topic = new SnsTopic(this, `sns-topic.${id}`, { region, name: topicName, kmsMasterKeyId: key.arn });
      policies.push(new SnsTopicPolicy(this, `sns-topic-policy.${id}`, {
        region, arn: topic.arn,
        policy: policy([
          ...publishers.map((statement) => ({ ...statement, on: [topic.arn] })),
          { sid: 'OnlyOverTls', deny: true, principals: '*', actions: ['sns:Publish'], on: [topic.arn], when: { Bool: [{ key: 'aws:SecureTransport', values: ['false'] }] } },
        ]),
      }));
      for (const [who, endpoint] of Object.entries(emails)) {
        because(new SnsTopicSubscription(this, `sns-topic-subscription.${id}_${who}`, { region, topicArn: topic.arn, protocol: 'email', endpoint }),
          'Gets nothing until the link in the confirmation mail was followed.');
      }
      return [id, topic];
    }));
    this.policies = policies;
    if (slack) this.#slack(topicName, slack);
  }

  #slack(name: string, { teamId, channelId, roleName, boundaryArn, allow, guardrailPolicyArns }: SlackProps): void {
    const role = new IamRole(this, 'iam-role.slack', { name: roleName, description: 'What the Slack channel may look at', permissionsBoundary: boundaryArn, assumeRolePolicy: serviceTrust('chatbot.amazonaws.com') });
    accepted(new IamRolePolicy(this, 'iam-role-policy.slack', { name: 'show-alarms', role: role.name, policy: policy(allow) }), { CKV_AWS_355: 'metrics are no resources' });
    because(new ChatbotSlackChannelConfiguration(this, 'chatbot-slack-channel-configuration.alerts', {
      configurationName: name, slackTeamId: teamId, slackChannelId: channelId, iamRoleArn: role.arn, guardrailPolicyArns: [...guardrailPolicyArns], loggingLevel: 'ERROR',
      snsTopicArns: Object.values(this.topics).map((topic) => topic.arn),
    }), 'The workspace must have been authorized once by hand in the console of Amazon Q Developer in chat applications.');
  }
}
