import type { Diagnostic } from '../diag/diagnostic.ts';
import { renameOrChoose } from '../diag/did-you-mean.ts';
import { problem } from '../diag/problem.ts';
import type { ResolvedEnvironment } from './environments.ts';

/** Clusters that a team names and that are none of its environment's. Pure. */
export const checkTenants = ({ basics: { name }, origin, settings }: ResolvedEnvironment, clusters: readonly { readonly name: string }[]): readonly Diagnostic[] =>
  settings.tenants.flatMap(({ clusters: wanted = [] }, i) =>
    wanted.flatMap((cluster, j) => {
      if (clusters.some((one) => one.name === cluster)) return [];
      const path = ['tenants', i, 'clusters', j] as const;
      return [problem('config/wrong-value', origin.source.span([...origin.path, ...path]), `envs.${name}.tenants[${i}].clusters names "${cluster}", which is no cluster of ${name}.`, renameOrChoose(cluster, clusters.map((one) => one.name)))];
    }),
  );
