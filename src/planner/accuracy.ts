import { acceleratorOf } from '../../catalog/accelerators.ts';
import type { MemoryRow } from '../../catalog/measurements/memory.ts';
import type { ThroughputRow } from '../../catalog/measurements/throughput-row.ts';
import { models } from '../../catalog/models/models.ts';
import { vllmDefaults } from '../../catalog/serving-engine.ts';
import type { Range } from '../units/range.ts';
import { exactly, middleHalf } from '../units/range.ts';
import type { Accelerator } from '../../catalog/accelerators.ts';
import type { Architecture } from './architecture.ts';
import { fullLoad } from './full-load.ts';
import { kvBytesOfSequence, kvBytesPerToken } from './kv-cache.ts';
import { rankMemory } from './memory.ts';
import { readModelConfig } from './model-config.ts';
import { storageOf } from './quantization.ts';
import { speedOf } from './serving.ts';
import { weightBytes } from './weights.ts';

/** A published figure beside what the planner says of the same run. */
export interface MemoryComparison {
  readonly row: MemoryRow;
  readonly predicted: number;
  /** Share by which the prediction is too high. */
  readonly error: number;
}

export interface ThroughputComparison {
  readonly row: ThroughputRow;
  /** Requests at once that the prediction assumes. */
  readonly sequences: Range;
  readonly bounds: Range;
  readonly likely: Range;
}

const layoutOf = (tensor: number): { readonly tensor: number; readonly pipeline: 1; readonly nodes: 1 } => ({ tensor, pipeline: 1, nodes: 1 });

const modelOf = (id: string): Architecture => {
  const facts = models.find((model) => model.id === id);
  const { value } = readModelConfig(facts?.config, () => ({ file: 'catalog/models', line: 1, column: 1 }));
  if (!value) throw new Error(`a measurement names the model ${id}, which the catalogue does not hold`);
  return value;
};

const named = (name: string, memoryMib: number): Accelerator => {
  const found = acceleratorOf(name, memoryMib);
  if (!found) throw new Error(`a measurement names the accelerator ${name}, which the catalogue does not hold`);
  return found;
};

const predictedBytes = ({ model: id, quantization, what }: MemoryRow): number => {
  const model = modelOf(id);
  const storage = storageOf(quantization, model);
  switch (what.kind) {
    case 'weights': return weightBytes(model, storage);
    case 'weights and cache': return weightBytes(model, storage) + kvBytesOfSequence(model, 'auto', what.tokens);
    case 'cache of a token': return kvBytesPerToken(model, 'auto').full + kvBytesPerToken(model, 'auto').windowed;
    // What the engine of that log does not count, context and graphs, is not taken off either.
    case 'room for cache': return rankMemory({ model, storage, kvType: 'auto', context: vllmDefaults.blockTokens, accelerator: named(what.accelerator, what.memoryMib), bytes: what.memoryMib * 2 ** 20, layout: layoutOf(1), utilization: what.utilization, batching: what }).kvPool.high;
  }
};

/** One published memory figure and its prediction. Pure. */
export const compareMemory = (row: MemoryRow): MemoryComparison => {
  const predicted = predictedBytes(row);
  return { row, predicted, error: predicted / row.bytes - 1 };
};

/** One published throughput and its prediction. Throws where the planner holds the run impossible, which is a mistake of either. Pure. */
export const compareThroughput = (row: ThroughputRow): ThroughputComparison => {
  const model = modelOf(row.model);
  const storage = storageOf(row.quantization, model);
  const accelerator = named(row.accelerator, row.memoryMib);
  const layout = layoutOf(row.tensor);
  const engine = { model, storage, kvType: row.kvType, accelerator, networkGbps: 0, layout };
  if (row.concurrency !== undefined) {
    const bounds = speedOf(engine, row, row.concurrency).tokensPerS;
    return { row, sequences: exactly(row.concurrency), bounds, likely: middleHalf(bounds) };
  }
  const limits = row.limits ?? { utilization: vllmDefaults.memoryUtilization, sequences: vllmDefaults.large.sequences };
  const memory = rankMemory({ model, storage, kvType: row.kvType, context: row.prompt + row.answer, accelerator, bytes: row.memoryMib * 2 ** 20, layout, utilization: limits.utilization, batching: { batchedTokens: vllmDefaults.large.batchedTokens, sequences: limits.sequences } });
  const load = fullLoad(engine, row, memory, limits.sequences);
  if (!load) throw new Error(`${row.model} is measured on ${row.tensor} × ${row.accelerator}, where the planner says it does not fit`);
  return { row, sequences: load.sequences, bounds: load.tokensPerS, likely: middleHalf(load.tokensPerS) };
};

/** True where the measured value lies in the range. Pure. */
export const holds = ({ low, high }: Range, value: number): boolean => low <= value && value <= high;
