import { z } from 'zod';
import type { Environment } from './platform.ts';
import type { Basics } from './tier.ts';
import { perTier } from './tier.ts';

/** Kinds of AWS objects that a plan can take. Volumes of pods are Velero's; caches take snapshots of their own. */
export const backupKinds = ['rds', 'aurora', 'dynamodb', 'efs', 's3'] as const;
export type BackupKind = (typeof backupKinds)[number];

const days = (description: string, least: number) => z.int().min(least).max(36_500).meta({ description, unit: 'days' });

/** Schema of `envs.<env>.backup`: AWS Backup of what carries the tags `BackupPolicy` and `argoeks:environment`. */
export const backupSettings = ({ tier }: Basics) =>
  z.strictObject({
    enabled: perTier(z.boolean().meta({ description: 'Makes backups, in every region of the environment. The tag `BackupPolicy: daily` asks for daily, weekly and monthly ones, `weekly` for the last two.' }), tier, { dev: false, qa: true, prod: true, sandbox: false }),
    kinds: z.array(z.enum(backupKinds)).min(1).default(['rds', 'aurora', 'dynamodb', 'efs']).meta({ description: 'Kinds of objects that are looked at.' }),
    daily_days: days('How long daily backups are kept.', 1).default(35),
    weekly_days: days('How long weekly backups are kept.', 1).default(90),
    monthly_days: perTier(days('How long monthly backups are kept; 0 makes none.', 0), tier, { dev: 0, qa: 0, prod: 400, sandbox: 0 }),
    copy: perTier(z.boolean().meta({ description: 'Copies every backup to another region.' }), tier, { dev: false, qa: false, prod: true, sandbox: false }),
    copy_region: z.string().min(1).optional().meta({ description: 'Region of the copies; the other region of the environment when absent.' }),
    lock: perTier(z.enum(['off', 'governance', 'compliance']).meta({ description: 'Keeps backups from being deleted early: "governance" can be lifted by who may, "compliance" by nobody once `lock_after_days` are over, not even by AWS.' }), tier, { dev: 'off', qa: 'off', prod: 'governance', sandbox: 'off' }),
    lock_after_days: z.int().min(3).max(36_500).default(7).meta({ description: 'Time to change one\'s mind about a "compliance" lock.', unit: 'days' }),
  }).refine(({ daily_days: daily, weekly_days: weekly, monthly_days: monthly }) => daily <= weekly && (monthly === 0 || weekly <= monthly), { error: 'must keep weekly backups as long as daily ones, and monthly ones as long as weekly ones' })
    .prefault({}).meta({ description: 'Backups by AWS Backup.' });

/** Region where an environment keeps the copies of what is backed up in `region`; undefined where it makes none. Pure. */
export const copyRegionOf = ({ regions, settings: { backup } }: Environment, region: string): string | undefined => {
  if (!backup.copy) return undefined;
  return [backup.copy_region, ...regions].find((other) => other !== undefined && other !== region);
};
