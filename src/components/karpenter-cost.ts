import type { z } from 'zod';
import type { InstanceFacts } from '../../catalog/instances.ts';
import { instances } from '../../catalog/instances.ts';
import { hoursPerMonth } from '../../catalog/prices.ts';
import type { CostLine } from '../model/component.ts';
import type { poolSettings } from './karpenter-pools.ts';

const parts = /^([a-z]+)(\d+)?[^.]*\./;

/** True for types that the general pool may launch: its categories, newer than generation 5. */
const isGeneral = ({ type }: InstanceFacts, categories: readonly string[]): boolean => {
  const [, category = '', generation = '0'] = parts.exec(type) ?? [];
  return categories.includes(category) && Number(generation) > 5;
};

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

/** Limits and their price: clusters of one environment mostly share them, and each price takes a search over all types. */
const found = new Map<string, number>();

const generalPerHour = (categories: readonly string[], cores: number, gib: number): number => {
  const key = [cores, gib, ...categories].join(' ');
  const known = found.get(key) ?? mostWithin(instances.filter((one) => isGeneral(one, categories)), cores, gib);
  found.set(key, known);
  return known;
};

/** What the nodes of the pools may cost: nothing while no pod waits, at most what the limits allow of the dearest type, on demand. Pure. */
export const poolCost = (settings: z.infer<typeof poolSettings>): readonly CostLine[] => {
  const { cpu_limit: cpus, memory_limit_gib: gib, gpu_limit: gpus } = settings;
  const accelerated = instances.filter(({ type, gpus: count }) => count > 0 && settings.gpu_families.includes(type.split('.')[0] ?? ''));
  const line = (what: string, perHour: number, basis: string): CostLine => ({ what, usd: 0, basis, usage: { mostUsd: perHour * hoursPerMonth } });
  return [
    line('nodes of the general pool', generalPerHour(settings.categories, cpus, gib), `none while no pod waits, at most ${cpus} cores and ${gib} GiB of the dearest types, on demand`),
    ...(settings.gpu ? [line('nodes of the GPU pool', gpus * Math.max(0, ...accelerated.map((one) => one.usdPerHour / one.gpus)), `none while no pod asks for a GPU, at most ${gpus} GPUs of the dearest type, on demand`)] : []),
  ];
};
