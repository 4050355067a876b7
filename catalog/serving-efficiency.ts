/** Bounds of a share or a time, with what they were read from. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly source: string;
}

/*
 * How much of what hardware can do serving engines reach. The bounds come from published times of single requests (time to first token, batch
 * 1), not from the throughput tables that bench/planner-accuracy.ts compares with, so that the comparison is not a circle.
 */
const trtFirstToken = 'NVIDIA/TensorRT-LLM docs/source/performance.md @77d24b5, "Low Latency": LLaMA 7B and 70B, 2,048 tokens';
const l4FirstToken = 'Qwen3-1.7B and Qwen3-0.6B on L4, model cards of github.com/ish-codes-magic/bytes-per-token (692 and 370 ms for 8k tokens: 37 and 33 %)';

/** Share of the dense arithmetic that prefill reaches, by kind of accelerator and precision. */
export const prefillShare = {
  hbm: {
    16: { low: 0.4, high: 0.8, source: `${trtFirstToken} on A100: 133 ms is 68 %, 377 ms on four is 60 %; the bounds leave room for short prompts and better kernels` },
    8: { low: 0.3, high: 0.7, source: `${trtFirstToken} on H100 in FP8: 36 ms is 40 %, 109 ms on four is 33 %` },
  },
  gddr: {
    16: { low: 0.3, high: 0.7, source: `${l4FirstToken}; power limits hold the clock down` },
    8: { low: 0.3, high: 0.7, source: `${trtFirstToken} on L40S in FP8: 73 ms is 53 %` },
  },
  neuron: {
    16: { low: 0.2, high: 0.6, source: 'assumption: no published time of one request was found; wide on purpose' },
    8: { low: 0.2, high: 0.6, source: 'assumption, as for 16 bits' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<8 | 16, Bounds>>>>;

/** Share of the memory bandwidth that decoding reaches while it reads weights and KV cache. */
export const decodeShare = {
  plain: { low: 0.6, high: 0.92, source: 'ai-dynamo/aiconfigurator systems/*.yaml mem_bw_empirical_scaling_factor 0.8; johnmusgrave.com/p/vllm-throughput-latency-sweep-on 77 % on A100 40GB; copies reach about 92 % of what datasheets state' },
  weightOnly: { low: 0.4, high: 0.85, source: 'weights of 4 bits are unpacked on the way: Qwen3-0.6B GPTQ on L4, 3.41 ms a token, model card of github.com/ish-codes-magic/bytes-per-token, is 53 % with its overhead' },
  neuron: { low: 0.4, high: 0.8, source: 'assumption: no published figure was found' },
} as const satisfies Readonly<Record<string, Bounds>>;

/** Milliseconds of each decoding step in which the accelerator waits for the engine: scheduling, launching, sampling. */
export const stepOverhead = {
  perStepMs: { low: 0.3, high: 3.5, source: 'Qwen2.5-0.5B, vLLM 0.6.3 on A100, 311.55 tokens/s, QwenLM/Qwen2.5 docs/source/benchmark/speed_benchmark.rst @a912d23: 3.2 ms, of which 0.5 ms read weights; engines that schedule ahead hide nearly all' },
  perSequenceMs: { low: 0.001, high: 0.02, source: 'assumption: sampling and detokenizing of one sequence takes 1 to 20 µs' },
} as const satisfies Readonly<Record<string, Bounds>>;

/** Share of a link that exchanging partial sums (all-reduce) reaches, and the milliseconds that each exchange takes at least. */
export const linkShare = {
  nvlink: { share: { low: 0.5, high: 0.85 }, latencyMs: { low: 0.008, high: 0.03 }, source: 'latency: cli99/llm-analysis gpu_configs/a100-sxm-40gb.json 8 µs, aiconfigurator systems p2p_latency 10 µs, three times that under load; share: assumption' },
  pcie: { share: { low: 0.2, high: 0.75 }, latencyMs: { low: 0.015, high: 0.08 }, source: 'assumption: without NVLink each byte passes the host, in both directions, on lanes that neighbours share' },
  neuronlink: { share: { low: 0.3, high: 0.75 }, latencyMs: { low: 0.01, high: 0.05 }, source: 'assumption: no published figure was found' },
} as const;

/** The same between nodes, through EFA. */
export const efaShare = { share: { low: 0.4, high: 0.85 }, latencyMs: { low: 0.03, high: 0.2 }, source: 'assumption: a send between two nodes takes 30 to 200 µs' } as const;

/** Share of full load that continuous batching keeps up: requests end at different times, and the last ones run alone. */
export const batchingShare = { low: 0.75, high: 1, source: 'assumption: batches are three quarters full on the average where requests come and go' } as const satisfies Bounds;
