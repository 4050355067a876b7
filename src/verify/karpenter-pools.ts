import { familiesIn } from '../../catalog/instance-offerings.ts';
import { instances } from '../../catalog/instances.ts';
import { familyOf, poolsOf, typesOf, type Pool } from '../components/karpenter-pool.ts';
import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { ClusterPlan, Plan } from '../model/plan.ts';

/** Fewer capacity pools than these (a type in a zone is one), and one that runs out leaves pods pending. */
const fewest = 3;

const priced: ReadonlySet<string> = new Set(instances.map(({ type }) => familyOf(type)));

type Cluster = ClusterPlan['cluster'];

const faultsOf = (cluster: Cluster, pool: Pool, at: Span): readonly Diagnostic[] => {
  const offered = familiesIn(cluster.region);
  const { name, settings } = pool;
  const where = `Pool "${name}" of ${cluster.name}`;
  const strange = settings.zones?.find((zone) => !cluster.zones.includes(zone));
  if (strange !== undefined) return [problem('verify/pool-zone', at, `${where} asks for zone "${strange}", in which the cluster has no subnet; it has ${cluster.zones.join(', ')}.`, `Correct components.karpenter.pools.${name}.zones.`)];
  const absent = settings.families?.filter((family) => offered !== undefined && !offered.has(family)) ?? [];
  if (absent.length > 0) return [problem('verify/family-not-offered', at, `${where} names ${absent.map((family) => `"${family}"`).join(', ')}, which EC2 does not offer in ${cluster.region}.`, `Remove it from components.karpenter.pools.${name}.families, or give the cluster a list of its own (spec.components).`)];
  // Of families that the catalogue has no price of nothing is known.
  if (settings.families?.some((family) => !priced.has(family))) return [];
  const types = typesOf(pool).filter(({ type }) => offered?.has(familyOf(type)) ?? true);
  if (types.length === 0) return [problem('verify/pool-without-types', at, `${where} fits no instance type that EC2 offers in ${cluster.region}: its architectures, families, sizes, cores and GPUs exclude one another.`, `Widen components.karpenter.pools.${name}, or set its \`enabled\` to false.`)];
  const zones = settings.zones?.length ?? cluster.zones.length;
  const places = types.reduce((sum, { type }) => sum + Math.min(offered?.get(familyOf(type)) ?? zones, zones), 0);
  if (places >= fewest) return [];
  return [problem('verify/pool-few-types', at, `${where} has ${places === 1 ? 'one type in one zone' : `${places} pairs of type and zone`} to choose from (${types.map(({ type }) => type).join(', ')}): when EC2 has none left, its pods stay pending.`, `Allow more families, sizes or zones in components.karpenter.pools.${name}.`)];
};

/** Proves that each pool of nodes that the configuration names has instance types to launch where its cluster is. One finding for one fault of a region. Pure. */
export const karpenterPools = ({ environments }: Plan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  const asked = new Set<string>();
  for (const { cluster, components } of environments.flatMap(({ clusters }) => clusters)) {
    const karpenter = components.find(({ id }) => id === 'karpenter');
    if (!karpenter) continue;
    const settings = karpenter.settings as Parameters<typeof poolsOf>[0];
    // A fleet mostly has the same pools in the same zones.
    const same = `${cluster.zones.join(' ')} ${JSON.stringify(settings.pools)}`;
    if (asked.has(same)) continue;
    asked.add(same);
    // A pool nobody asked for costs nothing, and stays empty where EC2 has no GPUs.
    const asking = poolsOf(settings).filter(({ name }) => Object.hasOwn(settings.pools, name));
    for (const finding of asking.flatMap((pool) => faultsOf(cluster, pool, karpenter.because))) {
      const key = finding.summary.replaceAll(cluster.name, '');
      if (!found.has(key)) found.set(key, finding);
    }
  }
  return [...found.values()];
};
