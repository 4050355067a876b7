import { BudgetsBudget } from '#bindings/aws/budgets-budget.js';
import { CeAnomalyMonitor } from '#bindings/aws/ce-anomaly-monitor.js';
import { CeAnomalySubscription } from '#bindings/aws/ce-anomaly-subscription.js';
import { CloudwatchMetricAlarm } from '#bindings/aws/cloudwatch-metric-alarm.js';
import type { ITerraformDependable } from 'cdktn';
import { Construct } from 'constructs';
import { json } from './expression.ts';
import { because } from './root.ts';

/** What watches an environment's spending. */
export interface SpendingGuardProps {
  readonly budget: {
    readonly name: string;
    readonly amount: string;
    readonly currency: string;
    /** What of the account's spending counts. */
    readonly filter: { readonly name: string; readonly values: readonly string[] };
    readonly actual: readonly number[];
    readonly forecast: number;
    readonly topicArn: string;
    readonly emails: readonly string[];
  };
  /** Absent where AWS has no billing metric. */
  readonly billing?: { readonly name: string; readonly region: string; readonly threshold: number; readonly topicArn: string };
  readonly anomaly?: {
    readonly name: string;
    /** An existing monitor; one with this tag; or, with neither, one of all services of the account. */
    readonly monitorArn?: string;
    readonly tag?: { readonly key: string; readonly value: string };
    readonly threshold: number;
    readonly topicArn: string;
  };
}

/** Length of an evaluation of charges: AWS publishes them a few times a day. Source: CloudWatch user guide, "Create a billing alarm". */
const sixHours = 21600;

/** Budget, billing alarm and anomaly detection. `after` makes the topics first. File `spending.tf`. */
export class SpendingGuard extends Construct {
  constructor(scope: Construct, { budget, billing, anomaly }: SpendingGuardProps, after: readonly ITerraformDependable[] = []) {
    super(scope, 'spending');
    const notice = (notificationType: string, threshold: number) => ({
      comparisonOperator: 'GREATER_THAN', notificationType, threshold, thresholdType: 'PERCENTAGE', subscriberSnsTopicArns: [budget.topicArn],
      ...(budget.emails.length === 0 ? {} : { subscriberEmailAddresses: [...budget.emails] }),
    });
    new BudgetsBudget(this, 'budgets-budget.monthly', {
      name: budget.name, budgetType: 'COST', timeUnit: 'MONTHLY', limitAmount: budget.amount, limitUnit: budget.currency,
      costFilter: [{ name: budget.filter.name, values: [...budget.filter.values] }],
      notification: [...budget.actual.map((threshold) => notice('ACTUAL', threshold)), notice('FORECASTED', budget.forecast)],
      dependsOn: [...after],
    });
    if (billing) {
      because(new CloudwatchMetricAlarm(this, 'cloudwatch-metric-alarm.billing', {
        region: billing.region, alarmName: billing.name, alarmDescription: `Estimated charges of the account this month exceed ${billing.threshold} USD`,
        namespace: 'AWS/Billing', metricName: 'EstimatedCharges', dimensions: { Currency: 'USD' }, statistic: 'Maximum', period: sixHours, evaluationPeriods: 1,
        comparisonOperator: 'GreaterThanThreshold', threshold: billing.threshold, treatMissingData: 'notBreaching', alarmActions: [billing.topicArn], okActions: [billing.topicArn],
        dependsOn: [...after],
      }), 'Charges are published in this region only, and only where the account lets CloudWatch have them (Billing preferences, "Receive CloudWatch billing alerts").');
    }
    if (anomaly) this.#watch(anomaly, after);
  }

  #watch({ name, monitorArn, tag, threshold, topicArn }: NonNullable<SpendingGuardProps['anomaly']>, after: readonly ITerraformDependable[]): void {
    const monitor = (): string => new CeAnomalyMonitor(this, 'ce-anomaly-monitor.spending', {
      name,
      ...(tag === undefined ? { monitorType: 'DIMENSIONAL', monitorDimension: 'SERVICE' }
        : { monitorType: 'CUSTOM', monitorSpecification: json({ Tags: { Key: tag.key, MatchOptions: ['EQUALS'], Values: [tag.value] } }) }),
    }).arn;
    because(new CeAnomalySubscription(this, 'ce-anomaly-subscription.spending', {
      name, frequency: 'IMMEDIATE', monitorArnList: [monitorArn ?? monitor()], subscriber: [{ type: 'SNS', address: topicArn }],
      thresholdExpression: { dimension: { key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE', matchOptions: ['GREATER_THAN_OR_EQUAL'], values: [String(threshold)] } },
      dependsOn: [...after],
    }), 'A notice at once can go to a topic only; e-mail would come once a day.');
  }
}
