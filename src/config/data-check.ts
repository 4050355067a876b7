import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { ResolvedEnvironment } from './environments.ts';

/** A global database in an environment that has clusters, and so networks, in one region only. Pure. */
export const checkGlobalStores = ({ basics: { name }, origin, settings }: ResolvedEnvironment, clusters: readonly { readonly region: string }[]): readonly Diagnostic[] => {
  const regions = new Set(clusters.map(({ region }) => region));
  if (!settings.data.aurora_global.enabled || regions.size !== 1) return [];
  const at = origin.source.span([...origin.path, 'data', 'aurora_global', 'enabled']);
  return [problem('config/wrong-value', at, `envs.${name}.data.aurora_global.enabled is true, but every cluster of ${name} is in ${[...regions].join()}.`, 'Add a cluster in a second region, or take data.aurora.')];
};
