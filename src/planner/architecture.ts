/** How attention keeps its past. */
export type Attention =
  | { readonly kind: 'heads'; readonly heads: number; readonly kvHeads: number; readonly headDim: number }
  | { readonly kind: 'latent'; readonly heads: number; readonly qRank: number; readonly kvRank: number; readonly nopeDim: number; readonly ropeDim: number; readonly valueDim: number };

/** Experts of the layers that have them. */
export interface Experts {
  readonly count: number;
  /** How many of them compute each token. */
  readonly active: number;
  readonly intermediate: number;
  /** Experts that compute every token, beside the active ones. */
  readonly shared: number;
  /** Layers before the first one with experts. */
  readonly denseLayers: number;
}

/** A decoder as the planner computes with it, read from config.json. */
export interface Architecture {
  readonly type: string;
  readonly layers: number;
  readonly hidden: number;
  readonly vocabulary: number;
  readonly intermediate: number;
  /** 3 for gated feed-forward layers (gate, up, down), 2 without a gate. */
  readonly matrices: 2 | 3;
  readonly attention: Attention;
  readonly experts?: Experts;
  /** Layers that look back a limited number of tokens. */
  readonly window?: { readonly layers: number; readonly tokens: number };
  readonly isTied: boolean;
  /** Longest context the configuration allows, in tokens. */
  readonly longest: number;
  /** Parameters of a layer that no formula above gives: biases, norms, sinks. */
  readonly smallPerLayer: number;
  /** The same beside the layers: position embeddings, final norm, a vision tower. */
  readonly smallBeside: number;
  /** 16-bit type of the weights. */
  readonly dtype: 'bfloat16' | 'float16';
  /** How the published weights are quantized, when they are. */
  readonly published?: { readonly method: string; readonly group?: number };
}

/** Dimension of all query heads together. Pure. */
export const queryDim = (attention: Attention): number => (attention.kind === 'heads' ? attention.heads * attention.headDim : attention.heads * (attention.nopeDim + attention.ropeDim));

/** Layers with experts. Pure. */
export const expertLayers = ({ layers, experts }: Architecture): number => (experts ? layers - experts.denseLayers : 0);
