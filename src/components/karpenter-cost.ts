import type { InstanceFacts } from '../../catalog/instances.ts';
import { hoursPerMonth } from '../../catalog/prices.ts';
import type { CostLine } from '../model/component.ts';
import { poolsOf, typesOf, type Pool } from './karpenter-pool.ts';
import { oncePer } from '../units/once-per.ts';

/**
 * The most that types can cost together within two limits. Any price of a core and a GiB at which no type is worth more than it costs
 * bounds it from above; the search takes the lowest such bound.
 */
const mostWithin = (types: readonly InstanceFacts[], cores: number, gib: number): number => {
  const perGib = (perCore: number): number => Math.max(0, ...types.map(({ usdPerHour, vcpus, memoryGib }) => (usdPerHour - vcpus * perCore) / memoryGib));
  const bound = (perCore: number): number => cores * perCore + gib * perGib(perCore);
  let [low, high] = [0, Math.max(0, ...types.map(({ usdPerHour, vcpus }) => usdPerHour / vcpus))];
  for (let i = 0; i < 40; i += 1) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (bound(left) <= bound(right)) high = right;
    else low = left;
  }
  return bound(low);
};

/** What the limits of a pool allow of its dearest types, in USD an hour: the lowest of what each of them allows. */
const mostPerHour = (pool: Pool): number => {
  const types = typesOf(pool);
  const { cpu, memoryGib, gpus } = pool.limits;
  const dearest = (per: (one: InstanceFacts) => number): number => Math.max(0, ...types.map(per));
  return Math.min(
    ...(gpus === undefined ? [] : [gpus * dearest(({ usdPerHour, gpus: count }) => usdPerHour / count)]),
    ...(cpu !== undefined && memoryGib !== undefined ? [mostWithin(types, cpu, memoryGib)] : []),
    ...(cpu === undefined ? [] : [cpu * dearest(({ usdPerHour, vcpus }) => usdPerHour / vcpus)]),
    ...(memoryGib === undefined ? [] : [memoryGib * dearest(({ usdPerHour, memoryGib: gib }) => usdPerHour / gib)]),
  );
};

const limitsText = ({ cpu, memoryGib, gpus }: Pool['limits']): string =>
  [...(gpus === undefined ? [] : [`${gpus} GPUs`]), ...(cpu === undefined ? [] : [`${cpu} cores`]), ...(memoryGib === undefined ? [] : [`${memoryGib} GiB`])].join(' and ');

/** Each price takes a search over all types; clusters of one environment mostly share their pools. */
const linesOf = oncePer((pools: readonly Pool[]): readonly CostLine[] => pools.map((pool) => ({
  what: `nodes of the pool ${pool.name}`,
  usd: 0,
  basis: `none while no pod waits, at most ${limitsText(pool.limits)} of the dearest types, on demand`,
  usage: { mostUsd: mostPerHour(pool) * hoursPerMonth },
})));

/** What the nodes of the pools may cost: nothing while no pod waits, at most what the limits allow of the dearest types, on demand. Pure. */
export const poolCost = (settings: Parameters<typeof poolsOf>[0]): readonly CostLine[] => linesOf(poolsOf(settings));
