import type { Architecture } from './architecture.ts';
import { kvHeadsOfRank } from './layout.ts';
import type { Storage } from './quantization.ts';
import { bytesOf } from './quantization.ts';
import type { Tensors } from './tensors.ts';
import { tensorsOf } from './tensors.ts';

/** Bytes of all weights of one copy. Pure. */
export const weightBytes = (model: Architecture, storage: Storage): number => tensorsOf(model).reduce((sum, tensors) => sum + tensors.each * tensors.times * bytesOf(tensors, storage), 0);

/** Share of a tensor that one of `tensor` ranks keeps. Pure. */
const shareOfRank = ({ split }: Tensors, { attention }: Architecture, tensor: number): number => {
  if (split === 'whole') return 1;
  if (split === 'kv' && attention.kind === 'heads') return kvHeadsOfRank(attention.kvHeads, tensor) / attention.kvHeads;
  return 1 / tensor;
};

/**
 * Bytes of weights on the fullest rank: the stage with the most layers, and with the larger of embedding and head where stages are several. A tied
 * embedding is on the first and the last stage. Pure.
 */
export const weightBytesOfRank = (model: Architecture, storage: Storage, tensor: number, pipeline: number): number => {
  const tensors = tensorsOf(model);
  const bytes = (one: Tensors): number => one.each * bytesOf(one, storage) * shareOfRank(one, model, tensor);
  const inLayers = tensors.filter(({ place }) => place === 'layer');
  const beside = (place: Tensors['place']): number => tensors.filter((one) => one.place === place).reduce((sum, one) => sum + bytes(one), 0);
  if (pipeline === 1) return inLayers.reduce((sum, one) => sum + bytes(one) * one.times, 0) + beside('embedding') + beside('head');
  const stage = Math.ceil(model.layers / pipeline);
  // The fullest stage holds as many of each kind of layer as there are, up to its length.
  return inLayers.reduce((sum, one) => sum + bytes(one) * Math.min(one.times, stage), 0) + Math.max(beside('embedding'), beside('head'));
};

/**
 * Bytes of weights that one rank reads in a decoding step of `batch` tokens, over all stages: the embedding is looked up, not read, and of the
 * experts those that at least one token chose, if the router spreads tokens evenly: count × (1 − (1 − active/count)^batch). Pure.
 */
export const bytesReadByStep = (model: Architecture, storage: Storage, batch: number, tensor: number): number =>
  tensorsOf(model)
    .filter(({ place, name }) => place !== 'embedding' || (model.isTied && name === 'embedding'))
    .reduce((sum, one) => sum + one.each * one.times * bytesOf(one, storage) * shareOfRank(one, model, tensor) * (one.experts ? 1 - (1 - one.experts.active / one.experts.count) ** batch : 1), 0);
