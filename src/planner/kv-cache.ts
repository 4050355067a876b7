import { vllmDefaults } from '../../catalog/serving-engine.ts';
import type { Architecture } from './architecture.ts';
import { kvHeadsOfRank } from './layout.ts';

/** Bytes of one element of the KV cache. */
export const kvTypes = { auto: 2, fp8: 1 } as const;
export type KvType = keyof typeof kvTypes;

/** Elements that one layer keeps of one token, on one of `tensor` ranks. A latent is the same on every rank. Pure. */
const elementsOfLayer = ({ attention }: Architecture, tensor: number): number =>
  attention.kind === 'latent' ? attention.kvRank + attention.ropeDim : 2 * kvHeadsOfRank(attention.kvHeads, tensor) * attention.headDim;

/** Bytes that one more token needs in the layers that forget nothing and, apart, in those with a window. Pure. */
export const kvBytesPerToken = (model: Architecture, type: KvType, tensor = 1): { readonly full: number; readonly windowed: number } => {
  const each = elementsOfLayer(model, tensor) * kvTypes[type];
  const windowed = model.window?.layers ?? 0;
  return { full: (model.layers - windowed) * each, windowed: windowed * each };
};

/** Tokens rounded up to whole blocks. */
const blocks = (tokens: number): number => Math.ceil(tokens / vllmDefaults.blockTokens) * vllmDefaults.blockTokens;

/** Bytes that one sequence of so many tokens keeps: layers with a window keep no more than the window. Pure. */
export const kvBytesOfSequence = (model: Architecture, type: KvType, tokens: number, tensor = 1): number => {
  const { full, windowed } = kvBytesPerToken(model, type, tensor);
  return blocks(tokens) * full + blocks(Math.min(tokens, model.window?.tokens ?? tokens)) * windowed;
};
