import type { Environment, Platform } from '../../config/platform.ts';
import type { PolicyStatement, PolicyTests } from '../../stacks/policy.ts';
import { spendingName } from './spending-props.ts';

/** What planning budgets, alarms and anomaly detection reads. */
export const spendingReads: readonly string[] = [
  'budgets:ListTagsForResource', 'budgets:ViewBudget', 'ce:GetAnomalyMonitors', 'ce:GetAnomalySubscriptions', 'ce:ListTagsForResource', 'cloudwatch:DescribeAlarms', 'cloudwatch:ListTagsForResource',
];

/** What applying them needs, narrowed to names of the environment, and to its tag where AWS invents the name. Pure. */
export const spendingWrites = (platform: Platform, environment: Environment): readonly PolicyStatement[] => {
  const { partition, accountId, name } = environment;
  const anomalies = ['anomalymonitor', 'anomalysubscription'].map((kind) => `arn:${partition}:ce::${accountId}:${kind}/*`);
  const tag = (where: 'Request' | 'Resource'): PolicyTests => ({ StringEquals: [{ key: `aws:${where}Tag/argoeks:environment`, values: [name] }] });
  return [
    { sid: 'Budgets', actions: ['budgets:ModifyBudget', 'budgets:TagResource', 'budgets:UntagResource'], on: [`arn:${partition}:budgets::${accountId}:budget/${spendingName(platform, environment)}`] },
    { sid: 'Alarms', actions: ['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms', 'cloudwatch:TagResource', 'cloudwatch:UntagResource'], on: [`arn:${partition}:cloudwatch:*:${accountId}:alarm:${name}-*`] },
    ...(environment.settings.budgets.anomaly.enabled ? [
      // Neither has a name of ours before it exists.
      { sid: 'NewAnomalyDetection', actions: ['ce:CreateAnomalyMonitor', 'ce:CreateAnomalySubscription', 'ce:TagResource'], on: ['*'], when: tag('Request') },
      { sid: 'OwnAnomalyDetection', actions: ['ce:UpdateAnomalyMonitor', 'ce:DeleteAnomalyMonitor', 'ce:UpdateAnomalySubscription', 'ce:DeleteAnomalySubscription', 'ce:UntagResource'], on: anomalies, when: tag('Resource') },
    ] : []),
  ];
};
