import { CloudwatchEventRule } from '#bindings/aws/cloudwatch-event-rule.js';
import { CloudwatchEventTarget } from '#bindings/aws/cloudwatch-event-target.js';
import { SqsQueue } from '#bindings/aws/sqs-queue.js';
import { SqsQueuePolicy } from '#bindings/aws/sqs-queue-policy.js';
import { Construct } from 'constructs';
import { json } from './expression.ts';
import { policy } from './policy.ts';

/** Queue of EC2's announcements for the controller that drains nodes. */
export interface InterruptionQueueProps {
  readonly queueName: string;
  readonly accountId: string;
  /** Resource name → rule: its name and what it listens to. */
  readonly rules: Readonly<Record<string, { readonly name: string; readonly source: string; readonly detailType: string }>>;
}

/** Encrypted queue, its EventBridge rules and a policy that admits only those rules, over TLS. File `interruptions.tf`. */
export class InterruptionQueue extends Construct {
  constructor(scope: Construct, { queueName, accountId, rules }: InterruptionQueueProps) {
    super(scope, 'interruptions');
    const queue = new SqsQueue(this, 'sqs-queue.interruptions', { name: queueName, messageRetentionSeconds: 300, sqsManagedSseEnabled: true });
    const made = Object.entries(rules).map(([id, { name, source, detailType }]) => {
      const rule = new CloudwatchEventRule(this, `cloudwatch-event-rule.${id}`, { name, eventPattern: json({ source: [source], 'detail-type': [detailType] }) });
      new CloudwatchEventTarget(this, `cloudwatch-event-target.${id}`, { rule: rule.name, targetId: 'interruption-queue', arn: queue.arn });
      return rule;
    });
    new SqsQueuePolicy(this, 'sqs-queue-policy.interruptions', {
      queueUrl: queue.id,
      policy: policy([
        {
          sid: 'EventsOfOurRules', principals: { Service: ['events.amazonaws.com'] }, actions: ['sqs:SendMessage'], on: [queue.arn],
          when: { StringEquals: [{ key: 'aws:SourceAccount', values: [accountId] }], ArnEquals: [{ key: 'aws:SourceArn', values: made.map((rule) => rule.arn) }] },
        },
        { sid: 'OnlyOverTls', deny: true, principals: '*', actions: ['sqs:*'], on: [queue.arn], when: { Bool: [{ key: 'aws:SecureTransport', values: ['false'] }] } },
      ]),
    });
  }
}
