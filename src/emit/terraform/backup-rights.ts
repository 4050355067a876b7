import type { Environment } from '../../config/platform.ts';
import type { PolicyStatement } from '../../stacks/policy.ts';
import { bounded } from '../../units/aws-names.ts';
import { backupVaultName } from './backup-props.ts';

/** What planning an environment's backups reads; nothing where it makes none. */
export const backupReads = ({ settings: { backup } }: Environment): readonly string[] =>
  backup.enabled ? ['backup:DescribeBackupVault', 'backup:GetBackupPlan', 'backup:GetBackupSelection', 'backup:GetBackupVaultAccessPolicy', 'backup:ListTags'] : [];

/** What making an environment's backups needs on top. Ids of plans are AWS's to choose, so these are narrowed by tag. Source: AWS Backup developer guide, "Create a backup vault", required permissions. Pure. */
export const backupRights = (environment: Environment): readonly PolicyStatement[] => {
  const { partition, accountId, name, tier, settings: { backup, cluster_name_prefix: prefix } } = environment;
  if (!backup.enabled) return [];
  const plans = [`arn:${partition}:backup:*:${accountId}:backup-plan:*`];
  const vaults = [`arn:${partition}:backup:*:${accountId}:backup-vault:${backupVaultName(environment)}`];
  const being = [{ key: 'aws:ResourceTag/argoeks:environment', values: [name] }];
  return [
    { sid: 'NewBackupPlans', actions: ['backup:CreateBackupPlan', 'backup:TagResource'], on: plans, when: { StringEquals: [{ key: 'aws:RequestTag/argoeks:environment', values: [name] }] } },
    { sid: 'BackupPlans', actions: ['backup:UpdateBackupPlan', 'backup:DeleteBackupPlan', 'backup:CreateBackupSelection', 'backup:DeleteBackupSelection', 'backup:TagResource', 'backup:UntagResource'], on: plans, when: { StringEquals: being } },
    {
      sid: 'BackupVaults', on: vaults,
      actions: ['backup:CreateBackupVault', 'backup:DeleteBackupVault', 'backup:PutBackupVaultAccessPolicy', 'backup:DeleteBackupVaultAccessPolicy', 'backup:PutBackupVaultLockConfiguration', 'backup:DeleteBackupVaultLockConfiguration', 'backup:TagResource', 'backup:UntagResource', ...(tier === 'prod' ? [] : ['backup:ListRecoveryPointsByBackupVault'])],
    },
    // Without a name of ours: AWS keeps the storage behind a vault, and the backups in it.
    { sid: 'StorageOfBackups', actions: ['backup-storage:MountCapsule'], on: ['*'] },
    ...(tier === 'prod' ? [] : [{ sid: 'LoseBackups', actions: ['backup:DeleteRecoveryPoint', 'backup:DescribeRecoveryPoint'], on: ['*'], when: { StringEquals: being } }]),
    { sid: 'KeyOfBackups', actions: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:RetireGrant', 'kms:Decrypt', 'kms:GenerateDataKey'], on: [`arn:${partition}:kms:*:${accountId}:key/*`], when: { StringEquals: being, StringLike: [{ key: 'kms:ViaService', values: ['backup.*.amazonaws.com', 'backup-storage.*.amazonaws.com'] }] } },
    { sid: 'RoleOfBackups', actions: ['iam:PassRole'], on: [`arn:${partition}:iam::${accountId}:role/${bounded(`${prefix}-backup`, 64)}`], when: { StringEquals: [{ key: 'iam:PassedToService', values: ['backup.amazonaws.com'] }] } },
  ];
};
