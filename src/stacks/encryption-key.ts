import { KmsAlias } from '#bindings/aws/kms-alias.js';
import { KmsKey } from '#bindings/aws/kms-key.js';
import { Construct } from 'constructs';
import { policy } from './policy.ts';
import type { PolicyStatement } from './policy.ts';

/** One KMS key that AWS services use on our behalf. */
export interface EncryptionKeyProps {
  /** With `alias/`. */
  readonly alias: string;
  readonly description: string;
  readonly partition: string;
  readonly accountId: string;
  /** Where it lives, if not in the provider's region. */
  readonly region?: string;
  /** What services may do with it, each bound to our own resources by conditions. */
  readonly services: readonly PolicyStatement[];
}

/** KMS key with rotation, an alias of a computed name, and a policy that leaves the rest to IAM of the account. */
export class EncryptionKey extends Construct {
  readonly key: KmsKey;

  constructor(scope: Construct, id: string, { alias, description, partition, accountId, region, services }: EncryptionKeyProps) {
    super(scope, id);
    const where = region === undefined ? {} : { region };
    this.key = new KmsKey(this, `kms-key.${id}`, {
      ...where, description, enableKeyRotation: true, deletionWindowInDays: 30,
      policy: policy([
        { sid: 'AccountDecidesByIam', principals: { AWS: [`arn:${partition}:iam::${accountId}:root`] }, actions: ['kms:*'], on: ['*'] },
        ...services,
      ]),
      tags: { Name: alias },
    });
    new KmsAlias(this, `kms-alias.${id}`, { ...where, name: alias, targetKeyId: this.key.keyId });
  }
}

/** Lets CloudWatch Logs use the key for log groups whose ARN matches. Source: CloudWatch Logs user guide, "Encrypt log data using KMS". */
export const logsMayUse = (partition: string, region: string, accountId: string, logGroup: string): PolicyStatement => ({
  sid: 'LogsOfThisCluster', principals: { Service: [`logs.${region}.amazonaws.com`] },
  actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'], on: ['*'],
  when: { ArnEquals: [{ key: 'kms:EncryptionContext:aws:logs:arn', values: [`arn:${partition}:logs:${region}:${accountId}:log-group:${logGroup}`] }] },
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
