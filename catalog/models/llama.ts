import type { ModelFacts } from './model-facts.ts';
import { aiconfigurator, mlcPresets, readOn } from './model-facts.ts';

/** Meta's Llama models. */
export const llamaModels: readonly ModelFacts[] = [
  {
    id: 'meta-llama/Llama-2-7b-hf',
    same: ['meta-llama/Llama-2-7b-chat-hf'],
    config: {
      model_type: 'llama', torch_dtype: 'float16', hidden_size: 4096, num_hidden_layers: 32, num_attention_heads: 32, num_key_value_heads: 32,
      intermediate_size: 11008, vocab_size: 32000, max_position_embeddings: 4096, tie_word_embeddings: false,
    },
    source: `${mlcPresets} "llama2_7b"; context of 4,096: Llama 2 paper, arXiv 2307.09288`, read: readOn,
  },
  {
    id: 'meta-llama/Llama-2-13b-hf',
    same: ['meta-llama/Llama-2-13b-chat-hf'],
    config: {
      model_type: 'llama', torch_dtype: 'float16', hidden_size: 5120, num_hidden_layers: 40, num_attention_heads: 40, num_key_value_heads: 40,
      intermediate_size: 13824, vocab_size: 32000, max_position_embeddings: 4096, tie_word_embeddings: false,
    },
    source: `${mlcPresets} "llama2_13b"; context of 4,096: Llama 2 paper, arXiv 2307.09288`, read: readOn,
  },
  {
    id: 'meta-llama/Llama-3.1-8B',
    same: ['meta-llama/Llama-3.1-8B-Instruct', 'meta-llama/Meta-Llama-3.1-8B-Instruct', 'deepseek-ai/DeepSeek-R1-Distill-Llama-8B'],
    config: {
      model_type: 'llama', torch_dtype: 'bfloat16', hidden_size: 4096, num_hidden_layers: 32, num_attention_heads: 32, num_key_value_heads: 8,
      intermediate_size: 14336, vocab_size: 128256, max_position_embeddings: 131072, tie_word_embeddings: false, attention_bias: false,
    },
    source: `${aiconfigurator} meta-llama--Meta-Llama-3.1-8B_config.json`, read: readOn,
  },
  {
    id: 'meta-llama/Llama-3.1-70B',
    same: ['meta-llama/Llama-3.1-70B-Instruct', 'meta-llama/Llama-3.3-70B-Instruct'],
    config: {
      model_type: 'llama', torch_dtype: 'bfloat16', hidden_size: 8192, num_hidden_layers: 80, num_attention_heads: 64, num_key_value_heads: 8,
      intermediate_size: 28672, vocab_size: 128256, max_position_embeddings: 131072, tie_word_embeddings: false, attention_bias: false,
    },
    source: `${aiconfigurator} meta-llama--Meta-Llama-3.1-70B_config.json`, read: readOn,
  },
  {
    id: 'meta-llama/Llama-3.1-405B',
    same: ['meta-llama/Llama-3.1-405B-Instruct'],
    config: {
      model_type: 'llama', torch_dtype: 'bfloat16', hidden_size: 16384, num_hidden_layers: 126, num_attention_heads: 128, num_key_value_heads: 8,
      intermediate_size: 53248, vocab_size: 128256, max_position_embeddings: 131072, tie_word_embeddings: false, attention_bias: false,
    },
    source: `${aiconfigurator} meta-llama--Meta-Llama-3.1-405B_config.json`, read: readOn,
  },
  {
    id: 'meta-llama/Llama-3.2-1B',
    same: ['meta-llama/Llama-3.2-1B-Instruct'],
    config: {
      model_type: 'llama', torch_dtype: 'bfloat16', hidden_size: 2048, num_hidden_layers: 16, num_attention_heads: 32, num_key_value_heads: 8,
      head_dim: 64, intermediate_size: 8192, vocab_size: 128256, max_position_embeddings: 131072, tie_word_embeddings: true, attention_bias: false,
    },
    source: `${mlcPresets} "llama3_2_1b"`, read: readOn,
  },
  {
    id: 'meta-llama/Llama-3.2-3B',
    same: ['meta-llama/Llama-3.2-3B-Instruct'],
    config: {
      model_type: 'llama', torch_dtype: 'bfloat16', hidden_size: 3072, num_hidden_layers: 28, num_attention_heads: 24, num_key_value_heads: 8,
      head_dim: 128, intermediate_size: 8192, vocab_size: 128256, max_position_embeddings: 131072, tie_word_embeddings: true, attention_bias: false,
    },
    source: `${mlcPresets} "llama3_2_3b"`, read: readOn,
  },
];
