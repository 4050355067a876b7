import { copyRegionOf } from '../config/backup-settings.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { Plan } from '../model/plan.ts';

/** Finds environments that want copies of their backups in another region and have none. Pure. */
export const backupCopies = ({ platform }: Plan): readonly Diagnostic[] =>
  platform.environments
    .filter((environment) => environment.settings.backup.enabled && environment.settings.backup.copy && environment.regions.some((region) => copyRegionOf(environment, region) === undefined))
    .map(({ name, at, regions }) => problem('verify/no-copy-region', at, `${name} wants its backups copied to another region, but has none besides ${regions.join(', ')}.`, `Set envs.${name}.backup.copy_region, or envs.${name}.backup.copy: false.`));
