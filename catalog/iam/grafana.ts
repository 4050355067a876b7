import type { PolicyFact } from './policy.ts';

/** Grafana reading metrics and alarms of CloudWatch: none of these calls takes a resource. */
export const grafanaCloudwatchPolicy: PolicyFact = {
  source: 'Grafana documentation, "Configure AWS authentication", policy for metrics, without EC2, tags, logs and Performance Insights, which panels of load balancers don\'t need. Not tried on AWS.',
  read: '2026-11-25',
  statements: [{ sid: 'ReadMetrics', actions: ['cloudwatch:DescribeAlarmHistory', 'cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmsForMetric', 'cloudwatch:GetInsightRuleReport', 'cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'], resources: ['*'] }],
};

/** Grafana asking the Prometheus workspaces of its environment, which are known by their tag. Placeholders: partition, region, account, environment. */
export const ampReadPolicy: PolicyFact = {
  source: 'Amazon Managed Service for Prometheus user guide, "Set up IAM roles for service accounts": AmazonPrometheusQueryAccess, narrowed by tag. Not tried on AWS.',
  read: '2026-11-25',
  statements: [{ sid: 'AskWorkspaces', actions: ['aps:GetLabels', 'aps:GetMetricMetadata', 'aps:GetSeries', 'aps:QueryMetrics'], resources: ['arn:<partition>:aps:<region>:<account>:workspace/*'], conditions: { StringEquals: { 'aws:ResourceTag/argoeks:environment': ['<environment>'] } } }],
};
