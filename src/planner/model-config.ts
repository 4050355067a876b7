import { z } from 'zod';
import type { Span } from '../diag/diagnostic.ts';
import type { Diagnostic, Result } from '../diag/diagnostic.ts';
import { renameOrChoose } from '../diag/did-you-mean.ts';
import { problem } from '../diag/problem.ts';
import type { Architecture, Attention, Experts } from './architecture.ts';
import { smallOf, visionParameters } from './small-parameters.ts';

const count = z.int().positive();
const optional = count.nullish();

const vision = z.object({ hidden_size: count, intermediate_size: count, num_hidden_layers: count, image_size: count, patch_size: count, num_channels: count.default(3) });

/** What is read of config.json; other fields are left alone, because publishers add their own. */
const fields = z.object({
  model_type: z.string(),
  hidden_size: count, num_hidden_layers: count, num_attention_heads: count, vocab_size: count, max_position_embeddings: count,
  num_key_value_heads: optional, head_dim: optional, intermediate_size: optional, ffn_dim: optional,
  num_local_experts: optional, num_experts: optional, n_routed_experts: optional, num_experts_per_tok: optional, moe_intermediate_size: optional,
  decoder_sparse_step: optional, moe_layer_freq: optional, mlp_only_layers: z.array(z.int()).nullish(),
  n_shared_experts: z.int().min(0).nullish(), first_k_dense_replace: z.int().min(0).nullish(),
  q_lora_rank: optional, kv_lora_rank: optional, qk_nope_head_dim: optional, qk_rope_head_dim: optional, v_head_dim: optional,
  sliding_window: optional, use_sliding_window: z.boolean().nullish(), sliding_window_pattern: optional, layer_types: z.array(z.string()).nullish(),
  tie_word_embeddings: z.boolean().nullish(), torch_dtype: z.string().nullish(), dtype: z.string().nullish(),
  quantization_config: z.object({ quant_method: z.string(), group_size: z.int().nullish() }).nullish(),
  vision_config: vision.nullish(),
});
type Fields = z.infer<typeof fields>;

/** Where a field of config.json is written. */
export type PlaceOf = (path: readonly (string | number)[]) => Span;

const known = Object.keys(smallOf);
const latentFields = ['q_lora_rank', 'kv_lora_rank', 'qk_nope_head_dim', 'qk_rope_head_dim', 'v_head_dim'] as const;
const isLatent = (type: string): boolean => type === 'deepseek_v3' || type === 'kimi_k2';
const hasExperts = (type: string): boolean => ['mixtral', 'qwen3_moe', 'gpt_oss'].includes(type) || isLatent(type);

/** Fields that a type cannot do without, beyond those of the schema. */
const missing = (one: Fields): readonly string[] => {
  const needed: (readonly [string, unknown])[] = [[one.model_type === 'opt' ? 'ffn_dim' : 'intermediate_size', one.model_type === 'opt' ? one.ffn_dim : one.intermediate_size]];
  if (isLatent(one.model_type)) needed.push(...latentFields.map((name) => [name, one[name]] as const));
  if (hasExperts(one.model_type)) needed.push(['num_experts (or num_local_experts, n_routed_experts)', one.num_experts ?? one.num_local_experts ?? one.n_routed_experts], ['num_experts_per_tok', one.num_experts_per_tok]);
  if (one.model_type === 'qwen3_moe' || isLatent(one.model_type)) needed.push(['moe_intermediate_size', one.moe_intermediate_size]);
  return needed.filter(([, value]) => value === undefined || value === null).map(([name]) => name);
};

const attentionOf = (one: Fields): Attention => {
  const heads = one.num_attention_heads;
  if (isLatent(one.model_type))
    return { kind: 'latent', heads, qRank: one.q_lora_rank ?? 0, kvRank: one.kv_lora_rank ?? 0, nopeDim: one.qk_nope_head_dim ?? 0, ropeDim: one.qk_rope_head_dim ?? 0, valueDim: one.v_head_dim ?? 0 };
  return { kind: 'heads', heads, kvHeads: one.num_key_value_heads ?? heads, headDim: one.head_dim ?? one.hidden_size / heads };
};

const expertsOf = (one: Fields): Experts | undefined => hasExperts(one.model_type) ? {
  count: one.num_experts ?? one.num_local_experts ?? one.n_routed_experts ?? 0, active: one.num_experts_per_tok ?? 0,
  intermediate: one.moe_intermediate_size ?? one.intermediate_size ?? 0, shared: one.n_shared_experts ?? 0, denseLayers: one.first_k_dense_replace ?? 0,
} : undefined;

/** Layers that look back `sliding_window` tokens: listed, by a pattern, every other one (Gemma 2), or all. */
const windowOf = (one: Fields): Architecture['window'] => {
  const tokens = one.sliding_window ?? 0;
  if (tokens === 0 || one.use_sliding_window === false || tokens >= one.max_position_embeddings) return undefined;
  const layers = one.num_hidden_layers;
  if (one.layer_types) return { tokens, layers: one.layer_types.filter((name) => name.startsWith('sliding')).length };
  const pattern = one.sliding_window_pattern ?? (one.model_type === 'gemma2' ? 2 : undefined);
  return { tokens, layers: pattern === undefined ? layers : layers - Math.floor(layers / pattern) };
};

const architectureOf = (one: Fields, small: NonNullable<(typeof smallOf)[string]>): Architecture => {
  const attention = attentionOf(one);
  const experts = expertsOf(one);
  const window = windowOf(one);
  const intermediate = (one.model_type === 'opt' ? one.ffn_dim : one.intermediate_size) ?? 0;
  const { perLayer, beside } = small({
    hidden: one.hidden_size, layers: one.num_hidden_layers, intermediate, heads: attention.heads,
    kvHeads: attention.kind === 'heads' ? attention.kvHeads : 0, headDim: attention.kind === 'heads' ? attention.headDim : 0,
    experts: experts?.count ?? 0, expertIntermediate: experts?.intermediate ?? 0, qRank: one.q_lora_rank ?? 0, kvRank: one.kv_lora_rank ?? 0, positions: one.max_position_embeddings, hasVision: Boolean(one.vision_config),
  });
  const quantized = one.quantization_config;
  return {
    type: one.model_type, layers: one.num_hidden_layers, hidden: one.hidden_size, vocabulary: one.vocab_size, intermediate, matrices: one.model_type === 'opt' ? 2 : 3,
    attention, ...(experts ? { experts } : {}), ...(window ? { window } : {}), isTied: one.tie_word_embeddings ?? (one.model_type.startsWith('gemma') || one.model_type === 'opt'), longest: one.max_position_embeddings,
    smallPerLayer: perLayer, smallBeside: beside + (one.vision_config ? visionParameters(one.vision_config, one.hidden_size) : 0),
    dtype: (one.torch_dtype ?? one.dtype) === 'float16' ? 'float16' : 'bfloat16',
    ...(quantized ? { published: { method: quantized.quant_method, ...(quantized.group_size ? { group: quantized.group_size } : {}) } } : {}),
  };
};

const fieldProblem = (issue: z.core.$ZodIssue, value: unknown, at: PlaceOf): Diagnostic => {
  const name = issue.path.join('.');
  if (value === undefined) return problem('model/missing-field', at(issue.path as string[]), `"${name}" of config.json is missing.`, `Copy it from the model's config.json on the Hugging Face Hub into the file given with --config.`);
  return problem('model/wrong-field', at(issue.path as string[]), `"${name}" of config.json is ${JSON.stringify(value)}: ${issue.message}.`, `Correct it in the file given with --config; the model's own config.json is right.`);
};

const pick = (from: object, names: readonly string[]): object => Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));

/** Layers of experts that stand otherwise than in every layer from some layer on. */
const isIrregular = (one: Fields): boolean => (one.decoder_sparse_step ?? 1) !== 1 || (one.moe_layer_freq ?? 1) !== 1 || (one.mlp_only_layers ?? []).length > 0;

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown => path.reduce<unknown>((one, step) => (typeof one === 'object' && one !== null ? (one as Record<PropertyKey, unknown>)[step] : undefined), value);

/**
 * Reads config.json strictly: a field that the arithmetic needs and that is missing or impossible is a finding, and so is an architecture whose
 * matrices are not known. Multimodal files are read by their `text_config`. Pure.
 */
export const readModelConfig = (given: unknown, at: PlaceOf): Result<Architecture> => {
  const nested = typeof given === 'object' && given !== null && 'text_config' in given && !('hidden_size' in given);
  const parsed = fields.safeParse(nested ? { ...pick(given, ['torch_dtype', 'dtype', 'quantization_config']), ...(given.text_config as object), ...pick(given, ['vision_config']) } : given);
  const place: PlaceOf = (path) => at(nested ? ['text_config', ...path] : path);
  if (!parsed.success) return { diagnostics: parsed.error.issues.map((issue) => fieldProblem(issue, valueAt(nested ? given.text_config : given, issue.path), place)) };
  const one = parsed.data;
  const small = smallOf[one.model_type];
  if (!small) return { diagnostics: [problem('model/unknown-architecture', place(['model_type']), `The planner does not know the architecture "${one.model_type}".`, `${renameOrChoose(one.model_type, known, 20)} A new one needs its norms and biases in src/planner/small-parameters.ts.`)] };
  const absent = missing(one);
  if (absent.length > 0) return { diagnostics: absent.map((name) => problem('model/missing-field', place([]), `"${name}" of config.json is missing, which ${one.model_type} needs.`, `Copy it from the model's config.json on the Hugging Face Hub into the file given with --config.`)) };
  if (isIrregular(one)) return { diagnostics: [problem('model/unknown-architecture', place(['model_type']), `The layers of "${one.model_type}" have experts at other places than the planner knows (decoder_sparse_step, moe_layer_freq, mlp_only_layers).`, 'Plan it by a published model of the same size, or measure it.')] };
  if (attentionOf(one).kind === 'heads' && one.head_dim === undefined && one.hidden_size % one.num_attention_heads !== 0)
    return { diagnostics: [problem('model/wrong-field', place(['num_attention_heads']), `"num_attention_heads" is ${one.num_attention_heads}, which does not divide "hidden_size" ${one.hidden_size}.`, 'Give "head_dim" too, as the model\'s config.json does.')] };
  return { value: architectureOf(one, small), diagnostics: [] };
};
