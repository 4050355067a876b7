import { CloudwatchMetricAlarm } from '#bindings/aws/cloudwatch-metric-alarm.js';
import type { Construct } from 'constructs';
import { expression } from './expression.ts';

/** One CloudWatch alarm, all but what it is about. */
export interface MetricAlarmProps {
  readonly name: string;
  readonly description: string;
  readonly region: string;
  /** Topic of the same region: an alarm can notify no other. */
  readonly topicArn: string;
  readonly namespace: string;
  readonly metric: string;
  /** Either a statistic or a percentile. */
  readonly statistic?: string;
  readonly percentile?: string;
  readonly period: number;
  readonly evaluations: number;
  readonly comparison: string;
  readonly threshold: number;
  readonly missing: string;
}

/** One alarm for each entry of a map in Terraform, whose keys end the names. */
export interface Each {
  /** Address of the map. */
  readonly of: string;
}

/** The alarm, told to its topic when it fires and when it is over. */
export const metricAlarm = (scope: Construct, id: string, props: MetricAlarmProps, dimensions: Readonly<Record<string, string>>, each?: Each): CloudwatchMetricAlarm => {
  const alarm = new CloudwatchMetricAlarm(scope, `cloudwatch-metric-alarm.${id}`, {
    region: props.region, alarmName: each === undefined ? props.name : `${props.name}-${expression('each.key')}`, alarmDescription: props.description,
    namespace: props.namespace, metricName: props.metric, dimensions: { ...dimensions },
    ...(props.statistic === undefined ? {} : { statistic: props.statistic }),
    ...(props.percentile === undefined ? {} : { extendedStatistic: props.percentile, evaluateLowSampleCountPercentiles: 'ignore' }),
    period: props.period, evaluationPeriods: props.evaluations, comparisonOperator: props.comparison, threshold: props.threshold,
    treatMissingData: props.missing, alarmActions: [props.topicArn], okActions: [props.topicArn],
  });
  if (each !== undefined) alarm.addOverride('for_each', expression(each.of));
  return alarm;
};
