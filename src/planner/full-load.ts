import type { Range } from '../units/range.ts';
import { range } from '../units/range.ts';
import { kvBytesOfSequence } from './kv-cache.ts';
import type { RankMemory } from './memory.ts';
import type { Engine, Requests, Speed } from './serving.ts';
import { speedOf } from './serving.ts';

/** What a copy reaches when it always has requests waiting. */
export interface FullLoad {
  /** Requests at once: as many as fit with their whole context, up to as many as fit half-way through their answers. */
  readonly sequences: Range;
  readonly tokensPerS: Range;
}

/**
 * Speed of one copy that is never idle. The pessimistic bound runs only the sequences that fit with their whole context, the optimistic one those
 * that fit on the average, both up to the engine's limit. Undefined when not even one fits. Pure.
 */
export const fullLoad = (engine: Engine, requests: Requests, memory: RankMemory, mostSequences: number): FullLoad | undefined => {
  const { model, kvType, layout } = engine;
  const stage = Math.ceil(model.layers / layout.pipeline) / model.layers;
  const average = kvBytesOfSequence(model, kvType, requests.prompt + requests.answer / 2, layout.tensor) * stage;
  const fewest = Math.min(mostSequences, memory.sequences.low);
  const most = Math.max(fewest, Math.min(mostSequences, Math.floor(memory.kvPool.high / average)));
  if (fewest < 1) return undefined;
  const speeds: readonly Speed[] = [speedOf(engine, requests, fewest), speedOf(engine, requests, most)];
  // More sequences can be slower where prompts bound the speed, so both ends are looked at.
  return { sequences: range(fewest, most), tokensPerS: { low: Math.min(...speeds.map(({ tokensPerS }) => tokensPerS.low)), high: Math.max(...speeds.map(({ tokensPerS }) => tokensPerS.high)) } };
};
