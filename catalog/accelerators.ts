/** How accelerators of one instance exchange data: GB/s of each in one direction, as its maker states it. */
export interface Link {
  readonly kind: 'nvlink' | 'pcie' | 'neuronlink';
  readonly gbPerS: number;
}

/** One accelerator of EC2. Arithmetic in TFLOPS or TOPS, dense (without sparsity), at the clock its maker states. */
export interface Accelerator {
  /** Its name in EC2's answers. */
  readonly name: string;
  /** Memory of one in MiB where EC2 states none, another size in each family, or one that its documentation contradicts. */
  readonly memoryMib?: number;
  /** Ranks that an engine starts on one: cores of Neuron devices, else 1. Memory, bandwidth and arithmetic are divided among them. */
  readonly ranks: number;
  readonly memoryGbPerS: number;
  /** BF16, or FP16 where there is no BF16. */
  readonly bf16: number;
  readonly hasBf16: boolean;
  /** Absent where the hardware multiplies no FP8 (8-bit weights are then computed in 16 bits). */
  readonly fp8?: number;
  readonly int8?: number;
  readonly link: Link;
  /** `hbm` runs near its stated clock; `gddr` cards are cut by their power limit in long dense work. `neuron` has another engine. */
  readonly kind: 'hbm' | 'gddr' | 'neuron';
  readonly source: string;
  readonly read: string;
}

const read = '2026-11-25';
const systems = 'ai-dynamo/aiconfigurator aic-core/src/aiconfigurator_core/systems @095f58a';
const neuron = 'aws-neuron/aws-neuron-sdk about-neuron/arch/neuron-hardware @81ce03a';
const nvlink = (gbPerS: number): Link => ({ kind: 'nvlink', gbPerS });
const pcie = (gbPerS: number): Link => ({ kind: 'pcie', gbPerS });

/** What is known of accelerators, by EC2's name and, where one name stands for two memories, their GiB. */
const rows: readonly Accelerator[] = [
  { name: 'T4', ranks: 1, memoryGbPerS: 320, bf16: 65, hasBf16: false, int8: 130, link: pcie(16), kind: 'gddr', source: 'NVIDIA T4 datasheet (65 FP16 TFLOPS, 130 INT8 TOPS, 320 GB/s, PCIe 3.0 x16), read in nucleusbox.com/choose-gpu-for-llms-t4-a10-a100 but for INT8 and PCIe, which are from memory', read },
  { name: 'A10G', ranks: 1, memoryGbPerS: 600, bf16: 70, hasBf16: true, int8: 140, link: pcie(32), kind: 'gddr', source: 'cli99/llm-analysis llm_analysis/gpu_configs/a10g-pcie-24gb.json @d841e40; baseten.co/blog/nvidia-a10-vs-a10g-for-ml-model-inference', read },
  { name: 'L4', ranks: 1, memoryGbPerS: 300, bf16: 121, hasBf16: true, fp8: 242, int8: 242, link: pcie(32), kind: 'gddr', source: `${systems}/l4.yaml`, read },
  { name: 'L40S', ranks: 1, memoryGbPerS: 864, bf16: 362, hasBf16: true, fp8: 733, int8: 733, link: pcie(32), kind: 'gddr', source: `${systems}/l40s.yaml`, read },
  { name: 'RTX PRO Server 6000', ranks: 1, memoryGbPerS: 1792, bf16: 467.8, hasBf16: true, fp8: 935.6, int8: 935.6, link: pcie(64), kind: 'gddr', source: `${systems}/rtx_pro_6000_server.yaml`, read },
  { name: 'A100', memoryMib: 40_960, ranks: 1, memoryGbPerS: 1555, bf16: 312, hasBf16: true, int8: 624, link: nvlink(300), kind: 'hbm', source: 'cli99/llm-analysis llm_analysis/gpu_configs/a100-sxm-40gb.json @d841e40', read },
  { name: 'A100', memoryMib: 81_920, ranks: 1, memoryGbPerS: 2039, bf16: 312, hasBf16: true, int8: 624, link: nvlink(300), kind: 'hbm', source: `${systems}/a100_sxm.yaml`, read },
  { name: 'H100', ranks: 1, memoryGbPerS: 3350, bf16: 989, hasBf16: true, fp8: 1978, int8: 1978, link: nvlink(450), kind: 'hbm', source: `${systems}/h100_sxm.yaml`, read },
  { name: 'H200', ranks: 1, memoryGbPerS: 4800, bf16: 989, hasBf16: true, fp8: 1978, int8: 1978, link: nvlink(450), kind: 'hbm', source: `${systems}/h200_sxm.yaml`, read },
  { name: 'B200', ranks: 1, memoryGbPerS: 7700, bf16: 2250, hasBf16: true, fp8: 4500, int8: 4500, link: nvlink(900), kind: 'hbm', source: `${systems}/b200_sxm.yaml`, read },
  { name: 'B300', ranks: 1, memoryGbPerS: 7750, bf16: 2250, hasBf16: true, fp8: 4500, link: nvlink(900), kind: 'hbm', source: `${systems}/b300_sxm.yaml`, read },
  { name: 'Inferentia2', memoryMib: 32_768, ranks: 2, memoryGbPerS: 880, bf16: 190, hasBf16: true, link: { kind: 'neuronlink', gbPerS: 96 }, kind: 'neuron', source: `${neuron}/inferentia2.rst (820 GiB/s), inf2-arch.rst (192 GB/s of both directions)`, read },
  { name: 'Trainium', memoryMib: 32_768, ranks: 2, memoryGbPerS: 880, bf16: 190, hasBf16: true, link: { kind: 'neuronlink', gbPerS: 192 }, kind: 'neuron', source: `${neuron}/trainium.rst (820 GiB/s), trainium2.rst (384 GB/s of both directions)`, read },
  { name: 'Trainium2', memoryMib: 98_304, ranks: 8, memoryGbPerS: 2900, bf16: 667, hasBf16: true, link: { kind: 'neuronlink', gbPerS: 512 }, kind: 'neuron', source: `${neuron}/trainium2.rst (96 GiB; EC2 states 512), trn2-arch.rst (1,024 GB/s of both directions)`, read },
];

/** Every accelerator with facts. */
export const accelerators = rows;

/** Facts of an accelerator by EC2's name and the memory EC2 states; undefined where none are known. */
export const acceleratorOf = (name: string, memoryMib: number): Accelerator | undefined => {
  const named = rows.filter((one) => one.name === name);
  return named.length > 1 ? named.find((one) => one.memoryMib === memoryMib) : named[0];
};
