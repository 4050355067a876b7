import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import { CloudwatchMetricAlarm } from '#bindings/aws/cloudwatch-metric-alarm.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicy } from '#bindings/aws/iam-role-policy.js';
import { LambdaFunction } from '#bindings/aws/lambda-function.js';
import { SqsQueue } from '#bindings/aws/sqs-queue.js';
import { SqsQueuePolicy } from '#bindings/aws/sqs-queue-policy.js';
import type { KmsKey } from '#bindings/aws/kms-key.js';
import { Construct } from 'constructs';
import { fromHere } from './chart-release.ts';
import { EncryptionKey } from './encryption-key.ts';
import { logsMayUse } from './key-use.ts';
import { expression, toMap } from './expression.ts';
import type { Pair } from './expression.ts';
import { FunctionApi } from './function-api.ts';
import type { FunctionApiProps } from './function-api.ts';
import { policy, serviceTrust } from './policy.ts';
import type { PolicyStatement } from './policy.ts';
import { accepted, because } from './root.ts';

/** One Lambda function, every value decided. */
export interface FunctionProps {
  readonly name: string;
  readonly roleName: string;
  /** Archive with the code, relative to the root. */
  readonly archive: string;
  readonly runtime: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutS: number;
  readonly architecture: string;
  readonly variables: readonly Pair[];
  /** What it may do besides writing its logs, traces and failed events. */
  readonly allow: readonly PolicyStatement[];
  readonly alarms: Readonly<Record<'errors' | 'throttles', string>>;
  readonly api?: FunctionApiProps;
}

/** The Lambda functions of an environment. */
export interface FunctionsProps {
  readonly region: string;
  readonly partition: string;
  readonly accountId: string;
  readonly alias: string;
  readonly boundaryArn: string;
  readonly logRetentionDays: number;
  readonly alertTopicArn: string;
  readonly failures: { readonly queueName: string; readonly alarmName: string };
  /** Resource name → function. */
  readonly each: Readonly<Record<string, FunctionProps>>;
}

/** Functions with one role and log group each, a key and a queue of failed events for all, and alarms. File `functions.tf`. */
export class Functions extends Construct {
  /** By resource name. */
  readonly functions: Readonly<Record<string, LambdaFunction>>;
  readonly apis: readonly FunctionApi[];

  constructor(scope: Construct, props: FunctionsProps) {
    super(scope, 'functions');
    const { partition, region, accountId } = props;
    const { key } = new EncryptionKey(this, 'functions', {
      alias: props.alias, description: 'Logs and variables of Lambda functions', partition, accountId,
      services: [
        logsMayUse(partition, region, accountId, '/aws/lambda/*', '/aws/vendedlogs/apigateway/*'),
      ],
    });
    const failed = this.#failures(props);
    const apis: FunctionApi[] = [];
    this.functions = Object.fromEntries(Object.entries(props.each).map(([id, one]) => {
      const made = this.#function(id, one, props, key, failed);
      if (one.api) apis.push(new FunctionApi(this, id, made, key, props.logRetentionDays, one.api));
      return [id, made];
    }));
    this.apis = apis;
  }

  #failures({ failures, alertTopicArn }: FunctionsProps): SqsQueue {
    const queue = because(new SqsQueue(this, 'sqs-queue.functions_failed', { name: failures.queueName, messageRetentionSeconds: 1_209_600, sqsManagedSseEnabled: true }),
      'Events that a function could not handle in three attempts wait here for two weeks.');
    new SqsQueuePolicy(this, 'sqs-queue-policy.functions_failed', {
      queueUrl: queue.id,
      policy: policy([{ sid: 'OnlyOverTls', deny: true, principals: '*', actions: ['sqs:*'], on: [queue.arn], when: { Bool: [{ key: 'aws:SecureTransport', values: ['false'] }] } }]),
    });
    new CloudwatchMetricAlarm(this, 'cloudwatch-metric-alarm.functions_failed', {
      alarmName: failures.alarmName, alarmDescription: 'Events wait that functions could not handle', namespace: 'AWS/SQS', metricName: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: queue.name },
      statistic: 'Maximum', period: 300, evaluationPeriods: 1, threshold: 0, comparisonOperator: 'GreaterThanThreshold', treatMissingData: 'notBreaching', alarmActions: [alertTopicArn], okActions: [alertTopicArn],
    });
    return queue;
  }

  #function(id: string, one: FunctionProps, props: FunctionsProps, key: KmsKey, failed: SqsQueue): LambdaFunction {
    const logs = new CloudwatchLogGroup(this, `cloudwatch-log-group.${id}`, { name: `/aws/lambda/${one.name}`, retentionInDays: props.logRetentionDays, kmsKeyId: key.arn });
    // Without a test of the account: this service is not documented to name one when it takes a role, and who may pass the role is narrowed to it.
    const role = new IamRole(this, `iam-role.${id}`, { name: one.roleName, assumeRolePolicy: serviceTrust('lambda.amazonaws.com'), permissionsBoundary: props.boundaryArn });
    const allowed = because(new IamRolePolicy(this, `iam-role-policy.${id}`, {
      name: 'run', role: role.name,
      policy: policy([
        { sid: 'OwnLogs', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on: [`${logs.arn}:*`] },
        { sid: 'FailedEvents', actions: ['sqs:SendMessage'], on: [failed.arn] },
        ...(one.variables.length > 0 ? [{ sid: 'OwnVariables', actions: ['kms:Decrypt'], on: [key.arn] }] : []),
        { sid: 'Traces', actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], on: ['*'] },
        ...one.allow,
      ]),
    }), 'X-Ray knows no resources for what writes traces, hence the star.');
    const code = fromHere(one.archive);
    const made = new LambdaFunction(this, `lambda-function.${id}`, {
      functionName: one.name, role: role.arn, filename: code, sourceCodeHash: expression(`filebase64sha256("${code}")`),
      runtime: one.runtime, handler: one.handler, architectures: [one.architecture], memorySize: one.memoryMb, timeout: one.timeoutS,
      ...(one.variables.length > 0 ? { environment: { variables: toMap(one.variables) }, kmsKeyArn: key.arn } : {}),
      deadLetterConfig: { targetArn: failed.arn }, tracingConfig: { mode: 'Active' }, loggingConfig: { logFormat: 'JSON', logGroup: logs.name },
      dependsOn: [allowed],
    });
    accepted(made, {
      CKV_AWS_117: 'it reaches services of AWS only, and a VPC would need ways to them', CKV_AWS_115: 'concurrency is the account\'s; an alarm tells when runs are refused', CKV_AWS_272: 'who may deploy is narrowed by role; the archive is made from the repository',
    });
    this.#alarm(id, 'errors', 'Errors', 'Runs end with an error', one, made, props);
    this.#alarm(id, 'throttles', 'Throttles', 'Runs are refused because too many run already', one, made, props);
    return made;
  }

  #alarm(id: string, kind: keyof FunctionProps['alarms'], metricName: string, what: string, one: FunctionProps, made: LambdaFunction, { alertTopicArn }: FunctionsProps): void {
    new CloudwatchMetricAlarm(this, `cloudwatch-metric-alarm.${id}_${kind}`, {
      alarmName: one.alarms[kind], alarmDescription: what, namespace: 'AWS/Lambda', metricName, dimensions: { FunctionName: made.functionName },
      statistic: 'Sum', period: 300, evaluationPeriods: 1, threshold: 0, comparisonOperator: 'GreaterThanThreshold', treatMissingData: 'notBreaching', alarmActions: [alertTopicArn], okActions: [alertTopicArn],
    });
  }
}
