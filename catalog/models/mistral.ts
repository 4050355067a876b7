import type { ModelFacts } from './model-facts.ts';
import { aiconfigurator, mlcPresets, readOn } from './model-facts.ts';

/** Mistral's models. */
export const mistralModels: readonly ModelFacts[] = [
  {
    id: 'mistralai/Mistral-7B-v0.1',
    same: ['mistralai/Mistral-7B-Instruct-v0.1'],
    config: {
      model_type: 'mistral', torch_dtype: 'bfloat16', hidden_size: 4096, num_hidden_layers: 32, num_attention_heads: 32, num_key_value_heads: 8,
      intermediate_size: 14336, vocab_size: 32000, max_position_embeddings: 32768, tie_word_embeddings: false, sliding_window: 4096,
    },
    source: `${mlcPresets} "mistral_7b"`, read: readOn,
  },
  {
    id: 'mistralai/Mistral-7B-v0.3',
    same: ['mistralai/Mistral-7B-Instruct-v0.3'],
    config: {
      model_type: 'mistral', torch_dtype: 'bfloat16', hidden_size: 4096, num_hidden_layers: 32, num_attention_heads: 32, num_key_value_heads: 8,
      intermediate_size: 14336, vocab_size: 32768, max_position_embeddings: 32768, tie_word_embeddings: false,
    },
    source: `${mlcPresets} "mistral_7b_v03"`, read: readOn,
  },
  {
    id: 'mistralai/Mixtral-8x7B-v0.1',
    same: ['mistralai/Mixtral-8x7B-Instruct-v0.1'],
    config: {
      model_type: 'mixtral', torch_dtype: 'bfloat16', hidden_size: 4096, num_hidden_layers: 32, num_attention_heads: 32, num_key_value_heads: 8,
      intermediate_size: 14336, vocab_size: 32000, max_position_embeddings: 32768, tie_word_embeddings: false, num_local_experts: 8,
      num_experts_per_tok: 2,
    },
    source: `${aiconfigurator} mistralai--Mixtral-8x7B-v0.1_config.json`, read: readOn,
  },
  {
    id: 'mistralai/Mixtral-8x22B-v0.1',
    same: ['mistralai/Mixtral-8x22B-Instruct-v0.1'],
    config: {
      model_type: 'mixtral', torch_dtype: 'bfloat16', hidden_size: 6144, num_hidden_layers: 56, num_attention_heads: 48, num_key_value_heads: 8,
      intermediate_size: 16384, vocab_size: 32000, max_position_embeddings: 65536, tie_word_embeddings: false, num_local_experts: 8,
      num_experts_per_tok: 2,
    },
    source: `${aiconfigurator} mistralai--Mixtral-8x22B-v0.1_config.json`, read: readOn,
  },
];
