import type { ModelFacts } from './model-facts.ts';
import { aiconfigurator, readOn } from './model-facts.ts';

/** Models with multi-head latent attention. Their multi-token prediction layer is not counted: engines load it only for speculative decoding. */
export const deepseekModels: readonly ModelFacts[] = [
  {
    id: 'deepseek-ai/DeepSeek-V3',
    same: ['deepseek-ai/DeepSeek-V3-0324'],
    config: {
      model_type: 'deepseek_v3', torch_dtype: 'bfloat16', hidden_size: 7168, num_hidden_layers: 61, num_attention_heads: 128, num_key_value_heads: 128,
      intermediate_size: 18432, vocab_size: 129280, max_position_embeddings: 163840, tie_word_embeddings: false, attention_bias: false,
      num_experts_per_tok: 8, moe_intermediate_size: 2048, n_routed_experts: 256, n_shared_experts: 1, first_k_dense_replace: 3, moe_layer_freq: 1,
      q_lora_rank: 1536, kv_lora_rank: 512, qk_nope_head_dim: 128, qk_rope_head_dim: 64, v_head_dim: 128,
      quantization_config: { activation_scheme: 'dynamic', fmt: 'e4m3', quant_method: 'fp8', weight_block_size: [128, 128] },
    },
    statedBillions: { total: 671, active: 37, source: 'DeepSeek-V3 technical report, arXiv 2412.19437, without the 14 B of the multi-token prediction module' },
    source: `${aiconfigurator} deepseek-ai--DeepSeek-V3_config.json`, read: readOn,
  },
  {
    id: 'deepseek-ai/DeepSeek-R1',
    same: ['deepseek-ai/DeepSeek-R1-0528'],
    config: {
      model_type: 'deepseek_v3', torch_dtype: 'bfloat16', hidden_size: 7168, num_hidden_layers: 61, num_attention_heads: 128, num_key_value_heads: 128,
      intermediate_size: 18432, vocab_size: 129280, max_position_embeddings: 163840, tie_word_embeddings: false, attention_bias: false,
      num_experts_per_tok: 8, moe_intermediate_size: 2048, n_routed_experts: 256, n_shared_experts: 1, first_k_dense_replace: 3, moe_layer_freq: 1,
      q_lora_rank: 1536, kv_lora_rank: 512, qk_nope_head_dim: 128, qk_rope_head_dim: 64, v_head_dim: 128,
      quantization_config: { activation_scheme: 'dynamic', fmt: 'e4m3', quant_method: 'fp8', weight_block_size: [128, 128] },
    },
    statedBillions: { total: 671, active: 37, source: 'DeepSeek-V3 technical report, arXiv 2412.19437, without the 14 B of the multi-token prediction module' },
    source: `${aiconfigurator} deepseek-ai--DeepSeek-R1_config.json`, read: readOn,
  },
  {
    id: 'moonshotai/Kimi-K2-Instruct',
    config: {
      model_type: 'kimi_k2', torch_dtype: 'bfloat16', hidden_size: 7168, num_hidden_layers: 61, num_attention_heads: 64, num_key_value_heads: 64,
      intermediate_size: 18432, vocab_size: 163840, max_position_embeddings: 131072, tie_word_embeddings: false, attention_bias: false,
      num_experts_per_tok: 8, moe_intermediate_size: 2048, n_routed_experts: 384, n_shared_experts: 1, first_k_dense_replace: 1, moe_layer_freq: 1,
      q_lora_rank: 1536, kv_lora_rank: 512, qk_nope_head_dim: 128, qk_rope_head_dim: 64, v_head_dim: 128,
      quantization_config: { activation_scheme: 'dynamic', fmt: 'e4m3', quant_method: 'fp8', weight_block_size: [128, 128] },
    },
    source: `${aiconfigurator} moonshotai--Kimi-K2-Instruct_config.json`, read: readOn,
  },
];
