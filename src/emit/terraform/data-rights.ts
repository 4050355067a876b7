import { hasRoot } from '../../config/own-roots.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import type { PolicyStatement, PolicyTests } from '../../stacks/policy.ts';
import { bounded, dataParameterPath, storeBaseName } from '../../units/aws-names.ts';
import { globalReads, globalWrites } from './global-rights.ts';
import { storageProps } from './storage-props.ts';

type Rights = Readonly<Record<string, readonly PolicyStatement[]>>;

/** Buckets of the environment and their copies, whatever region they are in. */
const bucketArns = (platform: Platform, { name, partition, accountId, settings: { kubeflow } }: Environment): readonly string[] =>
  [`${platform.name}-${name}-*`, kubeflow.pipelines.bucket].map((first) => `arn:${partition}:s3:::${first}-${accountId}-*`);

const bucketReads = ['s3:GetAccelerateConfiguration', 's3:GetBucket*', 's3:GetEncryptionConfiguration', 's3:GetLifecycleConfiguration', 's3:GetMetricsConfiguration', 's3:GetReplicationConfiguration', 's3:ListBucket', 's3:ListTagsForResource'];
const bucketWrites = [
  's3:CreateBucket', 's3:DeleteBucket', 's3:DeleteBucketPolicy', 's3:PutBucket*', 's3:PutEncryptionConfiguration', 's3:PutLifecycleConfiguration', 's3:PutMetricsConfiguration', 's3:PutReplicationConfiguration', 's3:TagResource', 's3:UntagResource',
];
const storeReads = ['dynamodb:Describe*', 'dynamodb:ListTagsOfResource', 'elasticache:Describe*', 'elasticache:ListTagsForResource', 'kafka:Describe*', 'kafka:Get*', 'kafka:List*', 'rds:Describe*', 'rds:ListTagsForResource'];

/** What planning buckets and data stores needs; nothing where there are none. Pure. */
export const dataPlanRights = (platform: Platform, environment: Environment): Rights => {
  const buckets = storageProps(platform, environment) !== undefined;
  const stores = hasRoot(environment, 'data');
  const parameters = `arn:${environment.partition}:ssm:*:${environment.accountId}:parameter${dataParameterPath(platform.name, environment.name, '*')}`;
  return !buckets && !stores ? {} : {
    read_data: [
      ...(buckets ? [{ sid: 'DescribeBuckets', actions: bucketReads, on: bucketArns(platform, environment) }] : []),
      ...(stores ? [
        { sid: 'DescribeStores', actions: storeReads, on: ['*'] },
        { sid: 'FindStores', actions: ['ssm:GetParameter', 'ssm:GetParameters'], on: [parameters] },
        ...globalReads(platform, environment),
      ] : []),
    ],
  };
};

const bucketRights = (platform: Platform, environment: Environment): readonly PolicyStatement[] => {
  const { partition, accountId, tier, settings: { cluster_name_prefix: prefix } } = environment;
  const buckets = bucketArns(platform, environment);
  return [
    { sid: 'Buckets', actions: bucketWrites, on: buckets },
    // Where a destroy takes the objects along, it has to empty the bucket first.
    ...(tier === 'prod' ? [] : [{ sid: 'EmptyBuckets', actions: ['s3:ListBucketVersions', 's3:DeleteObject', 's3:DeleteObjectVersion'], on: [...buckets, ...buckets.map((arn) => `${arn}/*`)] }]),
    {
      sid: 'RoleOfReplication', actions: ['iam:PassRole'], on: [`arn:${partition}:iam::${accountId}:role/${bounded(`${prefix}-s3-replication`, 64)}`],
      when: { StringEquals: [{ key: 'iam:PassedToService', values: ['s3.amazonaws.com'] }] },
    },
  ];
};

const storeRights = (platform: Platform, environment: Environment): readonly PolicyStatement[] => {
  const { partition, accountId, name, regions, settings: { cluster_name_prefix: prefix } } = environment;
  const base = storeBaseName(prefix);
  const at = (service: string, resource: string): string => `arn:${partition}:${service}:*:${accountId}:${resource}`;
  const here: PolicyTests = { StringEquals: [{ key: 'aws:RequestedRegion', values: regions }] };
  return [
    {
      sid: 'Databases', actions: ['rds:AddTagsToResource', 'rds:Create*', 'rds:Delete*', 'rds:Modify*', 'rds:RebootDBInstance', 'rds:RemoveTagsFromResource', 'rds:Reset*'],
      on: [...['db', 'cluster', 'subgrp', 'pg', 'cluster-pg', 'snapshot', 'cluster-snapshot'].map((kind) => at('rds', `${kind}:${base}-*`)), at('rds', 'og:default*'), at('rds', 'pg:default*')],
    },
    {
      sid: 'Caches', actions: ['elasticache:AddTagsToResource', 'elasticache:Create*', 'elasticache:DecreaseReplicaCount', 'elasticache:Delete*', 'elasticache:IncreaseReplicaCount', 'elasticache:Modify*', 'elasticache:RemoveTagsFromResource'],
      on: [...['replicationgroup', 'cluster', 'subnetgroup', 'user', 'usergroup', 'snapshot'].map((kind) => at('elasticache', `${kind}:${base}-*`)), at('elasticache', 'parametergroup:default*')],
    },
    // Source: Service Authorization Reference, Amazon ElastiCache, dependent actions.
    { sid: 'InterfacesOfCaches', actions: ['ec2:CreateNetworkInterface'], on: ['*'], when: here },
    // Neither call knows a resource before it was made. Source: Service Authorization Reference, "Amazon Managed Streaming for Apache Kafka".
    { sid: 'NewBrokers', actions: ['kafka:CreateCluster', 'kafka:CreateClusterV2', 'kafka:CreateConfiguration'], on: ['*'], when: here },
    { sid: 'Brokers', actions: ['kafka:Delete*', 'kafka:TagResource', 'kafka:UntagResource', 'kafka:Update*'], on: [at('kafka', `cluster/${base}-*`), at('kafka', `configuration/${base}-*`)] },
    { sid: 'Tables', actions: ['dynamodb:CreateTable', 'dynamodb:DeleteTable', 'dynamodb:TagResource', 'dynamodb:UntagResource', 'dynamodb:UpdateContinuousBackups', 'dynamodb:UpdateTable', 'dynamodb:UpdateTimeToLive'], on: [at('dynamodb', `table/${base}-feast-*`)] },
    // DynamoDB tries the key as whoever makes the table. Source: DynamoDB developer guide, "Authorizing use of a customer managed key".
    { sid: 'KeyOfTables', actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'], on: [at('kms', 'key/*')], when: { StringEquals: [{ key: 'aws:ResourceTag/argoeks:environment', values: [name] }], StringLike: [{ key: 'kms:ViaService', values: ['dynamodb.*'] }] } },
    {
      sid: 'LogsOfStores', actions: ['logs:AssociateKmsKey', 'logs:CreateLogGroup', 'logs:DeleteLogGroup', 'logs:DeleteRetentionPolicy', 'logs:PutRetentionPolicy', 'logs:TagResource', 'logs:UntagResource'],
      on: [at('logs', `log-group:/aws/rds/*/${base}-*`), at('logs', `log-group:/aws/msk/${base}-*`)],
    },
    // MSK sets up its delivery of logs as whoever makes the cluster; these actions know no resources.
    { sid: 'DeliveryOfLogs', actions: ['logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DescribeResourcePolicies', 'logs:GetLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:UpdateLogDelivery'], on: ['*'], when: here },
    // RDS makes the secret of a master user as whoever makes the database. Source: RDS user guide, "Permissions required for Secrets Manager integration".
    { sid: 'SecretsOfDatabases', actions: ['secretsmanager:CreateSecret', 'secretsmanager:TagResource'], on: [at('secretsmanager', 'secret:rds!*')] },
    { sid: 'KeyOfStores', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], on: [at('kms', 'key/*')], when: { StringEquals: [{ key: 'aws:ResourceTag/argoeks:environment', values: [name] }], StringLike: [{ key: 'kms:ViaService', values: ['secretsmanager.*'] }] } },
    { sid: 'WhereStoresAre', actions: ['ssm:AddTagsToResource', 'ssm:DeleteParameter', 'ssm:PutParameter', 'ssm:RemoveTagsFromResource'], on: [at('ssm', `parameter${dataParameterPath(platform.name, name, '*')}`)] },
    {
      sid: 'RolesOfStores', actions: ['iam:CreateServiceLinkedRole'], on: [`arn:${partition}:iam::${accountId}:role/aws-service-role/*`],
      when: { StringEquals: [{ key: 'iam:AWSServiceName', values: ['elasticache.amazonaws.com', 'kafka.amazonaws.com', 'rds.amazonaws.com'] }] },
    },
  ];
};

/** What applying buckets and data stores needs on top; nothing where there are none. Pure. */
export const dataApplyRights = (platform: Platform, environment: Environment): Rights => {
  const allow = [
    ...(storageProps(platform, environment) === undefined ? [] : bucketRights(platform, environment)),
    ...(hasRoot(environment, 'data') ? [...storeRights(platform, environment), ...globalWrites(platform, environment)] : []),
  ];
  return allow.length === 0 ? {} : { data: allow };
};
