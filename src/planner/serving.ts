import type { Accelerator } from '../../catalog/accelerators.ts';
import { batchingShare, decodeShare, prefillShare, stepOverhead } from '../../catalog/serving-efficiency.ts';
import type { Range } from '../units/range.ts';
import { range } from '../units/range.ts';
import type { Architecture } from './architecture.ts';
import { exchangeSeconds } from './exchange.ts';
import type { KvType } from './kv-cache.ts';
import type { Layout } from './layout.ts';
import type { Storage } from './quantization.ts';
import { arithmeticOf } from './quantization.ts';
import { bytesReadByStep } from './weights.ts';
import { promptFlops, stepFlops, stepKvBytes } from './work.ts';

/** What one copy of a model runs on. */
export interface Engine {
  readonly model: Architecture;
  readonly storage: Storage;
  readonly kvType: KvType;
  readonly accelerator: Accelerator;
  readonly networkGbps: number;
  readonly layout: Layout;
}

/** Requests of one kind: tokens of the prompt and of the answer. */
export interface Requests {
  readonly prompt: number;
  readonly answer: number;
}

/** What a copy reaches with so many requests at once: `low` is the optimistic bound of a time and the pessimistic one of a rate. */
export interface Speed {
  readonly ttftMs: Range;
  readonly tpotMs: Range;
  /** Tokens of answers in a second, of all requests. */
  readonly tokensPerS: Range;
}

/** Bounds of one piece of work, in seconds: arithmetic and memory apart where it can overlap other work. */
interface Seconds {
  readonly arithmetic: number;
  readonly memory: number;
  readonly rest: number;
}
interface Bounds {
  readonly best: Seconds;
  readonly worst: Seconds;
}

const sharesOf = ({ accelerator, storage }: Engine): { readonly arithmetic: Range; readonly memory: Range; readonly flops: number } => {
  const { tflops, bits } = arithmeticOf(accelerator, storage);
  const memory = accelerator.kind === 'neuron' ? decodeShare.neuron : storage.isWeightOnly || bits > storage.mathBits ? decodeShare.weightOnly : decodeShare.plain;
  return { arithmetic: prefillShare[accelerator.kind][bits], memory, flops: (tflops * 1e12) / accelerator.ranks };
};

/** Work of the ranks of one stage after the other, divided within each layer. */
const bounds = (engine: Engine, flops: number, bytes: number, tokens: number, overhead: Range): Bounds => {
  const { accelerator, layout, model, networkGbps } = engine;
  const shares = sharesOf(engine);
  const peak = shares.flops * layout.tensor;
  const bandwidth = (accelerator.memoryGbPerS * 1e9) / accelerator.ranks;
  const exchange = exchangeSeconds(model, accelerator, networkGbps, layout, tokens);
  return {
    best: { arithmetic: flops / (peak * shares.arithmetic.high), memory: bytes / (bandwidth * shares.memory.high), rest: exchange.low + overhead.low },
    worst: { arithmetic: flops / (peak * shares.arithmetic.low), memory: bytes / (bandwidth * shares.memory.low), rest: exchange.high + overhead.high },
  };
};

const total = ({ arithmetic, memory, rest }: Seconds): number => Math.max(arithmetic, memory) + rest;

/** Reading one prompt: bound by arithmetic, or by reading the weights where the prompt is short. */
const promptBounds = (engine: Engine, prompt: number): Bounds => {
  const bytes = bytesReadByStep(engine.model, engine.storage, prompt, engine.layout.tensor);
  return bounds(engine, promptFlops(engine.model, prompt), bytes, prompt, range(stepOverhead.perStepMs.low / 1e3, stepOverhead.perStepMs.high / 1e3));
};

/** One decoding step of `batch` sequences in the middle of their answers. */
const stepBounds = (engine: Engine, batch: number, { prompt, answer }: Requests): Bounds => {
  const { model, storage, kvType, layout } = engine;
  const length = prompt + answer / 2;
  const bytes = bytesReadByStep(model, storage, batch, layout.tensor) + batch * stepKvBytes(model, kvType, length, layout.tensor);
  const overhead = range((stepOverhead.perStepMs.low + batch * stepOverhead.perSequenceMs.low) / 1e3, (stepOverhead.perStepMs.high + batch * stepOverhead.perSequenceMs.high) / 1e3);
  return bounds(engine, batch * stepFlops(model, length), bytes, batch, overhead);
};

/**
 * Bounds of speed with `concurrency` requests at once in one copy. The optimistic bound overlaps the arithmetic of prompts with the memory traffic of
 * decoding, and reaches the upper shares of both; the pessimistic one does one after the other, at the lower shares, with batches not quite full.
 * A pipeline works on as many parts of the batch as it has stages. Pure.
 */
export const speedOf = (engine: Engine, requests: Requests, concurrency: number): Speed => {
  const { pipeline } = engine.layout;
  const parts = Math.min(pipeline, concurrency);
  const batch = concurrency / parts;
  const prompt = promptBounds(engine, requests.prompt);
  const step = stepBounds(engine, batch, requests);
  const { answer } = requests;
  // Of a whole batch: all its prompts, and as many steps as an answer has tokens.
  const overlapped = Math.max(batch * prompt.best.arithmetic + answer * step.best.arithmetic, answer * step.best.memory) + batch * (prompt.best.rest - stepOverhead.perStepMs.low / 1e3) + answer * step.best.rest;
  const serial = (batch * total(prompt.worst) + answer * total(step.worst)) / batchingShare.low;
  const others = ((concurrency - 1) * total(prompt.worst)) / answer / parts;
  return {
    ttftMs: range(total(prompt.best) * 1e3, (total(prompt.worst) * (concurrency > 1 ? 2 : 1) + (concurrency > 1 ? total(step.worst) : 0)) * 1e3),
    tpotMs: range(total(step.best) * 1e3, (total(step.worst) + others) * 1e3),
    tokensPerS: range((concurrency * answer) / overlapped, (concurrency * answer) / serial),
  };
};
