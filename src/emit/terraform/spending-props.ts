import type { Environment, Platform } from '../../config/platform.ts';
import type { SpendingGuardProps } from '../../stacks/spending-guard.ts';
import { alertTopicArn, bounded } from '../../units/aws-names.ts';

/** The region of billing metrics; none outside the commercial partition. Source: CloudWatch user guide, "Create a billing alarm". */
const billingRegion = 'us-east-1';

/** One notice reaches at most ten addresses; the topic reaches all. Source: AWS Budgets API reference, CreateNotification. */
const mostEmails = 10;

const ownershipTag = 'argoeks:environment';

/** Name of an environment's budget, at most 100 characters (limit of AWS Budgets). */
export const spendingName = (platform: Platform, environment: Environment): string => bounded(`${platform.name}-${environment.name}-monthly`, 100);

/** True where another environment spends in the same account: then only the tag tells the two apart. Pure. */
export const sharesAccount = (platform: Platform, environment: Environment): boolean =>
  platform.environments.filter(({ accountId }) => accountId === environment.accountId).length > 1;

/** Decides what watches an environment's spending. Pure. */
export const spendingProps = (platform: Platform, environment: Environment): SpendingGuardProps => {
  const { name, accountId, partition, regions, settings: { budgets, alerts } } = environment;
  const topicArn = alertTopicArn(environment, regions[0] ?? environment.settings.aws.region);
  const isShared = sharesAccount(platform, environment);
  return {
    budget: {
      name: spendingName(platform, environment), amount: String(budgets.amount), currency: budgets.currency,
      filter: isShared ? { name: 'TagKeyValue', values: [`user:${ownershipTag}$${name}`] } : { name: 'LinkedAccount', values: [accountId] },
      actual: budgets.thresholds, forecast: 100, topicArn, emails: alerts.emails.slice(0, mostEmails),
    },
    ...(partition === 'aws' ? { billing: { name: `${name}-billing-estimated-charges`, region: billingRegion, threshold: budgets.billing_alarm_threshold, topicArn: alertTopicArn(environment, billingRegion) } } : {}),
    ...(budgets.anomaly.enabled ? {
      anomaly: {
        name: `${platform.name}-${name}-spending`, threshold: budgets.anomaly.threshold, topicArn,
        ...(budgets.anomaly.monitor_arn !== undefined ? { monitorArn: budgets.anomaly.monitor_arn } : isShared ? { tag: { key: `user:${ownershipTag}`, value: name } } : {}),
      },
    } : {}),
  };
};
