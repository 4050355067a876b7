import type { ResourceModel } from '../engine/model.ts';
import { uuidOf } from '../engine/digest.ts';
import type { AwsFault } from '../problem.ts';
import { UNKNOWN, records, text, texts, valuesAt } from '../values.ts';
import type { Attributes } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, between, jsonRule, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/backup/';
const backup = (operation: string, code: string, message: string, status = 400): AwsFault => ({ service: 'Backup', operation, status, code, message });
const noVault = (operation: string) => (v: string): AwsFault => backup(operation, 'ResourceNotFoundException', `Backup vault ${v} not found`);
const NAME = /^[\w.-]+$/;

const vault: ResourceModel = {
  source: `${S}vault.go; CreateBackupVault of the AWS Backup API reference`, label: 'Backup Vault', forceNew: ['kms_key_arn', 'name'], defaults: { force_destroy: false }, rules: { name: textRule(2, 50, /^[\w-]+$/), kms_key_arn: arnRule },
  references: [{ path: 'kms_key_arn', type: 'aws_kms_key', by: 'arn', fault: (v) => backup('CreateBackupVault', 'InvalidParameterValueException', `Invalid KMS key: ${v}`) }],
  refuse: ({ planned, prior, region, account }) => {
    const rival = prior ? undefined : account.store.get('aws_backup_vault', region, text(planned['name']) ?? '');
    return rival && backup('CreateBackupVault', 'AlreadyExistsException', `Backup vault with the same name already exists: ${rival.id}`);
  },
  compute: (c) => {
    const name = text(c.planned['name']) ?? '';
    return { id: name, arn: arn(c, 'backup', `backup-vault:${name}`), kms_key_arn: arn(c, 'kms', `key/${uuidOf(c.hex(32, 'aws/backup'))}`), recovery_points: 0 };
  },
};

/** Settings of a vault that are resources of their own: they are gone with it, and exist once. */
const ofVault = (file: string, label: string, operation: string, more: Partial<ResourceModel>): ResourceModel => ({
  source: `${S}${file}`, label, isShared: true, name: (a) => text(a['backup_vault_name']) ?? '', ...more, rules: { backup_vault_name: textRule(1, 50, NAME), ...more.rules },
  references: [{ path: 'backup_vault_name', type: 'aws_backup_vault', by: 'name', fault: noVault(operation) }],
  compute: (c) => {
    const name = text(c.planned['backup_vault_name']) ?? '';
    return { id: name, backup_vault_arn: arn(c, 'backup', `backup-vault:${name}`) };
  },
});

const lock = ofVault('vault_lock_configuration.go; limits: PutBackupVaultLockConfiguration of the AWS Backup API reference', 'Backup Vault Lock Configuration', 'PutBackupVaultLockConfiguration', {
  forceNew: ['backup_vault_name', 'changeable_for_days', 'max_retention_days', 'min_retention_days'], rules: { changeable_for_days: between(3, 36_500), min_retention_days: between(1, 36_500), max_retention_days: between(1, 36_500) },
  refuse: ({ planned }) => {
    const [least, most] = [planned['min_retention_days'], planned['max_retention_days']];
    return typeof least === 'number' && typeof most === 'number' && least > most ? backup('PutBackupVaultLockConfiguration', 'InvalidParameterValueException', 'MinRetentionDays must be less than or equal to MaxRetentionDays') : undefined;
  },
});

/** Events of a vault. Source: PutBackupVaultNotifications of the AWS Backup API reference; the provider refuses others. */
const events = ['BACKUP_JOB_STARTED', 'BACKUP_JOB_COMPLETED', 'BACKUP_JOB_SUCCESSFUL', 'BACKUP_JOB_FAILED', 'BACKUP_JOB_EXPIRED', 'RESTORE_JOB_STARTED', 'RESTORE_JOB_COMPLETED', 'RESTORE_JOB_SUCCESSFUL', 'RESTORE_JOB_FAILED', 'COPY_JOB_STARTED',
  'COPY_JOB_SUCCESSFUL', 'COPY_JOB_FAILED', 'RECOVERY_POINT_MODIFIED', 'BACKUP_PLAN_CREATED', 'BACKUP_PLAN_MODIFIED', 'S3_BACKUP_OBJECT_FAILED', 'S3_RESTORE_OBJECT_FAILED'];

const lifecycleFault = (lifecycle: Attributes): string | undefined => {
  const [cold, gone] = [lifecycle['cold_storage_after'], lifecycle['delete_after']];
  return typeof cold === 'number' && cold > 0 && typeof gone === 'number' && gone > 0 && gone < cold + 90 ? `DeleteAfterDays must be at least 90 days after MoveToColdStorageAfterDays (${cold})` : undefined;
};

const ruleFault = (rule: Attributes): string | undefined => {
  const schedule = text(rule['schedule']);
  if (schedule !== undefined && !/^(cron\((\S+ ){5}\S+\)|rate\(.+\))$/.test(schedule)) return `Provided ScheduleExpression ${schedule} is not valid`;
  const [start, completion] = [rule['start_window'], rule['completion_window']];
  if (typeof start === 'number' && start < 60) return 'Invalid StartWindowMinutes: it must be at least 60';
  if (typeof start === 'number' && typeof completion === 'number' && completion < start + 60) return 'Invalid CompletionWindowMinutes: it must be at least 60 minutes after StartWindowMinutes';
  const lifecycles = [...records(rule['lifecycle']), ...records(rule['copy_action']).flatMap((copy) => records(copy['lifecycle']))];
  if (rule['enable_continuous_backup'] === true && lifecycles.some((l) => typeof l['delete_after'] === 'number' && l['delete_after'] > 35)) return 'Continuous backups are kept for at most 35 days';
  return lifecycles.map(lifecycleFault).find((fault) => fault !== undefined);
};

const plan: ResourceModel = {
  source: `${S}plan.go; windows, cold storage and continuous backups: BackupRuleInput and Lifecycle of the AWS Backup API reference`, label: 'Backup Plan', forceNew: ['name'], recompute: { version: ['rule', 'advanced_backup_setting'] },
  defaults: { 'rule.completion_window': 180, 'rule.enable_continuous_backup': false, 'rule.schedule_expression_timezone': 'Etc/UTC', 'rule.start_window': 60 },
  rules: { 'rule.rule_name': textRule(1, 50, NAME), 'rule.target_vault_name': textRule(2, 50, /^[\w-]+$/), name: textRule(1, 50, NAME), 'rule.copy_action.destination_vault_arn': arnRule },
  references: [{ path: 'rule.target_vault_name', type: 'aws_backup_vault', by: 'name', fault: noVault('CreateBackupPlan') }],
  refuse: ({ planned, prior, account, region }) => {
    const names = records(planned['rule']).flatMap((rule) => texts([rule['rule_name'] ?? null]));
    if (new Set(names).size < names.length) return backup('CreateBackupPlan', 'InvalidParameterValueException', 'Rule names of a plan must be unique');
    const wrong = records(planned['rule']).map(ruleFault).find((fault) => fault !== undefined);
    if (wrong !== undefined) return backup('CreateBackupPlan', 'InvalidParameterValueException', wrong);
    const same = prior ? undefined : account.store.list('aws_backup_plan').find((p) => p.region === region && p.attributes['name'] === planned['name'] && JSON.stringify(p.attributes['rule']) === JSON.stringify(planned['rule']));
    return same && backup('CreateBackupPlan', 'AlreadyExistsException', 'Backup plan with the same plan document already exists.');
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? uuidOf(c.hex(32));
    const filled = records(c.planned['rule']).map((rule) => ({
      ...rule, lifecycle: records(rule['lifecycle']).map(archived), copy_action: records(rule['copy_action']).map((copy) => ({ ...copy, lifecycle: records(copy['lifecycle']).map(archived) })),
    }));
    return { id, arn: arn(c, 'backup', `backup-plan:${id}`), version: c.letters(24, String(c.prior !== undefined)), rule: filled };
  },
  blockers: (o, { store }) => {
    const selection = store.list('aws_backup_selection').find((s) => s.region === o.region && s.attributes['plan_id'] === o.id);
    return selection && backup('DeleteBackupPlan', 'InvalidRequestException', 'Related backup plan selections must be deleted prior to backup plan deletion');
  },
};

const archived = (lifecycle: Attributes): Attributes => ({ ...lifecycle, opt_in_to_archive_for_supported_resources: lifecycle['opt_in_to_archive_for_supported_resources'] === true });

const selection: ResourceModel = {
  source: `${S}selection.go; AWS Backup developer guide, "Assign resources with AWS CLI"`, label: 'Backup Selection', forceNew: ['condition', 'iam_role_arn', 'name', 'not_resources', 'plan_id', 'resources', 'selection_tag'], computedBlocks: ['condition'],
  rules: { name: textRule(1, 50, NAME), iam_role_arn: arnRule, 'selection_tag.type': oneOf('STRINGEQUALS') },
  references: [
    { path: 'plan_id', type: 'aws_backup_plan', fault: (v) => backup('CreateBackupSelection', 'InvalidParameterValueException', `Cannot find Backup plan with ID ${v}`) },
    { path: 'iam_role_arn', type: 'aws_iam_role', by: 'arn', fault: (v) => backup('CreateBackupSelection', 'InvalidParameterValueException', `IAM Role ${v} cannot be assumed by AWS Backup`) },
  ],
  refuse: ({ planned, account }) => {
    const role = account.store.list('aws_iam_role').find((r) => r.attributes['arn'] === planned['iam_role_arn']);
    if (role && !(text(role.attributes['assume_role_policy']) ?? '').includes('backup.amazonaws.com')) return backup('CreateBackupSelection', 'InvalidParameterValueException', `IAM Role ${text(planned['iam_role_arn']) ?? ''} cannot be assumed by AWS Backup`);
    const keys = ['string_equals', 'string_like', 'string_not_equals', 'string_not_like'].flatMap((test) => texts(valuesAt(planned, `condition.${test}.key`)));
    const wrong = keys.find((key) => !/^aws:ResourceTag\/.+/.test(key));
    return wrong === undefined ? undefined : backup('CreateBackupSelection', 'InvalidParameterValueException', `Condition key ${wrong} is not valid: it must begin with aws:ResourceTag/`);
  },
  compute: (c) => ({ id: uuidOf(c.hex(32)), not_resources: [], condition: c.planned['condition'] === UNKNOWN ? [] : (c.planned['condition'] ?? null) }),
};

const regionSettings: ResourceModel = {
  source: `${S}region_settings.go (not read; arguments from the schema)`, label: 'Backup Region Settings', isShared: true, isAdopted: true, name: () => '',
  compute: (c) => ({ id: c.region, resource_type_management_preference: { DynamoDB: true, EFS: true } }),
};

/** AWS Backup. Words of refusals are from memory of the API where no page is named. */
export const backupModels: Readonly<Record<string, ResourceModel>> = {
  aws_backup_vault: vault, aws_backup_plan: plan, aws_backup_selection: selection, aws_backup_region_settings: regionSettings, aws_backup_vault_lock_configuration: lock,
  aws_backup_vault_policy: ofVault('vault_policy.go (not read; arguments from the schema)', 'Backup Vault Policy', 'PutBackupVaultAccessPolicy', { forceNew: ['backup_vault_name'], rules: { policy: jsonRule() } }),
  aws_backup_vault_notifications: ofVault('vault_notifications.go', 'Backup Vault Notifications', 'PutBackupVaultNotifications', { forceNew: ['backup_vault_name', 'sns_topic_arn', 'backup_vault_events'], rules: { sns_topic_arn: arnRule, backup_vault_events: oneOf(...events) } }),
};
