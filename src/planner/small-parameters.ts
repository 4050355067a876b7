/** Fields that count small parameters, as `model-config.ts` has read them. */
export interface SmallFields {
  readonly hidden: number;
  readonly layers: number;
  readonly intermediate: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly experts: number;
  readonly expertIntermediate: number;
  readonly qRank: number;
  readonly kvRank: number;
  readonly positions: number;
  readonly hasVision: boolean;
}

interface Small {
  readonly perLayer: number;
  readonly beside: number;
}

const norms = ({ hidden }: SmallFields, perLayer = 2): Small => ({ perLayer: perLayer * hidden, beside: hidden });
const headNorms = (fields: SmallFields, perLayer = 2): Small => ({ perLayer: perLayer * fields.hidden + 2 * fields.headDim, beside: fields.hidden });

/**
 * Parameters beside the matrices, by `model_type`: which norms, biases and sinks each architecture has. A type that is not here is not planned,
 * because its matrices are not known either. Source: modeling_<type>.py of huggingface/transformers, as the parameter counts of the models confirm.
 */
export const smallOf: Readonly<Record<string, (fields: SmallFields) => Small>> = {
  llama: norms,
  mistral: norms,
  mixtral: norms,
  phi3: norms,
  qwen2: (f) => ({ perLayer: 2 * f.hidden + (f.heads + 2 * f.kvHeads) * f.headDim, beside: f.hidden }),
  qwen3: headNorms,
  qwen3_moe: headNorms,
  gemma2: (f) => norms(f, 4),
  gemma3_text: (f) => headNorms(f, 4),
  gemma3: (f) => headNorms(f, 4),
  deepseek_v3: (f) => ({ perLayer: 2 * f.hidden + f.qRank + f.kvRank, beside: f.hidden }),
  kimi_k2: (f) => ({ perLayer: 2 * f.hidden + f.qRank + f.kvRank, beside: f.hidden }),
  gpt_oss: (f) => ({
    // Norms; biases of query, key, value and output; sinks; biases of the router and of each expert.
    perLayer: 2 * f.hidden + (f.heads + 2 * f.kvHeads) * f.headDim + f.hidden + f.heads + f.experts + f.experts * (2 * f.expertIntermediate + f.hidden),
    beside: f.hidden,
  }),
  // Two norms with bias, four biases of attention, two of the feed-forward part; positions have an offset of two.
  opt: (f) => ({ perLayer: 4 * f.hidden + 4 * f.hidden + f.intermediate + f.hidden, beside: 2 * f.hidden + (f.positions + 2) * f.hidden }),
};

/** Parameters of a SigLIP vision tower and its projection into the text model. Pure. */
export const visionParameters = (vision: { readonly hidden_size: number; readonly intermediate_size: number; readonly num_hidden_layers: number; readonly image_size: number; readonly patch_size: number; readonly num_channels: number }, textHidden: number): number => {
  const { hidden_size: h, intermediate_size: i, num_hidden_layers: layers, image_size, patch_size, num_channels } = vision;
  const block = 4 * (h * h + h) + 2 * h * i + i + h + 4 * h;
  const patches = (image_size / patch_size) ** 2;
  return layers * block + num_channels * patch_size ** 2 * h + h + patches * h + 2 * h + h + h * textHidden;
};
