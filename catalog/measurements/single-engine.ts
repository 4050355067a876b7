import type { ThroughputRow } from './throughput-row.ts';

const qwen = 'QwenLM/Qwen2.5 docs/source/benchmark/speed_benchmark.rst @a912d23: vLLM 0.6.3, one request, 2,048 tokens generated';
const l4 = 'model cards of github.com/ish-codes-magic/bytes-per-token @e09097751a: vLLM 0.30, batch 1; lengths are not stated, 256 and 256 assumed, which changes the prediction by less than 2 %';
const lmdeploy = 'InternLM/lmdeploy docs/en/benchmark/a100_fp16.md @1263d5c: LMDeploy 0.2.0, static batches';
const eks = 'awslabs/ai-on-eks website/docs/ai/inference/GPUs';
const sweep = 'johnmusgrave.com/p/vllm-throughput-latency-sweep-on: vLLM 0.23, 1,024 and 128 tokens';

type Run = Pick<ThroughputRow, 'model' | 'concurrency' | 'tokensPerS' | 'prompt' | 'answer' | 'source'> & Partial<ThroughputRow>;
const on = (accelerator: string, memoryMib: number, rows: readonly Run[]): readonly ThroughputRow[] => rows.map((row) => ({ accelerator, memoryMib, tensor: 1, quantization: 'none', kvType: 'auto', ...row }));

const a100 = 81_920;

/** Runs with a stated number of requests at once. */
export const singleEngineRows: readonly ThroughputRow[] = [
  ...on('A10G', 22_888, [
    { model: 'meta-llama/Llama-3.1-8B', prompt: 200, answer: 112, concurrency: 10, tokensPerS: 284.64, source: `${eks}/nvidia-nim-llama3.md @41a979e: NVIDIA NIM, Llama 3 8B on g5` },
    { model: 'meta-llama/Llama-3.1-8B', prompt: 10, answer: 349, concurrency: 1, tokensPerS: 29, source: `${eks}/ray-vllm-deepseek.md @41a979e: vLLM, DeepSeek-R1-Distill-Llama-8B on g5.4xlarge, "about 29 tokens/s"` },
  ]),
  ...on('L4', 22_888, [
    { model: 'Qwen/Qwen3-0.6B', prompt: 256, answer: 256, concurrency: 1, tokensPerS: 170, source: l4 },
    { model: 'Qwen/Qwen3-0.6B', prompt: 256, answer: 256, concurrency: 1, tokensPerS: 221, quantization: 'fp8', source: l4 },
    { model: 'Qwen/Qwen3-1.7B', prompt: 256, answer: 256, concurrency: 1, tokensPerS: 68, source: l4 },
    { model: 'Qwen/Qwen3-1.7B', prompt: 256, answer: 256, concurrency: 1, tokensPerS: 147, quantization: 'awq', source: l4 },
  ]),
  ...on('A100', 40_960, [
    { model: 'meta-llama/Llama-3.1-8B', prompt: 1024, answer: 128, concurrency: 1, tokensPerS: 75, source: sweep },
    { model: 'meta-llama/Llama-3.1-8B', prompt: 1024, answer: 128, concurrency: 8, tokensPerS: 495, source: `${sweep}; "a 6.6x gain" over 75` },
  ]),
  ...on('A100', a100, [
    { model: 'Qwen/Qwen2.5-7B', prompt: 1, answer: 2048, concurrency: 1, tokensPerS: 84.28, source: qwen },
    { model: 'Qwen/Qwen2.5-7B', prompt: 1, answer: 2048, concurrency: 1, tokensPerS: 154.05, quantization: 'gptq', source: qwen },
    { model: 'Qwen/Qwen2.5-7B', prompt: 1, answer: 2048, concurrency: 1, tokensPerS: 148.1, quantization: 'awq', source: qwen },
    { model: 'Qwen/Qwen2.5-14B', prompt: 1, answer: 2048, concurrency: 1, tokensPerS: 46.3, source: qwen },
    { model: 'Qwen/Qwen2.5-14B', prompt: 1, answer: 2048, concurrency: 1, tokensPerS: 98.02, quantization: 'gptq', source: qwen },
    { model: 'Qwen/Qwen2.5-32B', prompt: 1, answer: 2048, concurrency: 1, tokensPerS: 22.13, source: qwen },
    { model: 'Qwen/Qwen2.5-32B', prompt: 1, answer: 2048, concurrency: 1, tokensPerS: 55.83, quantization: 'gptq', source: qwen },
    { model: 'Qwen/Qwen2.5-72B', prompt: 1, answer: 2048, concurrency: 1, tensor: 2, tokensPerS: 18.19, source: qwen },
    { model: 'Qwen/Qwen2.5-72B', prompt: 1, answer: 2048, concurrency: 1, tensor: 4, tokensPerS: 31.37, source: qwen },
    { model: 'Qwen/Qwen2.5-72B', prompt: 1, answer: 2048, concurrency: 1, tensor: 1, tokensPerS: 16.47, quantization: 'gptq', source: qwen },
    { model: 'Qwen/Qwen2.5-72B', prompt: 1, answer: 2048, concurrency: 1, tensor: 2, tokensPerS: 46.3, quantization: 'gptq', source: qwen },
    { model: 'meta-llama/Llama-2-7b-hf', prompt: 128, answer: 2048, concurrency: 1, tokensPerS: 98.92, source: lmdeploy },
    { model: 'meta-llama/Llama-2-7b-hf', prompt: 128, answer: 2048, concurrency: 16, tokensPerS: 1010.62, source: lmdeploy },
    { model: 'meta-llama/Llama-2-7b-hf', prompt: 2048, answer: 2048, concurrency: 16, tokensPerS: 601.63, source: lmdeploy },
    { model: 'meta-llama/Llama-2-7b-hf', prompt: 128, answer: 128, concurrency: 64, tokensPerS: 3024.07, source: lmdeploy },
    { model: 'meta-llama/Llama-2-7b-hf', prompt: 128, answer: 2048, concurrency: 64, tokensPerS: 1852.06, source: lmdeploy },
  ]),
];
