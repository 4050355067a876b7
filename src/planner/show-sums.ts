import type { Architecture } from './architecture.ts';
import { kvBytesOfSequence, kvBytesPerToken, kvTypes } from './kv-cache.ts';
import { gib } from './memory.ts';
import type { PlanOption, PlanRequest, Sum } from './plan-types.ts';
import type { Storage } from './quantization.ts';
import { bytesOf } from './quantization.ts';
import type { Tensors } from './tensors.ts';
import { parameterCount, tensorsOf } from './tensors.ts';
import { weightBytes } from './weights.ts';

const billions = (value: number): string => (value >= 1e8 ? `${(value / 1e9).toFixed(2)} B` : `${(value / 1e6).toFixed(2)} M`);
const gibText = (bytes: number): string => `${(bytes / gib).toFixed(2)} GiB`;
const grouped = (value: number): string => Math.round(value).toLocaleString('en-US');

const weightLines = (model: Architecture, storage: Storage): readonly Sum[] => {
  const lineOf = (one: Tensors): Sum => {
    const count = one.each * one.times;
    const bytes = bytesOf(one, storage);
    return { what: one.name, how: `${one.times > 1 ? `${one.times} × ${billions(one.each)}` : billions(count)} × ${bytes === 2 ? '2' : bytes.toFixed(4)} bytes`, result: gibText(count * bytes) };
  };
  return [
    ...tensorsOf(model).map(lineOf),
    ...(storage.name === 'none' ? [] : [{ what: 'a matrix parameter', how: `${storage.name}: ${storage.because}`, result: `${storage.bytesPerParameter.toFixed(4)} bytes` }]),
    { what: 'weights', how: `${grouped(parameterCount(model))} parameters`, result: gibText(weightBytes(model, storage)) },
  ];
};

const cacheLines = (model: Architecture, { kvType, context }: PlanRequest): readonly Sum[] => {
  const { attention, window } = model;
  const size = kvTypes[kvType];
  const each = attention.kind === 'latent' ? `(${attention.kvRank} latent + ${attention.ropeDim} position)` : `2 × ${attention.kvHeads} heads × ${attention.headDim}`;
  const { full, windowed } = kvBytesPerToken(model, kvType);
  return [
    { what: 'cache of a token', how: `${model.layers} layers × ${each} × ${size} byte${size === 1 ? '' : 's'}`, result: `${grouped(full + windowed)} bytes` },
    { what: 'cache of a sequence', how: window ? `${model.layers - window.layers} layers keep ${grouped(context)} tokens, ${window.layers} no more than ${grouped(Math.min(window.tokens, context))}` : `${grouped(context)} tokens`, result: gibText(kvBytesOfSequence(model, kvType, context)) },
  ];
};

/** The memory of a model, step by step, as sums that a reader can do again. Pure. */
export const modelSums = (model: Architecture, storage: Storage, request: PlanRequest): readonly Sum[] => [...weightLines(model, storage), ...cacheLines(model, request)];

/** The memory of one rank of an option, step by step. Pure. */
export const rankSums = ({ memory, layoutText, instance, layout }: PlanOption, utilization: number): readonly Sum[] => [
  { what: 'usable', how: `${instance.type}, ${utilization} of each rank's memory`, result: gibText(memory.usable) },
  { what: '− weights', how: `the fullest of ${layout.tensor * layout.pipeline} rank${layout.tensor * layout.pipeline === 1 ? '' : 's'} (${layoutText})`, result: gibText(memory.weights) },
  { what: '− activations', how: 'one layer for all tokens of a step, and the logits', result: gibText(memory.activations) },
  { what: '− engine', how: 'context, graphs, communication buffers', result: `${gibText(memory.engine.low)} to ${gibText(memory.engine.high)}` },
  { what: '= room for cache', how: '', result: `${gibText(memory.kvPool.low)} to ${gibText(memory.kvPool.high)}` },
  { what: '÷ a sequence', how: 'its part on this rank', result: gibText(memory.perSequence) },
  { what: '= sequences', how: 'of the whole context; the first always fits', result: `${grouped(memory.sequences.low)} to ${grouped(memory.sequences.high)}` },
];
