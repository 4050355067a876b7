/** What vLLM takes by default, and the memory an engine needs beside weights and KV cache. */
export const vllmDefaults = {
  /** Share of each accelerator's memory that the engine may use. */
  memoryUtilization: 0.9,
  /** Tokens of one KV block. */
  blockTokens: 16,
  /** From this much memory on (and not A100) an engine takes the larger batch. */
  largeFromGib: 70,
  large: { batchedTokens: 8192, sequences: 1024 },
  small: { batchedTokens: 2048, sequences: 256 },
  source: 'vllm-project/vllm vllm/engine/arg_utils.py get_batch_defaults ("device_memory >= 70 * GiB_bytes and a100 not in device_name"), found by that line 2026-11-25; gpu_memory_utilization 0.90 and block size 16: vLLM logs in awslabs/ai-on-eks ray-vllm-deepseek.md @41a979e',
} as const;

/** GiB that an accelerator needs for other than weights, activations and KV cache. */
export const engineMemoryGib = {
  /** CUDA context and kernels. */
  context: { low: 0, high: 0.55, source: 'aiconfigurator systems/*.yaml, comment of other_mem: 551 MB; engines leave it to the share they do not use' },
  /** Captured CUDA graphs. */
  graphs: { low: 0, high: 0.7, source: 'vLLM logs, "Graph capturing finished … took 0.45 GiB", 0.13 to 0.66 in public logs; engines before V1 do not count it' },
  /** Buffers of NCCL, by tensor-parallel ranks. */
  nccl: { 1: 0, 2: 0.334, more: 0.383, source: 'aiconfigurator systems/h100_sxm.yaml nccl_mem: 342 MB for two, 392 MB for more' },
} as const;

/** Seconds and rates of a cold start. */
export const coldStart = {
  node: { low: 60, high: 180, source: 'assumption: EC2 starts a GPU instance, kubelet joins, the device plugin reports; capacity that is not there is not counted' },
  imageGb: { low: 6, high: 10, source: 'vllm/vllm-openai, compressed: about 6 GB and roughly 10 GB in public deployment notes, read 2026-11-25' },
  /** Default pull: one layer after the other is unpacked onto an EBS volume of 125 MB/s, gp3's baseline, up to a faster disk. */
  pullMbPerS: { low: 60, high: 250, source: 'assumption: unpacking is serial and bound by one core and the root volume' },
  /** With images pulled in parallel and unpacked onto instance storage (SOCI parallel pull). */
  fastPullMbPerS: { low: 300, high: 900, source: 'assumption: SOCI parallel pull and unpack onto NVMe' },
  /** One request to S3 moves so much; engines open many. */
  s3ConnectionMbPerS: { low: 85, high: 90, source: 'Amazon S3 user guide, "Best practices design patterns: optimizing Amazon S3 performance"' },
  s3Connections: { low: 8, high: 64 },
  /** Share of the network of an instance that downloads keep busy. */
  networkShare: { low: 0.3, high: 0.8, source: 'assumption' },
  /** Profiling, KV cache, compilation and graph capture. */
  engine: { low: 20, high: 110, source: 'vLLM logs, "init engine (profile, create kv cache, warmup model) took": 19 to 108 s in most public logs, up to 540 s with kernels that are compiled first' },
  neuronEngine: { low: 60, high: 1800, source: 'assumption: Neuron compiles the model; a cached compilation takes a minute, a new one up to half an hour' },
} as const;
