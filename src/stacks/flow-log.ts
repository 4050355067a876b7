import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import { FlowLog as AwsFlowLog } from '#bindings/aws/flow-log.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicy } from '#bindings/aws/iam-role-policy.js';
import type { KmsKey } from '#bindings/aws/kms-key.js';
import { Construct } from 'constructs';
import type { Network } from './network.ts';
import { policy } from './policy.ts';

/** Record of the connections of a cluster's VPC. */
export interface FlowLogProps {
  readonly name: string;
  readonly logGroupName: string;
  readonly retentionDays: number;
  /** `ALL`, `ACCEPT` or `REJECT`. */
  readonly traffic: string;
  readonly intervalSeconds: number;
  readonly roleName: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  /** ARN of the flow logs of this account and region, with `*` for their ids. */
  readonly flowLogArns: string;
  /** ARN of every log group of this account and region. */
  readonly logGroupArns: string;
}

/** Flow log of the VPC into a log group of its own, encrypted with `key`. File `flow-log.tf`. */
export class FlowLog extends Construct {
  constructor(scope: Construct, network: Network, key: KmsKey, props: FlowLogProps) {
    super(scope, 'flow-log');
    const group = new CloudwatchLogGroup(this, 'cloudwatch-log-group.flows', { name: props.logGroupName, retentionInDays: props.retentionDays, kmsKeyId: key.arn });
    const role = new IamRole(this, 'iam-role.flow_log', {
      name: props.roleName, permissionsBoundary: props.boundaryArn,
      assumeRolePolicy: policy([{
        principals: { Service: ['vpc-flow-logs.amazonaws.com'] }, actions: ['sts:AssumeRole'],
        when: { StringEquals: [{ key: 'aws:SourceAccount', values: [props.accountId] }], ArnLike: [{ key: 'aws:SourceArn', values: [props.flowLogArns] }] },
      }]),
    });
    const mayWrite = new IamRolePolicy(this, 'iam-role-policy.flow_log', {
      name: 'write', role: role.name,
      policy: policy([{ actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], on: [`${group.arn}:*`] }, { actions: ['logs:DescribeLogGroups'], on: [props.logGroupArns] }]),
    });
    new AwsFlowLog(this, 'flow-log.vpc', {
      vpcId: network.vpc.id, trafficType: props.traffic, maxAggregationInterval: props.intervalSeconds, logDestinationType: 'cloud-watch-logs', logDestination: group.arn, iamRoleArn: role.arn, tags: { Name: props.name }, dependsOn: [mayWrite],
    });
  }
}
