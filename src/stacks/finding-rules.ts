import { CloudwatchEventRule } from '#bindings/aws/cloudwatch-event-rule.js';
import { CloudwatchEventTarget } from '#bindings/aws/cloudwatch-event-target.js';
import { Construct } from 'constructs';
import type { Alerts } from './alerts.ts';
import { json } from './expression.ts';

/** One rule of one region. */
export interface FindingRuleProps {
  readonly region: string;
  readonly name: string;
  readonly description: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  /** Resource name of the topic in the same region. */
  readonly topic: Readonly<Record<string, true>>;
}

/** Findings of security services that somebody is told of at once. File `findings.tf`. */
export class FindingRules extends Construct {
  /** `rules`: resource name → rule. */
  constructor(scope: Construct, rules: Readonly<Record<string, FindingRuleProps>>, { topics }: Alerts) {
    super(scope, 'findings');
    for (const [id, { region, name, description, pattern, topic }] of Object.entries(rules)) {
      const target = topics[Object.keys(topic)[0] ?? ''];
      if (!target) throw new Error(`rule ${id} has no topic in its region`);
      const rule = new CloudwatchEventRule(this, `cloudwatch-event-rule.${id}`, { region, name, description, eventPattern: json(pattern) });
      new CloudwatchEventTarget(this, `cloudwatch-event-target.${id}`, { region, rule: rule.name, targetId: 'alerts', arn: target.arn });
    }
  }
}
