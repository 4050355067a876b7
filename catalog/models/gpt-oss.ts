import type { ModelFacts } from './model-facts.ts';
import { aiconfigurator, readOn } from './model-facts.ts';

/** OpenAI's gpt-oss models, published with their experts in MXFP4. */
export const gptOssModels: readonly ModelFacts[] = [
  {
    id: 'openai/gpt-oss-20b',
    config: {
      model_type: 'gpt_oss', torch_dtype: 'bfloat16', hidden_size: 2880, num_hidden_layers: 24, num_attention_heads: 64, num_key_value_heads: 8,
      head_dim: 64, intermediate_size: 2880, vocab_size: 201088, max_position_embeddings: 131072, tie_word_embeddings: false, attention_bias: true,
      num_local_experts: 32, num_experts_per_tok: 4, sliding_window: 128,
      layer_types: Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? 'sliding_attention' : 'full_attention')),
      quantization_config: { modules_to_not_convert: ['model.layers.*.self_attn', 'model.layers.*.mlp.router', 'model.embed_tokens', 'lm_head'], quant_method: 'mxfp4' },
    },
    statedBillions: { total: 20.91, active: 3.61, source: 'gpt-oss model card, table 1, arXiv 2508.10925' },
    source: `${aiconfigurator} openai--gpt-oss-20b_config.json`, read: readOn,
  },
  {
    id: 'openai/gpt-oss-120b',
    config: {
      model_type: 'gpt_oss', torch_dtype: 'bfloat16', hidden_size: 2880, num_hidden_layers: 36, num_attention_heads: 64, num_key_value_heads: 8,
      head_dim: 64, intermediate_size: 2880, vocab_size: 201088, max_position_embeddings: 131072, tie_word_embeddings: false, attention_bias: true,
      num_local_experts: 128, num_experts_per_tok: 4, sliding_window: 128,
      layer_types: Array.from({ length: 36 }, (_, i) => (i % 2 === 0 ? 'sliding_attention' : 'full_attention')),
      quantization_config: { modules_to_not_convert: ['model.layers.*.self_attn', 'model.layers.*.mlp.router', 'model.embed_tokens', 'lm_head'], quant_method: 'mxfp4' },
    },
    statedBillions: { total: 116.83, active: 5.13, source: 'gpt-oss model card, table 1, arXiv 2508.10925' },
    source: `${aiconfigurator} openai--gpt-oss-120b_config.json`, read: readOn,
  },
];
