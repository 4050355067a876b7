import type { AcceleratedInstance, Offer } from '../../catalog/accelerated-instances.ts';
import type { Accelerator } from '../../catalog/accelerators.ts';
import { quotasOf } from '../../catalog/accelerator-quotas.ts';
import { capacityBlockRegions } from '../../catalog/capacity-blocks.ts';
import type { Range } from '../units/range.ts';
import { mapRange, middleHalf, range } from '../units/range.ts';
import type { Architecture } from './architecture.ts';
import { coldStartOf } from './cold-start.ts';
import { fullLoad } from './full-load.ts';
import type { Layout } from './layout.ts';
import { copiesOn, layoutText, layoutsOn } from './layout.ts';
import { batchingOf, rankMemory } from './memory.ts';
import type { Estimate, Goal, PlanInput, PlanOption, PlanRequest } from './plan-types.ts';
import { priceOf } from './price.ts';
import type { Storage } from './quantization.ts';
import type { Engine, Speed } from './serving.ts';
import { speedOf } from './serving.ts';
import { weightBytes } from './weights.ts';

/** Everything an option is computed from. */
export interface Setting {
  readonly input: Pick<PlanInput, 'prices' | 'spotPrices'>;
  readonly model: Architecture;
  readonly storage: Storage;
  readonly request: PlanRequest;
  readonly instance: AcceleratedInstance;
  readonly accelerator: Accelerator;
  readonly offer: Offer;
}

/** Requests at once in a copy when a rate is asked and no concurrency: enough to fill it, few enough to stay quick. */
const usualPerCopy = 32;

const estimate = (bounds: Range): Estimate => ({ bounds, likely: middleHalf(bounds) });
const goals: readonly Goal[] = ['met', 'likely', 'unsure', 'missed'];

const goalOf = ({ bounds, likely }: Estimate, asked: number | undefined): Goal => {
  if (asked === undefined || bounds.high <= asked) return 'met';
  if (likely.high <= asked) return 'likely';
  return bounds.low <= asked ? 'unsure' : 'missed';
};

const worse = (a: Goal, b: Goal): Goal => (goals.indexOf(a) > goals.indexOf(b) ? a : b);

const goalOfSpeed = (speed: Speed, { ttftMs, tpotMs }: PlanRequest): Goal => worse(goalOf(estimate(speed.ttftMs), ttftMs), goalOf(estimate(speed.tpotMs), tpotMs));

/** Requests at once in each copy: what was asked, spread over the copies of one instance; for a rate, as many as still meet the goals. */
const perCopyOf = (engine: Engine, request: PlanRequest, copies: number, most: number): number => {
  if (request.concurrency !== undefined) return Math.min(most, Math.ceil(request.concurrency / copies));
  if (request.qps === undefined) return 1;
  let batch = Math.min(most, usualPerCopy);
  while (batch > 1 && goals.indexOf(goalOfSpeed(speedOf(engine, request, batch), request)) > goals.indexOf('likely')) batch = Math.floor(batch / 2);
  return batch;
};

const neededOf = ({ concurrency, qps, answer }: PlanRequest, copies: number, perCopy: number, tokensPerS: Range): Range => {
  const forConcurrency = concurrency === undefined ? 1 : Math.ceil(concurrency / (copies * perCopy));
  const forRate = qps === undefined ? { low: 1, high: 1 } : mapRange(tokensPerS, (rate) => Math.ceil((qps * answer) / rate));
  return range(Math.max(forConcurrency, forRate.low), Math.max(forConcurrency, forRate.high));
};

/** An option with one layout; undefined where not one sequence fits. Pure. */
const optionWith = (setting: Setting, layout: Layout): PlanOption | undefined => {
  const { model, storage, request, instance, accelerator, offer, input } = setting;
  const bytes = (accelerator.kind === 'neuron' && accelerator.memoryMib !== undefined ? accelerator.memoryMib : instance.acceleratorMib) * 2 ** 20;
  const batching = batchingOf(accelerator, bytes);
  const memory = rankMemory({ model, storage, kvType: request.kvType, context: request.context, accelerator, bytes, layout, utilization: request.utilization, batching });
  const engine: Engine = { model, storage, kvType: request.kvType, accelerator, networkGbps: instance.networkGbps, layout };
  const load = fullLoad(engine, request, memory, batching.sequences);
  if (!load) return undefined;
  const copies = copiesOn(layout, instance, accelerator);
  const mostPerCopy = load.sequences.low;
  const perCopy = perCopyOf(engine, request, copies, mostPerCopy);
  const speed = speedOf(engine, request, perCopy);
  const whole = (one: Range): Estimate => estimate(mapRange(one, (value) => value * copies));
  const tokensPerS = whole(speed.tokensPerS);
  const fullLoadTokensPerS = whole(load.tokensPerS);
  const quota = quotasOf(instance.type);
  return {
    instance, layout, layoutText: layoutText(layout), copies, memory, perCopy, mostPerCopy,
    ttftMs: estimate(speed.ttftMs), tpotMs: estimate(speed.tpotMs), tokensPerS, fullLoadTokensPerS,
    goal: goalOfSpeed(speed, request), needed: neededOf(request, copies, perCopy, tokensPerS.likely),
    price: priceOf(input, request.region, instance, offer, layout.nodes, fullLoadTokensPerS.likely),
    ...(quota ? { quota: { onDemand: quota.onDemand, spot: quota.spot, vcpus: instance.vcpus * layout.nodes } } : {}),
    ...(offer.interruption === undefined ? {} : { interruption: offer.interruption }),
    hasCapacityBlocks: capacityBlockRegions(instance.type).includes(request.region),
    coldStart: coldStartOf(instance, weightBytes(model, storage) / layout.nodes, accelerator.kind === 'neuron'),
  };
};

/** Better goal first, then fewer instances for the asked load, then more tokens a second at full load. */
const better = (a: PlanOption, b: PlanOption): PlanOption => {
  const order = goals.indexOf(a.goal) - goals.indexOf(b.goal) || a.needed.high * a.layout.nodes - b.needed.high * b.layout.nodes || b.fullLoadTokensPerS.likely.low / b.layout.nodes - a.fullLoadTokensPerS.likely.low / a.layout.nodes;
  return order <= 0 ? a : b;
};

/**
 * The best layout of a model on one instance type; undefined where it fits in none. Pipeline stages are tried where tensor parallelism alone holds too
 * little of the asked load on one instance, several nodes only where one does not hold the model. Pure.
 */
export const bestOption = (setting: Setting): PlanOption | undefined => {
  const layouts = layoutsOn(setting.model, setting.instance, setting.accelerator);
  const best = (of: readonly Layout[], start?: PlanOption): PlanOption | undefined => of.map((layout) => optionWith(setting, layout)).filter((one) => one !== undefined).reduce<PlanOption | undefined>((found, one) => (found ? better(found, one) : one), start);
  const simple = best(layouts.filter(({ nodes, pipeline }) => nodes === 1 && pipeline === 1));
  const onOneNode = simple && simple.needed.high === 1 ? simple : best(layouts.filter(({ nodes, pipeline }) => nodes === 1 && pipeline > 1), simple);
  return onOneNode ?? best(layouts.filter(({ nodes }) => nodes > 1));
};

/** A goal that is likely met is as good as one that is met for sure: the difference is what a measurement is for. */
const rank: Readonly<Record<Goal, number>> = { met: 0, likely: 0, unsure: 1, missed: 2 };

/** Options in the order in which a reader looks at them: goals first, then what the asked load costs an hour. Pure. */
export const inOrder = (options: readonly PlanOption[]): readonly PlanOption[] => {
  const cost = ({ price, needed }: PlanOption): number => (price.usdPerHour ?? Number.POSITIVE_INFINITY) * needed.high;
  // Two options without a price differ by nothing but their names.
  const dearer = (a: PlanOption, b: PlanOption): number => (cost(a) === cost(b) ? 0 : cost(a) - cost(b));
  return options.toSorted((a, b) => rank[a.goal] - rank[b.goal] || dearer(a, b) || (a.instance.type < b.instance.type ? -1 : 1));
};
