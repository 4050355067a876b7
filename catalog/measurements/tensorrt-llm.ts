import type { ThroughputRow } from './throughput-row.ts';

const source = 'NVIDIA/TensorRT-LLM docs/source/performance/perf-overview.md @258c754, version 0.17';
/** TensorRT-LLM takes 0.95 of free memory in these runs, and 2,048 sequences by default. */
const limits = { utilization: 0.95, sequences: 2048 } as const;
const memory = { H100: 81_920, L40S: 45_776, A100: 81_920 } as const;

type Shape = readonly [prompt: number, answer: number];
const shapes: readonly Shape[] = [[128, 2048], [1000, 1000], [2048, 2048], [5000, 500]];

/** Tokens a second in the order of `shapes`; every row of the table with these shapes, on these accelerators, that the copy read holds. */
const table: readonly (readonly [accelerator: keyof typeof memory, model: string, tensor: number, tokens: readonly number[]])[] = [
  ['H100', 'meta-llama/Llama-3.1-8B', 1, [21_109.38, 15_244.78, 9488.42, 3559.36]],
  ['H100', 'meta-llama/Llama-3.1-70B', 2, [6169.58, 4390.53, 2898.16, 919.73]],
  ['H100', 'meta-llama/Llama-3.1-70B', 4, [11_511.93, 7430.99, 5480.03, 1602.78]],
  ['H100', 'meta-llama/Llama-3.1-70B', 8, [17_061.82, 11_451.16, 8801.95, 2457.42]],
  ['H100', 'mistralai/Mistral-7B-v0.3', 1, [23_496.42, 16_035.66, 9958.17, 3591.33]],
  ['H100', 'mistralai/Mixtral-8x7B-v0.1', 1, [8290.13, 6868.52, 3983.1, 1764.7]],
  ['L40S', 'meta-llama/Llama-3.1-8B', 1, [5365.81, 4054.71, 2225.27, 981.2]],
  ['L40S', 'meta-llama/Llama-3.1-70B', 4, [1942.66, 1209.25, 969.68, 249.52]],
  ['L40S', 'meta-llama/Llama-3.1-70B', 8, [2303.31, 1333.62, 1200.16, 259.71]],
  ['L40S', 'mistralai/Mistral-7B-v0.3', 1, [5720.65, 4177.76, 2286.71, 1001.02]],
  ['A100', 'meta-llama/Llama-3.1-8B', 1, [5255.99, 3786.83, 2424.16, 825.13]],
  ['A100', 'meta-llama/Llama-3.1-70B', 2, [531.26, 472.94, 261.1, 121.47]],
  ['A100', 'meta-llama/Llama-3.1-70B', 4, [2811.27, 1921.77, 1393.64, 392.62]],
  ['A100', 'meta-llama/Llama-3.1-70B', 8, [5241.5, 3320.41, 2553.71, 696.34]],
  ['A100', 'mistralai/Mistral-7B-v0.3', 1, [5630.62, 3896.58, 2489.77, 844.64]],
];

/** Maximum throughput of TensorRT-LLM: FP8 with an FP8 cache on H100 and L40S, FP16 on A100. */
export const tensorrtLlmRows: readonly ThroughputRow[] = table.flatMap(([accelerator, model, tensor, tokens]) =>
  shapes.map(([prompt, answer], i): ThroughputRow => ({
    model, accelerator, memoryMib: memory[accelerator], tensor, prompt, answer, limits, tokensPerS: tokens[i] ?? 0, source,
    quantization: accelerator === 'A100' ? 'none' : 'fp8', kvType: accelerator === 'A100' ? 'auto' : 'fp8',
  })));
