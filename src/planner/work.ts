import type { Architecture } from './architecture.ts';
import { queryDim } from './architecture.ts';
import { kvBytesOfSequence } from './kv-cache.ts';
import type { KvType } from './kv-cache.ts';
import { activeCount } from './tensors.ts';

/** Parameters of the head, which computes only the last token of a prompt. */
const headCount = ({ vocabulary, hidden }: Architecture): number => vocabulary * hidden;

/** Pairs of tokens that attention compares in a prompt: half a square, or a band where a window cuts it. */
const pairs = (tokens: number, window: number): number => (tokens <= window ? tokens ** 2 / 2 : tokens * window - window ** 2 / 2);

/** Floating-point operations of attention over so many pairs in one layer: two for each product of query with key and of weight with value. */
const pairFlops = (model: Architecture, count: number): number => 4 * queryDim(model.attention) * count;

/** Operations that reading a prompt takes. Pure. */
export const promptFlops = (model: Architecture, tokens: number): number => {
  const windowed = model.window?.layers ?? 0;
  const attention = (model.layers - windowed) * pairFlops(model, pairs(tokens, tokens)) + windowed * pairFlops(model, pairs(tokens, model.window?.tokens ?? tokens));
  return 2 * (activeCount(model) - headCount(model)) * tokens + 2 * headCount(model) + attention;
};

/** Operations of one decoding step for a sequence of so many tokens. Pure. */
export const stepFlops = (model: Architecture, tokens: number): number => {
  const windowed = model.window?.layers ?? 0;
  return 2 * activeCount(model) + (model.layers - windowed) * pairFlops(model, tokens) + windowed * pairFlops(model, Math.min(tokens, model.window?.tokens ?? tokens));
};

/** Bytes of KV cache that one rank reads in a step for a sequence of so many tokens. Pure. */
export const stepKvBytes = (model: Architecture, type: KvType, tokens: number, tensor: number): number => kvBytesOfSequence(model, type, tokens, tensor);
