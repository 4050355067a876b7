import type { ModelFacts } from './model-facts.ts';
import { mlcPresets, readOn } from './model-facts.ts';

/** Microsoft's Phi models. */
export const phiModels: readonly ModelFacts[] = [
  {
    id: 'microsoft/Phi-3-mini-4k-instruct',
    config: {
      model_type: 'phi3', torch_dtype: 'bfloat16', hidden_size: 3072, num_hidden_layers: 32, num_attention_heads: 32, num_key_value_heads: 32,
      intermediate_size: 8192, vocab_size: 32064, max_position_embeddings: 4096, tie_word_embeddings: false, sliding_window: 2047,
    },
    source: 'huggingface.co mcding/CorrectDPO-Model-DPO_Pm3B_U0_beta0.10 config.json @9cce62b, a copy', read: readOn,
  },
  {
    id: 'microsoft/Phi-3.5-mini-instruct',
    config: {
      model_type: 'phi3', torch_dtype: 'bfloat16', hidden_size: 3072, num_hidden_layers: 32, num_attention_heads: 32, num_key_value_heads: 32,
      intermediate_size: 8192, vocab_size: 32064, max_position_embeddings: 131072, tie_word_embeddings: false, attention_bias: false,
      sliding_window: 262144,
    },
    source: `${mlcPresets} "phi-3_5"`, read: readOn,
  },
  {
    id: 'microsoft/phi-4',
    config: {
      model_type: 'phi3', torch_dtype: 'bfloat16', hidden_size: 5120, num_hidden_layers: 40, num_attention_heads: 40, num_key_value_heads: 10,
      intermediate_size: 17920, vocab_size: 100352, max_position_embeddings: 16384, tie_word_embeddings: false,
    },
    source: 'huggingface.co microsoft/phi-4 config.json @refs/pr/10', read: readOn,
  },
  {
    id: 'microsoft/Phi-4-mini-instruct',
    config: {
      model_type: 'phi3', torch_dtype: 'bfloat16', hidden_size: 3072, num_hidden_layers: 32, num_attention_heads: 24, num_key_value_heads: 8,
      intermediate_size: 8192, vocab_size: 200064, max_position_embeddings: 131072, tie_word_embeddings: true, attention_bias: false,
      sliding_window: 262144,
    },
    source: `${mlcPresets} "phi-4"`, read: readOn,
  },
];
