import type { PolicyFact } from './policy.ts';

const reference = 'AWS managed policy reference';
const spaces = { 'aws:RequestTag/sagemaker.amazonaws.com/managed-by': ['amazon-sagemaker-spaces'], 'aws:RequestTag/sagemaker.amazonaws.com/eks-cluster-arn': ['<clusterArn>'] };
const ofSpaces = { 'ssm:resourceTag/sagemaker.amazonaws.com/managed-by': ['amazon-sagemaker-spaces'], 'ssm:resourceTag/sagemaker.amazonaws.com/eks-cluster-arn': ['<clusterArn>'] };

/** CloudWatch agent and Fluent Bit of one cluster. Placeholders: partition, region, account, cluster. */
export const cloudwatchAgentPolicy: PolicyFact = {
  source: `${reference}, CloudWatchAgentServerPolicy; log groups narrowed to the cluster's and metrics to the namespaces of Container Insights, the agent and Application Signals; traces stand apart, and parameters of AmazonCloudWatch-* are left out, for the add-on reads its configuration from a ConfigMap`,
  read: '2026-11-25',
  statements: [
    { sid: 'Metrics', actions: ['cloudwatch:PutMetricData'], resources: ['*'], conditions: { StringEquals: { 'cloudwatch:namespace': ['ContainerInsights', 'ContainerInsights/Prometheus', 'CWAgent', 'ApplicationSignals'] } } },
    { sid: 'DescribeNodes', actions: ['ec2:DescribeVolumes', 'ec2:DescribeTags'], resources: ['*'] },
    { sid: 'FindLogGroups', actions: ['logs:DescribeLogGroups'], resources: ['*'] },
    {
      sid: 'OwnLogs', actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents', 'logs:PutRetentionPolicy'],
      resources: ['containerinsights/<cluster>', 'application-signals'].flatMap((group) => [`arn:<partition>:logs:<region>:<account>:log-group:/aws/${group}/*`]),
    },
  ],
};

/** What the CloudWatch agent needs besides for Application Signals. */
export const applicationSignalsPolicy: PolicyFact = {
  source: `${reference}, AWSXrayWriteOnlyAccess`,
  read: '2026-11-25',
  statements: [{ sid: 'Traces', actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:GetSamplingStatisticSummaries'], resources: ['*'] }],
};

/** Network Flow Monitor's agent. */
export const networkFlowMonitorPolicy: PolicyFact = {
  source: `${reference}, CloudWatchNetworkFlowMonitorAgentPublishPolicy`,
  read: '2026-11-25',
  statements: [{ sid: 'Publish', actions: ['networkflowmonitor:Publish'], resources: ['*'] }],
};

/** HyperPod observability's collector. Placeholders: partition, region, account, environment (value of the tag argoeks:environment). */
export const hyperpodObservabilityPolicy: PolicyFact = {
  source: 'SageMaker developer guide, "Troubleshooting the Amazon SageMaker HyperPod observability add-on", policy of the association; the workspace is known by its tag instead of its id, and reading logs is left out',
  read: '2026-11-25',
  statements: [
    { sid: 'RemoteWrite', actions: ['aps:RemoteWrite'], resources: ['arn:<partition>:aps:<region>:<account>:workspace/*'], conditions: { StringEquals: { 'aws:ResourceTag/argoeks:environment': ['<environment>'] } } },
    { sid: 'OwnLogs', actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], resources: ['arn:<partition>:logs:<region>:<account>:log-group:/aws/sagemaker/Clusters/*'] },
  ],
};

/** HyperPod's training operator. Placeholders: partition, region, account. */
export const hyperpodTrainingOperatorPolicy: PolicyFact = {
  source: 'AmazonSageMakerHyperPodTrainingOperatorAccess is what AWS suggests; its text was not at hand, so these are the three calls that public installations allow instead, narrowed to clusters of the account',
  read: '2026-11-25',
  statements: [{ sid: 'LookAtClusters', actions: ['sagemaker:DescribeCluster', 'sagemaker:DescribeClusterNode', 'sagemaker:ListClusterNodes'], resources: ['arn:<partition>:sagemaker:<region>:<account>:cluster/*'] }],
};

/** Controller of SageMaker Spaces. Placeholders: partition, region, account, clusterArn. */
export const spacesControllerPolicy: PolicyFact = {
  source: `${reference}, AmazonSageMakerSpacesControllerPolicy v3; the cluster's ARN stands in place of its principal tag, resources are those of the account and region, and passing roles to Systems Manager (remote access from an IDE) and settings of the whole account stay out`,
  read: '2026-11-25',
  statements: [
    { sid: 'NewActivations', actions: ['ssm:CreateActivation'], resources: ['*'], conditions: { StringEquals: spaces } },
    { sid: 'OldActivations', actions: ['ssm:DeleteActivation'], resources: ['*'] },
    { sid: 'LookAtNodes', actions: ['ssm:DescribeActivations', 'ssm:DescribeSessions', 'ssm:DescribeInstanceInformation'], resources: ['*'] },
    { sid: 'TagActivations', actions: ['ssm:AddTagsToResource'], resources: ['arn:<partition>:ssm:<region>:<account>:managed-instance/*'], conditions: { StringEquals: spaces } },
    { sid: 'OwnInstances', actions: ['ssm:DeregisterManagedInstance', 'ssm:StartSession'], resources: ['arn:<partition>:ssm:<region>:<account>:managed-instance/*'], conditions: { StringEquals: ofSpaces } },
    { sid: 'SessionDocuments', actions: ['ssm:StartSession'], resources: ['arn:<partition>:ssm:<region>::document/AWS-StartSSHSession', 'arn:<partition>:ssm:<region>:<account>:document/SageMaker-Space*'] },
    { sid: 'LookAtDocuments', actions: ['ssm:DescribeDocument'], resources: ['arn:<partition>:ssm:<region>:<account>:document/SageMaker-Space*'] },
    { sid: 'NewDocuments', actions: ['ssm:CreateDocument', 'ssm:AddTagsToResource'], resources: ['arn:<partition>:ssm:<region>:<account>:document/SageMaker-Space*'], conditions: { StringEquals: spaces } },
    { sid: 'LookAtKeys', actions: ['kms:DescribeKey'], resources: ['arn:<partition>:kms:<region>:<account>:key/*'] },
    { sid: 'SignRequests', actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: ['arn:<partition>:kms:<region>:<account>:key/*'], conditions: { StringEquals: { 'kms:EncryptionContext:sagemaker:component': ['amazon-sagemaker-spaces'], 'kms:EncryptionContext:sagemaker:eks-cluster-arn': ['<clusterArn>'] } } },
  ],
};

/** Router of SageMaker Spaces. Placeholders: partition, region, account, clusterArn. */
export const spacesRouterPolicy: PolicyFact = {
  source: `${reference}, AmazonSageMakerSpacesRouterPolicy; the cluster's ARN stands in place of its principal tag`,
  read: '2026-11-25',
  statements: spacesControllerPolicy.statements.filter(({ sid }) => sid === 'SignRequests' || sid === 'LookAtKeys'),
};
