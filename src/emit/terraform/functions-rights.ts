import { enabledFunctions } from '../../config/function-settings.ts';
import type { Environment } from '../../config/platform.ts';
import type { PolicyStatement } from '../../stacks/policy.ts';
import { functionRoleName } from './functions-props.ts';

/** What planning an environment's functions reads; nothing where it has none. */
export const functionReads = (environment: Environment): readonly string[] =>
  enabledFunctions(environment).length === 0 ? [] : ['apigateway:GET', 'cloudwatch:DescribeAlarms', 'cloudwatch:ListTagsForResource', 'lambda:GetFunction*', 'lambda:GetPolicy', 'lambda:GetRuntimeManagementConfig', 'lambda:ListTags', 'lambda:ListVersionsByFunction'];

/**
 * What making an environment's functions needs on top: names of functions are the user's, so most is narrowed by tag. Source: Service
 * Authorization Reference, Lambda, CloudWatch Logs, API Gateway Management V2. Pure.
 */
export const functionRights = (environment: Environment): Readonly<Record<string, readonly PolicyStatement[]>> => {
  const functions = enabledFunctions(environment);
  if (functions.length === 0) return {};
  const { partition, accountId, name, regions, settings } = environment;
  const at = (service: string, resource: string) => `arn:${partition}:${service}:*:${accountId}:${resource}`;
  const being = { StringEquals: [{ key: 'aws:ResourceTag/argoeks:environment', values: [name] }] };
  const becoming = { StringEquals: [{ key: 'aws:RequestTag/argoeks:environment', values: [name] }] };
  const logGroups = [at('logs', 'log-group:/aws/lambda/*'), at('logs', 'log-group:/aws/vendedlogs/apigateway/*')];
  return {
    functions: [
      { sid: 'NewFunctions', actions: ['lambda:CreateFunction', 'lambda:TagResource'], on: [at('lambda', 'function:*')], when: becoming },
      { sid: 'Functions', actions: ['lambda:DeleteFunction', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:AddPermission', 'lambda:RemovePermission', 'lambda:TagResource', 'lambda:UntagResource'], on: [at('lambda', 'function:*')], when: being },
      { sid: 'RolesForFunctions', actions: ['iam:PassRole'], on: [`arn:${partition}:iam::${accountId}:role/${functionRoleName(environment, '*')}`], when: { StringEquals: [{ key: 'iam:PassedToService', values: ['lambda.amazonaws.com'] }] } },
      { sid: 'NewFunctionLogs', actions: ['logs:CreateLogGroup', 'logs:TagResource'], on: logGroups, when: becoming },
      { sid: 'FunctionLogs', actions: ['logs:DeleteLogGroup', 'logs:PutRetentionPolicy', 'logs:AssociateKmsKey', 'logs:DisassociateKmsKey', 'logs:TagResource', 'logs:UntagResource'], on: logGroups, when: being },
      { sid: 'VariablesOfFunctions', actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'], on: [at('kms', 'key/*')], when: { StringEquals: [...being.StringEquals, { key: 'kms:ViaService', values: regions.map((region) => `lambda.${region}.amazonaws.com`) }] } },
      { sid: 'FunctionAlarms', actions: ['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms', 'cloudwatch:TagResource', 'cloudwatch:UntagResource'], on: [at('cloudwatch', `alarm:${settings.cluster_name_prefix}-*`)] },
      ...(functions.some(({ http_api }) => http_api.enabled) ? apiRights(environment) : []),
    ],
  };
};

/** Ids of APIs are AWS's to choose, and log deliveries have none before they exist. */
const apiRights = ({ partition, regions }: Environment): readonly PolicyStatement[] => [
  { sid: 'HttpApis', actions: ['apigateway:POST', 'apigateway:PUT', 'apigateway:PATCH', 'apigateway:DELETE', 'apigateway:TagResource', 'apigateway:UntagResource'], on: regions.flatMap((region) => ['apis', 'apis/*', 'tags/*'].map((path) => `arn:${partition}:apigateway:${region}::/${path}`)) },
  { sid: 'AccessLogs', actions: ['logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies'], on: ['*'], when: { StringEquals: [{ key: 'aws:RequestedRegion', values: regions }] } },
];
