import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { Plan } from '../model/plan.ts';

/** Finds environments whose clusters run Velero without the bucket it writes to. One finding for each environment. Pure. */
export const backupBuckets = ({ environments }: Plan): readonly Diagnostic[] =>
  environments.flatMap(({ environment: { name, settings }, clusters }) => {
    const [first] = settings.storage.velero.enabled ? [] : clusters.flatMap(({ components }) => components.filter(({ id }) => id === 'velero'));
    return first ? [problem('verify/no-backup-bucket', first.because, `Clusters of ${name} run Velero, but the environment has no bucket for it.`, `Set envs.${name}.storage.velero.enabled: true, or turn components.velero off.`)] : [];
  });
