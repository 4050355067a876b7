import { EbsDefaultKmsKey } from '#bindings/aws/ebs-default-kms-key.js';
import { EbsEncryptionByDefault } from '#bindings/aws/ebs-encryption-by-default.js';
import { IamAccountPasswordPolicy } from '#bindings/aws/iam-account-password-policy.js';
import { S3AccountPublicAccessBlock } from '#bindings/aws/s3-account-public-access-block.js';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key.ts';
import { volumesMayUse } from './key-use.ts';

/** What holds in an account for everything that does not say otherwise. */
export interface AccountDefaultsProps {
  readonly accountId: string;
  readonly partition: string;
  readonly blocksPublicAccess: boolean;
  /** Resource name → region whose volumes are encrypted, and the alias of a key of its own. */
  readonly volumes: Readonly<Record<string, { readonly region: string; readonly alias?: string }>>;
  readonly passwords?: { readonly minLength: number; readonly maxAgeDays?: number; readonly remembered: number };
}

/** Public access block of S3, encryption of volumes, rules for passwords. File `defaults.tf`. */
export class AccountDefaults extends Construct {
  constructor(scope: Construct, { accountId, partition, blocksPublicAccess, volumes, passwords }: AccountDefaultsProps) {
    super(scope, 'defaults');
    if (blocksPublicAccess) new S3AccountPublicAccessBlock(this, 's3-account-public-access-block.account', { accountId, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true });
    for (const [place, { region, alias }] of Object.entries(volumes)) {
      const key = alias === undefined ? undefined : new EncryptionKey(this, `volumes_${place}`, { region, alias, description: `EBS volumes in ${region}`, partition, accountId, services: [volumesMayUse(region, accountId)] }).key;
      new EbsEncryptionByDefault(this, `ebs-encryption-by-default.${place}`, { region, enabled: true });
      if (key) new EbsDefaultKmsKey(this, `ebs-default-kms-key.${place}`, { region, keyArn: key.arn });
    }
    if (!passwords) return;
    new IamAccountPasswordPolicy(this, 'iam-account-password-policy.account', {
      minimumPasswordLength: passwords.minLength, passwordReusePrevention: passwords.remembered, ...(passwords.maxAgeDays === undefined ? {} : { maxPasswordAge: passwords.maxAgeDays }),
      requireLowercaseCharacters: true, requireUppercaseCharacters: true, requireNumbers: true, requireSymbols: true, allowUsersToChangePassword: true,
    });
  }
}
