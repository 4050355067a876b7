import type { Plan } from '../model/plan.ts';

/** The plan with some clusters only; environments stay whole. Pure. */
export const onlyClusters = (plan: Plan, wanted: (cluster: string) => boolean): Plan => ({
  ...plan,
  environments: plan.environments.map(({ environment, clusters }) => ({ environment, clusters: clusters.filter(({ cluster }) => wanted(cluster.name)) })),
});
