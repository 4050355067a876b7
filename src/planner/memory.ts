import type { Accelerator } from '../../catalog/accelerators.ts';
import { engineMemoryGib, vllmDefaults } from '../../catalog/serving-engine.ts';
import type { Range } from '../units/range.ts';
import { mapRange } from '../units/range.ts';
import type { Architecture } from './architecture.ts';
import type { KvType } from './kv-cache.ts';
import { kvBytesOfSequence } from './kv-cache.ts';
import type { Layout } from './layout.ts';
import type { Storage } from './quantization.ts';
import { weightBytesOfRank } from './weights.ts';

/** Bytes of a GiB. */
export const gib = 2 ** 30;

/** Limits of one engine: tokens it computes in a step, and sequences it runs at once. */
export interface Batching {
  readonly batchedTokens: number;
  readonly sequences: number;
}

/** What one rank holds, in bytes, and how many sequences fit beside. */
export interface RankMemory {
  /** What the engine may use. */
  readonly usable: number;
  readonly weights: number;
  readonly activations: number;
  /** Context, graphs and communication buffers. */
  readonly engine: Range;
  readonly kvPool: Range;
  readonly perSequence: number;
  /** Sequences of the full context; `low` always fits. */
  readonly sequences: Range;
}

/** Defaults of vLLM for an accelerator of so many bytes. Pure. */
export const batchingOf = (accelerator: Accelerator, bytes: number): Batching => (bytes >= vllmDefaults.largeFromGib * gib && accelerator.name !== 'A100' ? vllmDefaults.large : vllmDefaults.small);

/**
 * Bytes of intermediate results at their peak: one layer's feed-forward part for all tokens of a step (both inputs of the gate, its output, and the
 * hidden state three times), and the logits of each sequence, in 16 and 32 bits. Pure.
 */
export const activationBytes = (model: Architecture, tensor: number, { batchedTokens, sequences }: Batching): number => {
  const { experts, hidden, intermediate, matrices, vocabulary } = model;
  const width = Math.max(intermediate, experts ? (experts.active + experts.shared) * experts.intermediate : 0) / tensor;
  return batchedTokens * (matrices * width + 3 * hidden) * 2 + Math.min(sequences, batchedTokens) * (vocabulary / tensor) * 6;
};

const ncclBytes = (layout: Layout): number => (layout.tensor === 1 ? engineMemoryGib.nccl[1] : layout.tensor === 2 ? engineMemoryGib.nccl[2] : engineMemoryGib.nccl.more) * gib;

/** What a memory plan depends on. */
export interface MemoryInput {
  readonly model: Architecture;
  readonly storage: Storage;
  readonly kvType: KvType;
  /** Tokens of one sequence, prompt and answer. */
  readonly context: number;
  readonly accelerator: Accelerator;
  /** Memory of one accelerator in bytes. */
  readonly bytes: number;
  readonly layout: Layout;
  readonly utilization: number;
  readonly batching: Batching;
}

/** Memory of the fullest rank. A pipeline keeps its share of the cache on each stage. Pure. */
export const rankMemory = ({ model, storage, kvType, context, accelerator, bytes, layout, utilization, batching }: MemoryInput): RankMemory => {
  const usable = (bytes / accelerator.ranks) * utilization;
  const weights = weightBytesOfRank(model, storage, layout.tensor, layout.pipeline);
  const activations = activationBytes(model, layout.tensor, batching);
  const own = accelerator.kind === 'neuron' ? { low: 0, high: engineMemoryGib.context.high } : { low: engineMemoryGib.context.low + engineMemoryGib.graphs.low, high: engineMemoryGib.context.high + engineMemoryGib.graphs.high };
  const engine = mapRange(own, (value) => value * gib + ncclBytes(layout));
  const kvPool = mapRange(engine, (value) => Math.max(0, usable - weights - activations - value));
  const stage = Math.ceil(model.layers / layout.pipeline) / model.layers;
  const perSequence = kvBytesOfSequence(model, kvType, context, layout.tensor) * stage;
  return { usable, weights, activations, engine, kvPool, perSequence, sequences: mapRange(kvPool, (value) => Math.floor(value / perSequence)) };
};
