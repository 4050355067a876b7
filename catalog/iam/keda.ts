import type { PolicyFact } from './policy.ts';

/** Services of AWS that a scaler of KEDA reads, by the name that settings use. */
export const kedaServices = ['sqs', 'cloudwatch', 'dynamodb', 'dynamodb-streams', 'kinesis'] as const;
export type KedaService = (typeof kedaServices)[number];

const source = 'kedacore/keda v2.20.2 pkg/scalers/aws_*_scaler.go: the calls these make';
const read = '2026-11-25';

/** What each scaler calls, and nothing more. Placeholders: partition, region, account, name (a name or a list of them, `*` allowed). */
export const kedaScalerPolicies: Readonly<Record<KedaService, PolicyFact>> = {
  // The length of a queue; its URL stands in the trigger.
  sqs: { source, read, statements: [{ sid: 'ReadQueueLength', actions: ['sqs:GetQueueAttributes'], resources: ['arn:<partition>:sqs:<region>:<account>:<name>'] }] },
  // IAM knows no resource for metrics.
  cloudwatch: { source, read, statements: [{ sid: 'ReadMetrics', actions: ['cloudwatch:GetMetricData'], resources: ['*'] }] },
  dynamodb: { source, read, statements: [{ sid: 'CountItems', actions: ['dynamodb:Query'], resources: ['arn:<partition>:dynamodb:<region>:<account>:table/<name>', 'arn:<partition>:dynamodb:<region>:<account>:table/<name>/index/*'] }] },
  // The table says which stream it has, the stream how many shards.
  'dynamodb-streams': {
    source, read,
    statements: [
      { sid: 'FindStreams', actions: ['dynamodb:DescribeTable'], resources: ['arn:<partition>:dynamodb:<region>:<account>:table/<name>'] },
      { sid: 'CountShards', actions: ['dynamodb:DescribeStream'], resources: ['arn:<partition>:dynamodb:<region>:<account>:table/<name>/stream/*'] },
    ],
  },
  kinesis: { source, read, statements: [{ sid: 'CountStreamShards', actions: ['kinesis:DescribeStreamSummary'], resources: ['arn:<partition>:kinesis:<region>:<account>:stream/<name>'] }] },
};

/** For triggers that come with a role of their own: KEDA's role takes it. Placeholder: roleArn (a list). */
export const kedaAssumePolicy: PolicyFact = {
  source: 'kedacore/keda v2.20.2 pkg/scalers/aws/aws_config_cache.go (web identity first, then sts:AssumeRole)',
  read,
  statements: [{ sid: 'TakeRolesOfTriggers', actions: ['sts:AssumeRole'], resources: ['<roleArn>'] }],
};

/** Reading of tables that a key of one's own encrypts. Placeholder: keyArn (a list). */
export const kedaKeyPolicy: PolicyFact = {
  source: 'aws/aws-cdk pull 7425: who reads a table under a key of the customer needs the key too, through the service',
  read,
  statements: [{ sid: 'DecryptTables', actions: ['kms:Decrypt'], resources: ['<keyArn>'], conditions: { StringLike: { 'kms:ViaService': ['dynamodb.*.amazonaws.com'] } } }],
};
