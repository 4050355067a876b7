import type { ThroughputRow } from './throughput-row.ts';

const source = 'NVIDIA/TensorRT-LLM docs/source/performance/perf-overview.md @00f3768, version 1.0';
/** trtllm-bench is told 0.95 of free memory where it fits; CUDA graphs up to 8,192 sequences, of which 2,048 are the default limit. */
const limits = { utilization: 0.95, sequences: 2048 } as const;
const memory = { H100: 81_920, H200: 144_384 } as const;

const shapes = [[128, 2048], [1000, 1000], [2048, 2048], [5000, 500]] as const;

/** Tokens a second in the order of `shapes`. Compared only once the planner was done: nothing in it was changed for these rows. */
const table: readonly (readonly [accelerator: keyof typeof memory, model: string, tensor: number, tokens: readonly number[]])[] = [
  ['H100', 'meta-llama/Llama-3.1-8B', 1, [22_714, 15_220, 9305, 3459]],
  ['H200', 'meta-llama/Llama-3.1-8B', 1, [26_221, 17_744, 12_194, 3902]],
  ['H100', 'meta-llama/Llama-3.1-70B', 2, [6651, 4205, 3082, 898]],
  ['H200', 'meta-llama/Llama-3.1-70B', 1, [4336, 2909, 2003, 566]],
  ['H100', 'meta-llama/Llama-3.1-405B', 8, [4340, 2919, 2296, 610]],
  ['H200', 'meta-llama/Llama-3.1-405B', 8, [5348, 3330, 2948, 650]],
  ['H100', 'Qwen/Qwen3-235B-A22B', 8, [19_658, 14_898, 9924, 3225]],
  ['H200', 'Qwen/Qwen3-235B-A22B', 8, [42_821, 23_789, 16_672, 3623]],
];

/** Maximum throughput of TensorRT-LLM in FP8 with an FP8 cache: its newer table, kept apart as a check of the planner on rows it was not made with. */
export const heldOutRows: readonly ThroughputRow[] = table.flatMap(([accelerator, model, tensor, tokens]) =>
  shapes.map(([prompt, answer], i): ThroughputRow => ({ model, accelerator, memoryMib: memory[accelerator], tensor, prompt, answer, limits, tokensPerS: tokens[i] ?? 0, source, quantization: 'fp8', kvType: 'fp8' })));
