import type { Environment } from '../../config/platform.ts';
import type { FindingRuleProps } from '../../stacks/finding-rules.ts';
import { alertTopicName, bounded } from '../../units/aws-names.ts';
import { terraformName } from './names.ts';

/** A kind of finding and the events that tell of it. */
export interface FindingKind {
  readonly name: string;
  readonly description: string;
  readonly pattern: Readonly<Record<string, unknown>>;
}

/**
 * Findings somebody is told of at once. Sources: Security Hub user guide, "EventBridge event formats" (findings are a list, labels are words);
 * GuardDuty user guide, "Processing findings with EventBridge" (`severity` is a number; 7 and more is high, 9 and more critical).
 */
export const findingKinds: readonly FindingKind[] = [
  {
    name: 'securityhub-high-critical-findings', description: 'New findings of Security Hub, high and critical',
    pattern: {
      source: ['aws.securityhub'], 'detail-type': ['Security Hub Findings - Imported'],
      detail: { findings: { Severity: { Label: ['HIGH', 'CRITICAL'] }, Workflow: { Status: ['NEW'] }, RecordState: ['ACTIVE'] } },
    },
  },
  {
    name: 'guardduty-high-severity-findings', description: 'Findings of GuardDuty, severity 7 and more',
    pattern: { source: ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'], detail: { severity: [{ numeric: ['>=', 7] }] } },
  },
];

/** Rules of an environment, each kind in each of its regions: EventBridge passes nothing on to a topic of another region. Pure. */
export const findingRules = (environment: Environment): Readonly<Record<string, FindingRuleProps>> =>
  Object.fromEntries(environment.regions.flatMap((region) => findingKinds.map(({ name, description, pattern }) => [
    `${terraformName(name)}_${terraformName(region)}`,
    { region, name: bounded(`${alertTopicName(environment)}-${name}`, 64), description, pattern, topic: { [terraformName(region)]: true as const } },
  ])));
