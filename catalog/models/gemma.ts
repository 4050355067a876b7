import type { ModelFacts } from './model-facts.ts';
import { mlcPresets, readOn } from './model-facts.ts';

/** Google's Gemma models. Their embeddings are tied, which is the default of their configuration class. */
export const gemmaModels: readonly ModelFacts[] = [
  {
    id: 'google/gemma-2-2b',
    same: ['google/gemma-2-2b-it'],
    config: {
      model_type: 'gemma2', torch_dtype: 'bfloat16', hidden_size: 2304, num_hidden_layers: 26, num_attention_heads: 8, num_key_value_heads: 4,
      head_dim: 256, intermediate_size: 9216, vocab_size: 256000, max_position_embeddings: 8192, tie_word_embeddings: true, attention_bias: false,
      sliding_window: 4096,
    },
    source: `${mlcPresets} "gemma2_2b"`, read: readOn,
  },
  {
    id: 'google/gemma-2-9b',
    same: ['google/gemma-2-9b-it'],
    config: {
      model_type: 'gemma2', torch_dtype: 'bfloat16', hidden_size: 3584, num_hidden_layers: 42, num_attention_heads: 16, num_key_value_heads: 8,
      head_dim: 256, intermediate_size: 14336, vocab_size: 256000, max_position_embeddings: 8192, tie_word_embeddings: true, attention_bias: false,
      sliding_window: 4096,
    },
    source: `${mlcPresets} "gemma2_9b"`, read: readOn,
  },
  {
    id: 'google/gemma-2-27b',
    same: ['google/gemma-2-27b-it'],
    config: {
      model_type: 'gemma2', torch_dtype: 'bfloat16', hidden_size: 4608, num_hidden_layers: 46, num_attention_heads: 32, num_key_value_heads: 16,
      head_dim: 128, intermediate_size: 36864, vocab_size: 256000, max_position_embeddings: 8192, tie_word_embeddings: true, attention_bias: false,
      sliding_window: 4096,
    },
    source: `${mlcPresets} "gemma2_27b"`, read: readOn,
  },
  {
    id: 'google/gemma-3-1b-it',
    same: ['google/gemma-3-1b-pt'],
    config: {
      model_type: 'gemma3_text', torch_dtype: 'bfloat16', hidden_size: 1152, num_hidden_layers: 26, num_attention_heads: 4, num_key_value_heads: 1,
      head_dim: 256, intermediate_size: 6912, vocab_size: 262144, max_position_embeddings: 32768, tie_word_embeddings: true, attention_bias: false,
      sliding_window: 512, sliding_window_pattern: 6,
    },
    source: `${mlcPresets} "gemma3_1b_it"`, read: readOn,
  },
  {
    id: 'google/gemma-3-4b-it',
    same: ['google/gemma-3-4b-pt'],
    config: {
      model_type: 'gemma3', torch_dtype: 'bfloat16', hidden_size: 2560, num_hidden_layers: 34, num_attention_heads: 8, num_key_value_heads: 4,
      head_dim: 256, intermediate_size: 10240, vocab_size: 262144, max_position_embeddings: 131072, tie_word_embeddings: true, sliding_window: 1024,
      sliding_window_pattern: 6,
      vision_config: { hidden_size: 1152, intermediate_size: 4304, num_hidden_layers: 27, num_channels: 3, image_size: 896, patch_size: 14 },
    },
    source: 'huggingface/transformers src/transformers/models/gemma3/convert_gemma3_weights.py @0d7e95d (one layer in six is global: google/gemma-3-1b-it config.json)', read: readOn,
  },
  {
    id: 'google/gemma-3-12b-it',
    same: ['google/gemma-3-12b-pt'],
    config: {
      model_type: 'gemma3', torch_dtype: 'bfloat16', hidden_size: 3840, num_hidden_layers: 48, num_attention_heads: 16, num_key_value_heads: 8,
      head_dim: 256, intermediate_size: 15360, vocab_size: 262144, max_position_embeddings: 131072, tie_word_embeddings: true, sliding_window: 1024,
      sliding_window_pattern: 6,
      vision_config: { hidden_size: 1152, intermediate_size: 4304, num_hidden_layers: 27, num_channels: 3, image_size: 896, patch_size: 14 },
    },
    source: 'huggingface/transformers src/transformers/models/gemma3/convert_gemma3_weights.py @0d7e95d (one layer in six is global: google/gemma-3-1b-it config.json)', read: readOn,
  },
  {
    id: 'google/gemma-3-27b-it',
    same: ['google/gemma-3-27b-pt'],
    config: {
      model_type: 'gemma3', torch_dtype: 'bfloat16', hidden_size: 5376, num_hidden_layers: 62, num_attention_heads: 32, num_key_value_heads: 16,
      head_dim: 128, intermediate_size: 21504, vocab_size: 262144, max_position_embeddings: 131072, tie_word_embeddings: true, sliding_window: 1024,
      sliding_window_pattern: 6,
      vision_config: { hidden_size: 1152, intermediate_size: 4304, num_hidden_layers: 27, num_channels: 3, image_size: 896, patch_size: 14 },
    },
    source: 'huggingface/transformers src/transformers/models/gemma3/convert_gemma3_weights.py @0d7e95d (one layer in six is global: google/gemma-3-1b-it config.json)', read: readOn,
  },
];
