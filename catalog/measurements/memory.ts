/** A published figure of memory. */
export interface MemoryRow {
  /** Model of the catalogue with the same shape. */
  readonly model: string;
  readonly quantization: 'none' | 'fp8' | 'awq' | 'gptq' | 'mxfp4';
  /** What was measured: weights alone, weights with the cache of one sequence, the cache of one token, or what is left for the cache. */
  readonly what:
    | { readonly kind: 'weights' }
    | { readonly kind: 'weights and cache'; readonly tokens: number }
    | { readonly kind: 'cache of a token' }
    | { readonly kind: 'room for cache'; readonly accelerator: string; readonly memoryMib: number; readonly utilization: number; readonly batchedTokens: number; readonly sequences: number };
  readonly bytes: number;
  readonly source: string;
}

const gib = 2 ** 30;
const mib = 2 ** 20;

const qwen25 = 'QwenLM/Qwen2.5 docs/source/benchmark/speed_benchmark.rst @a912d23: Transformers, one prompt token, 2,048 generated';
const qwen3 = 'QwenLM/Qwen2.5 docs/source/getting_started/speed_benchmark.md @77fb0c1: Transformers, one prompt token, 2,048 generated';
const isca = 'DeepSeek, "Insights into DeepSeek-V3", ISCA 2025, table 1, arXiv 2505.09343';
const card = 'gpt-oss model card, table 1, arXiv 2508.10925';
const eks = 'awslabs/ai-on-eks website/docs/ai/inference/GPUs/ray-vllm-deepseek.md @41a979e: vLLM log on g5.4xlarge';
const phi = 'public vLLM log of a fine-tuned Phi-4-mini on A100 40GB, 2025-08-06: 13,618 blocks of 16 tokens in 26.60 GiB';

const afterTokens = (model: string, quantization: MemoryRow['quantization'], bytes: number, source: string): MemoryRow => ({ model, quantization, what: { kind: 'weights and cache', tokens: 2049 }, bytes, source });

/** GiB of Qwen2.5 in BF16, GPTQ-Int4 and AWQ. */
const qwen25Rows = ([['7B', 14.38, 5.52, 5.39], ['14B', 28.08, 9.94, 9.79], ['32B', 61.58, 18.94, 18.67], ['72B', 136.2, 39.91, 39.44]] as const).flatMap(([size, bf16, gptq, awq]) =>
  ([['none', bf16], ['gptq', gptq], ['awq', awq]] as const).map(([quantization, value]) => afterTokens(`Qwen/Qwen2.5-${size}`, quantization, value * gib, qwen25)));

/** Published memory: every figure that was found whose conditions say what it holds. */
export const memoryRows: readonly MemoryRow[] = [
  { model: 'meta-llama/Llama-3.1-8B', quantization: 'none', what: { kind: 'weights' }, bytes: 14.99 * gib, source: eks },
  { model: 'meta-llama/Llama-3.1-8B', quantization: 'none', what: { kind: 'room for cache', accelerator: 'A10G', memoryMib: 22_888, utilization: 0.9, batchedTokens: 8192, sequences: 256 }, bytes: 4.17 * gib, source: `${eks}, 8,192 tokens` },
  { model: 'microsoft/Phi-4-mini-instruct', quantization: 'none', what: { kind: 'weights' }, bytes: 7.1694 * gib, source: phi },
  { model: 'microsoft/Phi-4-mini-instruct', quantization: 'none', what: { kind: 'cache of a token' }, bytes: (26.6 * gib) / (13_618 * 16), source: phi },
  { model: 'openai/gpt-oss-20b', quantization: 'mxfp4', what: { kind: 'weights' }, bytes: 12.8 * gib, source: card },
  { model: 'openai/gpt-oss-120b', quantization: 'mxfp4', what: { kind: 'weights' }, bytes: 60.8 * gib, source: card },
  { model: 'deepseek-ai/DeepSeek-V3', quantization: 'fp8', what: { kind: 'cache of a token' }, bytes: 70_272, source: isca },
  { model: 'Qwen/Qwen2.5-72B', quantization: 'none', what: { kind: 'cache of a token' }, bytes: 327_680, source: isca },
  { model: 'meta-llama/Llama-3.1-405B', quantization: 'none', what: { kind: 'cache of a token' }, bytes: 516_096, source: isca },
  { model: 'facebook/opt-13b', quantization: 'none', what: { kind: 'cache of a token' }, bytes: 800 * 1024, source: 'Kwon et al., "Efficient Memory Management for Large Language Model Serving with PagedAttention", section 3, arXiv 2309.06180' },
  ...qwen25Rows,
  afterTokens('Qwen/Qwen3-8B', 'none', 15_947 * mib, qwen3),
  afterTokens('Qwen/Qwen3-8B', 'fp8', 9323 * mib, qwen3),
  afterTokens('Qwen/Qwen3-8B', 'awq', 6177 * mib, qwen3),
];
