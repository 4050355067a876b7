import { BackupPlan } from '#bindings/aws/backup-plan.js';
import { BackupSelection } from '#bindings/aws/backup-selection.js';
import { BackupVault } from '#bindings/aws/backup-vault.js';
import { BackupVaultLockConfiguration } from '#bindings/aws/backup-vault-lock-configuration.js';
import { BackupVaultPolicy } from '#bindings/aws/backup-vault-policy.js';
import { CloudwatchEventRule } from '#bindings/aws/cloudwatch-event-rule.js';
import { CloudwatchEventTarget } from '#bindings/aws/cloudwatch-event-target.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicyAttachment } from '#bindings/aws/iam-role-policy-attachment.js';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key.ts';
import { json, quotedKey } from './expression.ts';
import { policy, serviceTrust } from './policy.ts';
import { because } from './root.ts';

/** One rule of a plan. */
export interface BackupRuleProps {
  readonly name: string;
  readonly schedule: string;
  /** UTC when absent. */
  readonly timezone?: string;
  readonly keepDays: number;
}

/** One plan: what it takes, by tag, and how often. */
export interface BackupPlanProps {
  readonly name: string;
  readonly rules: readonly BackupRuleProps[];
  /** Tags that an object must all have. */
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** Patterns of ARNs of the kinds that are looked at. */
  readonly resources: readonly string[];
}

/** Backups of one region. */
export interface BackupRegionProps {
  readonly region: string;
  /** Key of the region whose vault gets copies; absent makes none. */
  readonly copyTo?: Readonly<Record<string, true>>;
  /** Resource name → plan; none where a region only keeps copies. */
  readonly plans: Readonly<Record<string, BackupPlanProps>>;
  /** Told when a job fails; only where jobs run. */
  readonly failures?: { readonly ruleName: string; readonly alertTopicArn: string };
}

/** Backups of an environment. */
export interface BackupProps {
  readonly partition: string;
  readonly accountId: string;
  readonly vaultName: string;
  readonly alias: string;
  readonly roleName: string;
  readonly boundaryArn: string;
  /** Managed policies of AWS, by ARN. */
  readonly rolePolicies: Readonly<Record<string, string>>;
  /** Whether destroying a vault destroys the backups in it. */
  readonly losesBackups: boolean;
  readonly lock?: { readonly leastDays: number; readonly mostDays: number; readonly changeableDays?: number };
  /** Resource name → region. */
  readonly regions: Readonly<Record<string, BackupRegionProps>>;
}

/** A vault with its own key in each region, plans that take what is tagged for them, and the role that does it. File `backup.tf`. */
export class Backup extends Construct {
  constructor(scope: Construct, props: BackupProps) {
    super(scope, 'backup');
    // Without a test of the account: this service is not documented to name one when it takes a role, and who may pass the role is narrowed to it.
    const role = new IamRole(this, 'iam-role.backup', { name: props.roleName, assumeRolePolicy: serviceTrust('backup.amazonaws.com'), permissionsBoundary: props.boundaryArn });
    const attached = Object.entries(props.rolePolicies).map(([id, policyArn]) => new IamRolePolicyAttachment(this, `iam-role-policy-attachment.backup_${id}`, { role: role.name, policyArn }));
    const vaults = new Map(Object.entries(props.regions).map(([id, { region }]) => [id, this.#vault(id, region, props)]));
    for (const [id, { region, copyTo, plans, failures }] of Object.entries(props.regions)) {
      const vault = vaults.get(id);
      const copies = copyTo && vaults.get(Object.keys(copyTo)[0] ?? '');
      if (!vault || (copyTo && !copies)) throw new Error('every region of backups has its vault');
      for (const [planId, one] of Object.entries(plans)) {
        const plan = new BackupPlan(this, `backup-plan.${id}_${planId}`, {
          region, name: one.name,
          rule: one.rules.map(({ name, schedule, timezone, keepDays }) => ({
            ruleName: name, targetVaultName: vault.name, schedule, ...(timezone === undefined ? {} : { scheduleExpressionTimezone: timezone }), startWindow: 60, completionWindow: 480, lifecycle: { deleteAfter: keepDays },
            ...(copies ? { copyAction: [{ destinationVaultArn: copies.arn, lifecycle: { deleteAfter: keepDays } }] } : {}),
          })),
        });
        new BackupSelection(this, `backup-selection.${id}_${planId}`, {
          region, name: 'tagged', planId: plan.id, iamRoleArn: role.arn, resources: [...one.resources],
          condition: [{ stringEquals: one.tags.map(({ key, value }) => ({ key: `aws:ResourceTag/${key}`, value })) }],
          dependsOn: attached,
        });
      }
      if (failures) this.#failures(id, region, failures);
    }
  }

  #vault(id: string, region: string, { partition, accountId, vaultName, alias, losesBackups, lock }: BackupProps): BackupVault {
    const { key } = new EncryptionKey(this, `backup_${id}`, { alias, description: 'Backups', partition, accountId, services: [], region });
    const vault = new BackupVault(this, `backup-vault.${id}`, { region, name: vaultName, kmsKeyArn: key.arn, forceDestroy: losesBackups });
    if (!losesBackups) {
      because(new BackupVaultPolicy(this, `backup-vault-policy.${id}`, {
        region, backupVaultName: vault.name,
        policy: policy([{ sid: 'KeepUntilTheirTime', deny: true, principals: '*', actions: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'], on: ['*'] }]),
      }), 'A vault policy covers the backups of its own vault only, whatever their ARNs. Nobody deletes them early; AWS Backup itself still does when their time is over.');
    }
    if (lock) {
      because(new BackupVaultLockConfiguration(this, `backup-vault-lock-configuration.${id}`, {
        region, backupVaultName: vault.name, minRetentionDays: lock.leastDays, maxRetentionDays: lock.mostDays, ...(lock.changeableDays === undefined ? {} : { changeableForDays: lock.changeableDays }),
      }), lock.changeableDays === undefined ? 'Backups outlive their plan; who may change the vault may lift this.' : 'Cannot be lifted by anybody once the days to change it are over: the vault then stays until its last backup is gone.');
    }
    return vault;
  }

  #failures(id: string, region: string, { ruleName, alertTopicArn }: NonNullable<BackupRegionProps['failures']>): void {
    // Restores call it status, the others state. Source: AWS Backup developer guide, "Monitoring AWS Backup events using Amazon EventBridge".
    const ended = ['FAILED', 'ABORTED', 'EXPIRED'];
    const rule = because(new CloudwatchEventRule(this, `cloudwatch-event-rule.backup_${id}`, {
      region, name: ruleName, description: 'Backups and copies that did not work out',
      eventPattern: json({ source: ['aws.backup'], 'detail-type': ['Backup Job State Change', 'Copy Job State Change', 'Restore Job State Change'], detail: { [quotedKey('$or')]: [{ state: ended }, { status: ended }] } }),
    }), 'Notifications of a vault tell of every completed job as well; events tell the failed ones apart.');
    new CloudwatchEventTarget(this, `cloudwatch-event-target.backup_${id}`, { region, rule: rule.name, targetId: 'alerts', arn: alertTopicArn });
  }
}
