import { LambdaPermission } from '#bindings/aws/lambda-permission.js';
import { SnsTopicSubscription } from '#bindings/aws/sns-topic-subscription.js';
import { Construct } from 'constructs';
import type { Alerts } from './alerts.ts';
import type { Functions } from './functions.ts';

/** Which function passes alerts on to a pager. */
export interface PagerProps {
  /** Resource name of the function, as a key: it may hold a name of the environment. */
  readonly function: Readonly<Record<string, true>>;
  /** Resource name of a topic → its region. */
  readonly topics: Readonly<Record<string, { readonly region: string }>>;
}

/** Invokes a function with what every alert topic says, whatever their regions. File `pager.tf`. */
export class Pager extends Construct {
  constructor(scope: Construct, props: PagerProps, alerts: Alerts, { functions }: Functions) {
    super(scope, 'pager');
    const relay = functions[Object.keys(props.function)[0] ?? ''];
    if (!relay) throw new Error('alerts are passed on by a function that is not there');
    for (const [id, { region }] of Object.entries(props.topics)) {
      const topic = alerts.topics[id];
      if (!topic) throw new Error(`there is no topic ${id}`);
      const allowed = new LambdaPermission(this, `lambda-permission.pager_${id}`, {
        statementId: `alerts-${id}`, functionName: relay.functionName, action: 'lambda:InvokeFunction', principal: 'sns.amazonaws.com', sourceArn: topic.arn,
      });
      new SnsTopicSubscription(this, `sns-topic-subscription.pager_${id}`, { region, topicArn: topic.arn, protocol: 'lambda', endpoint: relay.arn, dependsOn: [allowed] });
    }
  }
}
