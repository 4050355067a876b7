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
  /** Where it is not the root's own region. */
  readonly region?: string;
  /** What services may do with it, each bound to our own resources by conditions. */
  readonly services: readonly PolicyStatement[];
}

/** KMS key with rotation, an alias of a computed name, and a policy that leaves the rest to IAM of the account. */
export class EncryptionKey extends Construct {
  readonly key: KmsKey;

  constructor(scope: Construct, id: string, { alias, description, partition, accountId, services, region }: EncryptionKeyProps) {
    super(scope, id);
    const place = region === undefined ? {} : { region };
    this.key = new KmsKey(this, `kms-key.${id}`, {
      ...place, description, enableKeyRotation: true, deletionWindowInDays: 30,
      policy: policy([
        { sid: 'AccountDecidesByIam', principals: { AWS: [`arn:${partition}:iam::${accountId}:root`] }, actions: ['kms:*'], on: ['*'] },
        ...services,
      ]),
      tags: { Name: alias },
    });
    new KmsAlias(this, `kms-alias.${id}`, { ...place, name: alias, targetKeyId: this.key.keyId });
  }
}
