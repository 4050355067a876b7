import type { Environment, Platform } from '../../config/platform.ts';
import type { PolicyStatement, PolicyTests } from '../../stacks/policy.ts';
import { dataParameterPath, storeBaseName } from '../../units/aws-names.ts';

const passwordArn = (platform: Platform, { name, partition, accountId }: Environment): string =>
  `arn:${partition}:ssm:*:${accountId}:parameter${dataParameterPath(platform.name, name, 'aurora-global')}/password`;

const keys = ({ partition, accountId }: Environment): string => `arn:${partition}:kms:*:${accountId}:key/*`;

/** A key of the environment, through Parameter Store, for this one parameter. */
const forPassword = (platform: Platform, environment: Environment): PolicyTests => ({
  StringEquals: [{ key: 'aws:ResourceTag/argoeks:environment', values: [environment.name] }],
  StringLike: [{ key: 'kms:ViaService', values: ['ssm.*'] }, { key: 'kms:EncryptionContext:PARAMETER_ARN', values: [passwordArn(platform, environment)] }],
});

/**
 * What planning a global database needs on top of other stores: Terraform's provider reads the password's parameter to see whether it is still
 * there, and keeps nothing of it. Nothing where there is none. Pure.
 */
export const globalReads = (platform: Platform, environment: Environment): readonly PolicyStatement[] =>
  (environment.settings.data.aurora_global.enabled ? [
    // Gives random characters and knows no resource.
    { sid: 'FreshPasswords', actions: ['secretsmanager:GetRandomPassword'], on: ['*'] },
    { sid: 'KeyOfPassword', actions: ['kms:Decrypt'], on: [keys(environment)], when: forPassword(platform, environment) },
  ] : []);

/** What applying one needs on top. Pure. */
export const globalWrites = (platform: Platform, environment: Environment): readonly PolicyStatement[] =>
  (environment.settings.data.aurora_global.enabled ? [
    {
      sid: 'GlobalDatabases', actions: ['rds:AddTagsToResource', 'rds:CreateDBCluster', 'rds:CreateGlobalCluster', 'rds:DeleteGlobalCluster', 'rds:ModifyGlobalCluster', 'rds:RemoveFromGlobalCluster', 'rds:RemoveTagsFromResource'],
      on: [`arn:${environment.partition}:rds::${environment.accountId}:global-cluster:${storeBaseName(environment.settings.cluster_name_prefix)}-*`],
    },
    // The other half of the call above: it names the member too.
    { sid: 'MembersOfGlobalDatabases', actions: ['rds:RemoveFromGlobalCluster'], on: [`arn:${environment.partition}:rds:*:${environment.accountId}:cluster:${storeBaseName(environment.settings.cluster_name_prefix)}-*`] },
    { sid: 'WritePassword', actions: ['kms:Encrypt', 'kms:Decrypt'], on: [keys(environment)], when: forPassword(platform, environment) },
  ] : []);
