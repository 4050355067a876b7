import { copyRegionOf } from '../../config/backup-settings.ts';
import type { BackupKind } from '../../config/backup-settings.ts';
import { minutes, stopsDatabases, weekDays } from '../../config/schedule-settings.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import type { BackupPlanProps, BackupProps, BackupRegionProps, BackupRuleProps } from '../../stacks/backup.ts';
import { alertTopicArn, bounded } from '../../units/aws-names.ts';
import { boundaryArn, managedPolicyArn, terraformName } from './names.ts';

/** ARNs by which a plan finds objects of a kind. Source: AWS Backup developer guide, "Assign resources to a backup plan", with each service's own ARN format. */
const patterns: Readonly<Record<BackupKind, (partition: string) => string>> = {
  rds: (partition) => `arn:${partition}:rds:*:*:db:*`, aurora: (partition) => `arn:${partition}:rds:*:*:cluster:*`, dynamodb: (partition) => `arn:${partition}:dynamodb:*:*:table/*`,
  efs: (partition) => `arn:${partition}:elasticfilesystem:*:*:file-system/*`, s3: (partition) => `arn:${partition}:s3:::*`,
};

/** Vault of an environment, the same name in each region; at most 50 characters. */
export const backupVaultName = ({ settings }: Environment): string => bounded(`${settings.cluster_name_prefix}-backup`, 50);

type When = Pick<BackupRuleProps, 'schedule' | 'timezone'>;

/** At night, or where databases are stopped then, in the morning of working days: RDS takes no snapshot of what is stopped. */
const whenOf = ({ settings: { schedule } }: Environment): Readonly<Record<'daily' | 'weekly' | 'monthly', When>> => {
  if (!stopsDatabases(schedule)) return { daily: { schedule: 'cron(0 5 * * ? *)' }, weekly: { schedule: 'cron(0 6 ? * SUN *)' }, monthly: { schedule: 'cron(0 7 1 * ? *)' } };
  const first = weekDays.find((one) => schedule.days.includes(one)) ?? 'MON';
  const at = (minutesAfterUp: number, days: string): When => {
    const time = minutes(schedule.up) + minutesAfterUp;
    return { schedule: `cron(${time % 60} ${Math.floor(time / 60)} ? * ${days} *)`, timezone: schedule.timezone };
  };
  // The first such day of a month, by its number: Sunday is 1.
  return { daily: at(60, [...new Set(schedule.days)].join(',')), weekly: at(90, first), monthly: at(120, `${((weekDays.indexOf(first) + 1) % 7) + 1}#1`) };
};

const rulesOf = (environment: Environment): Readonly<Record<'daily' | 'weekly' | 'monthly', readonly BackupRuleProps[]>> => {
  const { settings: { backup } } = environment;
  const when = whenOf(environment);
  return {
    daily: [{ name: 'daily', ...when.daily, keepDays: backup.daily_days }],
    weekly: [{ name: 'weekly', ...when.weekly, keepDays: backup.weekly_days }],
    monthly: backup.monthly_days === 0 ? [] : [{ name: 'monthly', ...when.monthly, keepDays: backup.monthly_days }],
  };
};

const plansOf = (environment: Environment): Readonly<Record<string, BackupPlanProps>> => {
  const { partition, name, settings: { backup, cluster_name_prefix: prefix } } = environment;
  const { daily, weekly, monthly } = rulesOf(environment);
  const plan = (policy: string, rules: readonly BackupRuleProps[]): BackupPlanProps => ({
    name: `${prefix}-${policy}`, rules, tags: [{ key: 'BackupPolicy', value: policy }, { key: 'argoeks:environment', value: name }], resources: backup.kinds.map((kind) => patterns[kind](partition)),
  });
  return { daily: plan('daily', [...daily, ...weekly, ...monthly]), weekly: plan('weekly', [...weekly, ...monthly]) };
};

const lockOf = (environment: Environment): BackupProps['lock'] => {
  const { settings: { backup } } = environment;
  if (backup.lock === 'off') return undefined;
  const kept = Object.values(rulesOf(environment)).flat().map(({ keepDays }) => keepDays);
  return { leastDays: Math.min(...kept), mostDays: Math.max(...kept), ...(backup.lock === 'compliance' ? { changeableDays: backup.lock_after_days } : {}) };
};

/** Decides everything of an environment's backups; undefined where it makes none. Pure. */
export const backupProps = (platform: Platform, environment: Environment): BackupProps | undefined => {
  const { partition, accountId, tier, regions, settings: { backup, cluster_name_prefix: prefix } } = environment;
  if (!backup.enabled) return undefined;
  const copyTargets = regions.flatMap((region) => copyRegionOf(environment, region) ?? []);
  const lock = lockOf(environment);
  const servicePolicy = (name: string): string => managedPolicyArn(partition, name);
  const vaultOnly = [...new Set(copyTargets)].filter((region) => !regions.includes(region));
  const withPlans = regions.map((region): [string, BackupRegionProps] => {
    const copyTo = copyRegionOf(environment, region);
    return [terraformName(region), { region, ...(copyTo === undefined ? {} : { copyTo: { [terraformName(copyTo)]: true } }), plans: plansOf(environment), failures: { ruleName: bounded(`${prefix}-backup-failures`, 64), alertTopicArn: alertTopicArn(environment, region) } }];
  });
  return {
    partition, accountId, vaultName: backupVaultName(environment), alias: `alias/${prefix}-backup`, roleName: bounded(`${prefix}-backup`, 64), boundaryArn: boundaryArn(platform, environment),
    rolePolicies: {
      backups: servicePolicy('service-role/AWSBackupServiceRolePolicyForBackup'), restores: servicePolicy('service-role/AWSBackupServiceRolePolicyForRestores'),
      ...(backup.kinds.includes('s3') ? { s3_backups: servicePolicy('AWSBackupServiceRolePolicyForS3Backup'), s3_restores: servicePolicy('AWSBackupServiceRolePolicyForS3Restore') } : {}),
    },
    losesBackups: tier !== 'prod', ...(lock ? { lock } : {}),
    regions: Object.fromEntries([...withPlans, ...vaultOnly.map((region): [string, BackupRegionProps] => [terraformName(region), { region, plans: {} }])]),
  };
};
