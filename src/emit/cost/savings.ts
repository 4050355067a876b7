import { commitments } from '../../../catalog/commitments.ts';
import type { EnvironmentEstimate } from './estimate.ts';

/** What a promise for a year would save of steady cost. */
export interface Saving {
  readonly commitment: string;
  /** USD a month on demand that it would cover. */
  readonly coveredUsd: number;
  /** USD a month that it would save, about. */
  readonly savedUsd: number;
  readonly basis: string;
}

/**
 * What one-year commitments would save of the nodes, databases and caches of an environment that always run: an estimate, for each family has
 * a rate of its own. Empty where nothing is steady. Pure.
 */
export const savings = ({ shared, clusters }: EnvironmentEstimate): readonly Saving[] => {
  const lines = [...shared, ...clusters.flatMap(({ parts }) => parts)].flatMap((part) => part.lines);
  return Object.entries(commitments).flatMap(([key, { name, example, onDemandUsd, committedUsd }]) => {
    const coveredUsd = lines.reduce((sum, { steady }) => sum + (steady?.by === key ? steady.usd : 0), 0);
    const share = 1 - committedUsd / onDemandUsd;
    return coveredUsd === 0 ? [] : [{ commitment: name, coveredUsd: Math.round(coveredUsd), savedUsd: Math.round(coveredUsd * share), basis: `${Math.round(share * 100)} % less for one year, nothing upfront, as for ${example}` }];
  });
};
