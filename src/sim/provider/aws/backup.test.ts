import { expect, test } from 'vitest';
import { simAccount } from '../../../../test/fixtures/sim-account.ts';
import type { Attributes } from '../values.ts';

const rule: Attributes = { rule_name: 'daily', target_vault_name: 'main', schedule: 'cron(0 5 * * ? *)', lifecycle: [{ delete_after: 35 }] };

test('vaults and what hangs on them', async () => {
  const { make } = simAccount();
  await expect(make('aws_backup_vault', { name: 'a b' })).rejects.toThrow('invalid value "a b"');
  await make('aws_backup_vault', { name: 'main' });
  await expect(make('aws_backup_vault', { name: 'main' })).rejects.toThrow('AlreadyExistsException');
  await expect(make('aws_backup_vault_policy', { backup_vault_name: 'none', policy: '{}' })).rejects.toThrow('Backup vault none not found');
  await expect(make('aws_backup_vault_lock_configuration', { backup_vault_name: 'main', changeable_for_days: 2 })).rejects.toThrow('(3 - 36500)');
  await expect(make('aws_backup_vault_lock_configuration', { backup_vault_name: 'main', min_retention_days: 9, max_retention_days: 8 })).rejects.toThrow('less than or equal');
  await expect(make('aws_backup_vault_notifications', { backup_vault_name: 'main', sns_topic_arn: 'arn:aws:sns:us-east-1:111122223333:t', backup_vault_events: ['BACKUP_JOB_DONE'] })).rejects.toThrow('expected one of');
});

test('plans whose rules AWS Backup refuses', async () => {
  const { make } = simAccount();
  const plan = (...rules: readonly Attributes[]) => make('aws_backup_plan', { name: 'p', rule: rules });
  await expect(plan(rule)).rejects.toThrow('Backup vault main not found');
  await make('aws_backup_vault', { name: 'main' });
  await expect(plan(rule, { ...rule, schedule: 'cron(0 6 * * ? *)' })).rejects.toThrow('Rule names of a plan must be unique');
  await expect(plan({ ...rule, schedule: 'daily' })).rejects.toThrow('ScheduleExpression daily is not valid');
  await expect(plan({ ...rule, start_window: 30 })).rejects.toThrow('at least 60');
  await expect(plan({ ...rule, start_window: 60, completion_window: 90 })).rejects.toThrow('60 minutes after');
  await expect(plan({ ...rule, lifecycle: [{ cold_storage_after: 30, delete_after: 90 }] })).rejects.toThrow('at least 90 days after');
  await expect(plan({ ...rule, enable_continuous_backup: true, lifecycle: [{ delete_after: 36 }] })).rejects.toThrow('at most 35 days');
  expect(await plan(rule)).toMatchObject({ name: 'p' });
});

test('selections with a role that is not for backups, or a condition that is no tag; and plans that are still used', async () => {
  const { make, drop } = simAccount();
  await make('aws_backup_vault', { name: 'main' });
  const plan = await make('aws_backup_plan', { name: 'p', rule: [rule] });
  const trust = (service: string): string => JSON.stringify({ Statement: [{ Principal: { Service: service } }] });
  await make('aws_iam_role', { name: 'other', assume_role_policy: trust('ec2.amazonaws.com') });
  await make('aws_iam_role', { name: 'backup', assume_role_policy: trust('backup.amazonaws.com') });
  const select = (role: string, key: string) => make('aws_backup_selection', { name: 's', plan_id: plan['id'] ?? null, iam_role_arn: `arn:aws:iam::111122223333:role/${role}`, resources: ['*'], condition: [{ string_equals: [{ key, value: 'x' }] }] });
  await expect(select('other', 'aws:ResourceTag/A')).rejects.toThrow('cannot be assumed by AWS Backup');
  await expect(select('backup', 'A')).rejects.toThrow('must begin with aws:ResourceTag/');
  const selection = await select('backup', 'aws:ResourceTag/A');
  await expect(drop('aws_backup_plan', plan)).rejects.toThrow('selections must be deleted prior');
  await drop('aws_backup_selection', selection);
  await drop('aws_backup_plan', plan);
});
