import type { ModelFacts } from './model-facts.ts';
import { readOn } from './model-facts.ts';

/** Meta's OPT models, small ones for trying things out. */
export const optModels: readonly ModelFacts[] = [
  {
    id: 'facebook/opt-1.3b',
    config: {
      model_type: 'opt', torch_dtype: 'float16', hidden_size: 2048, num_hidden_layers: 24, num_attention_heads: 32, vocab_size: 50272,
      max_position_embeddings: 2048, tie_word_embeddings: true, ffn_dim: 8192,
    },
    source: 'cli99/llm-analysis llm_analysis/model_configs/facebook_opt-1.3b.json @d841e40, its fields under the names of config.json', read: readOn,
  },
  {
    id: 'facebook/opt-13b',
    config: {
      model_type: 'opt', torch_dtype: 'float16', hidden_size: 5120, num_hidden_layers: 40, num_attention_heads: 40, vocab_size: 50272,
      max_position_embeddings: 2048, tie_word_embeddings: true, ffn_dim: 20480,
    },
    source: 'cli99/llm-analysis llm_analysis/model_configs/facebook_opt-13b.json @d841e40, its fields under the names of config.json', read: readOn,
  },
];
