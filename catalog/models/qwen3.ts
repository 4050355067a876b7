import type { ModelFacts } from './model-facts.ts';
import { aiconfigurator, readOn } from './model-facts.ts';

/** Qwen3, dense and mixture of experts. */
export const qwen3Models: readonly ModelFacts[] = [
  {
    id: 'Qwen/Qwen3-0.6B',
    config: {
      model_type: 'qwen3', torch_dtype: 'bfloat16', hidden_size: 1024, num_hidden_layers: 28, num_attention_heads: 16, num_key_value_heads: 8,
      head_dim: 128, intermediate_size: 3072, vocab_size: 151936, max_position_embeddings: 40960, tie_word_embeddings: true, attention_bias: false,
      use_sliding_window: false,
    },
    source: `${aiconfigurator} Qwen--Qwen3-0.6B_config.json`, read: readOn,
  },
  {
    id: 'Qwen/Qwen3-1.7B',
    config: {
      model_type: 'qwen3', torch_dtype: 'bfloat16', hidden_size: 2048, num_hidden_layers: 28, num_attention_heads: 16, num_key_value_heads: 8,
      head_dim: 128, intermediate_size: 6144, vocab_size: 151936, max_position_embeddings: 40960, tie_word_embeddings: true, attention_bias: false,
      use_sliding_window: false,
    },
    source: `${aiconfigurator} Qwen--Qwen3-1.7B_config.json`, read: readOn,
  },
  {
    id: 'Qwen/Qwen3-8B',
    config: {
      model_type: 'qwen3', torch_dtype: 'bfloat16', hidden_size: 4096, num_hidden_layers: 36, num_attention_heads: 32, num_key_value_heads: 8,
      head_dim: 128, intermediate_size: 12288, vocab_size: 151936, max_position_embeddings: 40960, tie_word_embeddings: false, attention_bias: false,
      use_sliding_window: false,
    },
    source: `${aiconfigurator} Qwen--Qwen3-8B_config.json`, read: readOn,
  },
  {
    id: 'Qwen/Qwen3-32B',
    config: {
      model_type: 'qwen3', torch_dtype: 'bfloat16', hidden_size: 5120, num_hidden_layers: 64, num_attention_heads: 64, num_key_value_heads: 8,
      head_dim: 128, intermediate_size: 25600, vocab_size: 151936, max_position_embeddings: 40960, tie_word_embeddings: false, attention_bias: false,
      use_sliding_window: false,
    },
    source: `${aiconfigurator} Qwen--Qwen3-32B_config.json`, read: readOn,
  },
  {
    id: 'Qwen/Qwen3-30B-A3B',
    config: {
      model_type: 'qwen3_moe', torch_dtype: 'bfloat16', hidden_size: 2048, num_hidden_layers: 48, num_attention_heads: 32, num_key_value_heads: 4,
      head_dim: 128, intermediate_size: 6144, vocab_size: 151936, max_position_embeddings: 40960, tie_word_embeddings: false, attention_bias: false,
      num_experts: 128, num_experts_per_tok: 8, moe_intermediate_size: 768, decoder_sparse_step: 1, mlp_only_layers: [], use_sliding_window: false,
    },
    source: `${aiconfigurator} Qwen--Qwen3-30B-A3B_config.json`, read: readOn,
  },
  {
    id: 'Qwen/Qwen3-235B-A22B',
    config: {
      model_type: 'qwen3_moe', torch_dtype: 'bfloat16', hidden_size: 4096, num_hidden_layers: 94, num_attention_heads: 64, num_key_value_heads: 4,
      head_dim: 128, intermediate_size: 12288, vocab_size: 151936, max_position_embeddings: 40960, tie_word_embeddings: false, attention_bias: false,
      num_experts: 128, num_experts_per_tok: 8, moe_intermediate_size: 1536, decoder_sparse_step: 1, mlp_only_layers: [], use_sliding_window: false,
    },
    source: `${aiconfigurator} Qwen--Qwen3-235B-A22B_config.json`, read: readOn,
  },
  {
    id: 'Qwen/Qwen3-Coder-480B-A35B-Instruct',
    config: {
      model_type: 'qwen3_moe', torch_dtype: 'bfloat16', hidden_size: 6144, num_hidden_layers: 62, num_attention_heads: 96, num_key_value_heads: 8,
      head_dim: 128, intermediate_size: 8192, vocab_size: 151936, max_position_embeddings: 262144, tie_word_embeddings: false, num_experts: 160,
      num_experts_per_tok: 8, moe_intermediate_size: 2560, decoder_sparse_step: 1, mlp_only_layers: [], use_sliding_window: false,
    },
    source: `${aiconfigurator} Qwen--Qwen3-Coder-480B-A35B-Instruct_config.json`, read: readOn,
  },
];
