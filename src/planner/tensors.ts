import type { Architecture, Attention } from './architecture.ts';
import { expertLayers } from './architecture.ts';

/** Weights that are stored, divided and read in the same way. */
export interface Tensors {
  readonly name: string;
  /** Parameters of one occurrence. */
  readonly each: number;
  /** Layers it occurs in; 1 for what stands beside the layers. */
  readonly times: number;
  readonly place: 'layer' | 'embedding' | 'head';
  /** How tensor parallelism divides it: among all ranks, by key-value heads, or not at all. */
  readonly split: 'ranks' | 'kv' | 'whole';
  /** True for matrices that quantization makes smaller. */
  readonly isLinear: boolean;
  /** Each token is computed by `active` of `count`; absent for what computes every token. */
  readonly experts?: { readonly count: number; readonly active: number };
}

const layer = (name: string, each: number, times: number, split: Tensors['split'] = 'ranks'): Tensors => ({ name, each, times, place: 'layer', split, isLinear: true });

const attentionTensors = (attention: Attention, hidden: number, layers: number): readonly Tensors[] => {
  if (attention.kind === 'heads') {
    const { heads, kvHeads, headDim } = attention;
    return [layer('query and output', 2 * hidden * heads * headDim, layers), layer('key and value', 2 * hidden * kvHeads * headDim, layers, 'kv')];
  }
  const { heads, qRank, kvRank, nopeDim, ropeDim, valueDim } = attention;
  return [
    layer('query and key-value down', hidden * qRank + hidden * (kvRank + ropeDim), layers, 'whole'),
    layer('query and key-value up', qRank * heads * (nopeDim + ropeDim) + kvRank * heads * (nopeDim + valueDim), layers),
    layer('output', heads * valueDim * hidden, layers),
  ];
};

/** Every weight of a model, in groups; their sum is the exact number of parameters. Pure. */
export const tensorsOf = (model: Architecture): readonly Tensors[] => {
  const { layers, hidden, vocabulary, intermediate, matrices, attention, experts, isTied, smallPerLayer, smallBeside } = model;
  const withExperts = expertLayers(model);
  const dense = layers - withExperts;
  return [
    { name: 'embedding', each: vocabulary * hidden, times: 1, place: 'embedding', split: 'ranks', isLinear: false },
    ...(isTied ? [] : [{ name: 'head', each: vocabulary * hidden, times: 1, place: 'head', split: 'ranks', isLinear: false } as const]),
    ...attentionTensors(attention, hidden, layers),
    ...(dense > 0 ? [layer('feed-forward', matrices * hidden * intermediate, dense)] : []),
    ...(experts ? [
      { ...layer('experts', experts.count * matrices * hidden * experts.intermediate, withExperts), experts: { count: experts.count, active: experts.active } },
      ...(experts.shared > 0 ? [layer('shared experts', experts.shared * matrices * hidden * experts.intermediate, withExperts)] : []),
      { ...layer('router', hidden * experts.count, withExperts, 'whole'), isLinear: false },
    ] : []),
    { ...layer('norms and biases', smallPerLayer, layers, 'whole'), isLinear: false },
    { name: 'beside the layers', each: smallBeside, times: 1, place: 'embedding', split: 'whole', isLinear: false },
  ];
};

/** Number of parameters. Pure. */
export const parameterCount = (model: Architecture): number => tensorsOf(model).reduce((sum, { each, times }) => sum + each * times, 0);

/** Parameters that multiply each token: active experts only, the embedding counted as the head it is read as when tied. Pure. */
export const activeCount = (model: Architecture): number =>
  tensorsOf(model)
    .filter(({ place, name }) => place !== 'embedding' || (model.isTied && name === 'embedding'))
    .reduce((sum, { each, times, experts }) => sum + each * times * (experts ? experts.active / experts.count : 1), 0);
