import type { PolicyStatement } from './policy.ts';

/** Lets CloudWatch Logs use the key for log groups whose ARN matches. Source: CloudWatch Logs user guide, "Encrypt log data using KMS". */
export const logsMayUse = (partition: string, region: string, accountId: string, ...logGroups: readonly string[]): PolicyStatement => ({
  sid: 'OwnLogs', principals: { Service: [`logs.${region}.amazonaws.com`] },
  actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'], on: ['*'],
  when: { ArnEquals: [{ key: 'kms:EncryptionContext:aws:logs:arn', values: logGroups.map((logGroup) => `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroup}`) }] },
});

/**
 * Lets every identity of the account use the key through EC2 only, as the key `aws/ebs` does: Auto Scaling's service-linked role
 * starts the nodes and has no IAM policy of ours. Source: KMS developer guide, "Default key policy of aws/ebs".
 */
export const volumesMayUse = (region: string, accountId: string): PolicyStatement => ({
  sid: 'VolumesThroughEc2', principals: { AWS: ['*'] },
  actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:CreateGrant', 'kms:DescribeKey'], on: ['*'],
  when: { StringEquals: [{ key: 'kms:CallerAccount', values: [accountId] }, { key: 'kms:ViaService', values: [`ec2.${region}.amazonaws.com`] }] },
});
