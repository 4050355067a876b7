import type { ModelFacts } from './model-facts.ts';
import { mlcPresets, readOn } from './model-facts.ts';

/** Qwen2.5. Contexts above 32,768 need YaRN, which the published config.json leaves off. */
export const qwen25Models: readonly ModelFacts[] = [
  {
    id: 'Qwen/Qwen2.5-3B',
    same: ['Qwen/Qwen2.5-3B-Instruct'],
    config: {
      model_type: 'qwen2', torch_dtype: 'bfloat16', hidden_size: 2048, num_hidden_layers: 36, num_attention_heads: 16, num_key_value_heads: 2,
      intermediate_size: 11008, vocab_size: 151936, max_position_embeddings: 32768, tie_word_embeddings: true, sliding_window: 32768,
      use_sliding_window: false,
    },
    source: `${mlcPresets} "qwen2.5_3b"`, read: readOn,
  },
  {
    id: 'Qwen/Qwen2.5-7B',
    same: ['Qwen/Qwen2.5-7B-Instruct'],
    config: {
      model_type: 'qwen2', torch_dtype: 'bfloat16', hidden_size: 3584, num_hidden_layers: 28, num_attention_heads: 28, num_key_value_heads: 4,
      intermediate_size: 18944, vocab_size: 152064, max_position_embeddings: 32768, tie_word_embeddings: false, use_sliding_window: false,
    },
    source: 'huggingface.co osllmai-community/Qwen2.5-7B-Instruct config.json @8567e5c, a copy', read: readOn,
  },
  {
    id: 'Qwen/Qwen2.5-14B',
    same: ['Qwen/Qwen2.5-14B-Instruct'],
    config: {
      model_type: 'qwen2', torch_dtype: 'bfloat16', hidden_size: 5120, num_hidden_layers: 48, num_attention_heads: 40, num_key_value_heads: 8,
      intermediate_size: 13824, vocab_size: 152064, max_position_embeddings: 32768, tie_word_embeddings: false, use_sliding_window: false,
    },
    source: 'huggingface.co osllmai-community/Qwen2.5-14B-Instruct config.json @c82c355, a copy', read: readOn,
  },
  {
    id: 'Qwen/Qwen2.5-32B',
    same: ['Qwen/Qwen2.5-32B-Instruct'],
    config: {
      model_type: 'qwen2', torch_dtype: 'bfloat16', hidden_size: 5120, num_hidden_layers: 64, num_attention_heads: 40, num_key_value_heads: 8,
      intermediate_size: 27648, vocab_size: 152064, max_position_embeddings: 32768, tie_word_embeddings: false, use_sliding_window: false,
    },
    source: 'huggingface.co Qwen/Qwen2.5-32B config.json @main and ehristoforu/qwen2.5-test-32b-it @6bcc8f1', read: readOn,
  },
  {
    id: 'Qwen/Qwen2.5-72B',
    same: ['Qwen/Qwen2.5-72B-Instruct'],
    config: {
      model_type: 'qwen2', torch_dtype: 'bfloat16', hidden_size: 8192, num_hidden_layers: 80, num_attention_heads: 64, num_key_value_heads: 8,
      intermediate_size: 29568, vocab_size: 152064, max_position_embeddings: 32768, tie_word_embeddings: false, use_sliding_window: false,
    },
    source: 'huggingface.co gghfez/UwU-72B-Preview config.json @06bbb68, a copy of Qwen2.5-72B-Instruct', read: readOn,
  },
];
