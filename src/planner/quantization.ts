import type { Accelerator } from '../../catalog/accelerators.ts';
import type { Architecture } from './architecture.ts';
import type { Tensors } from './tensors.ts';

/** Ways to store the matrices of a model. What is no matrix, the embedding and the head stay in 16 bits. */
export const quantizations = ['none', 'fp8', 'int8', 'awq', 'gptq', 'mxfp4'] as const;
export type Quantization = (typeof quantizations)[number];

/** One way to store matrices. */
export interface Storage {
  readonly name: Quantization;
  readonly bytesPerParameter: number;
  /** How the bytes come about, for the arithmetic that is shown. */
  readonly because: string;
  /** Bits that the multiplication works in, where the accelerator can. */
  readonly mathBits: 8 | 16;
  /** True where weights are unpacked to 16 bits before they multiply. */
  readonly isWeightOnly: boolean;
  /** True where only experts are stored so. */
  readonly expertsOnly: boolean;
}

/** Bytes of 4-bit weights in groups: a 16-bit scale and a 4-bit zero point for each group. */
const fourBits = (name: 'awq' | 'gptq', group: number): Storage => ({
  name, bytesPerParameter: 0.5 + 2.5 / group, because: `4 bits, and for each ${group} a scale of 2 bytes and a zero of half a byte`, mathBits: 16, isWeightOnly: true, expertsOnly: false,
});

/** How a model's matrices are stored with this quantization. Pure. */
export const storageOf = (name: Quantization, model: Architecture): Storage => {
  switch (name) {
    case 'none': return { name, bytesPerParameter: 2, because: '16 bits', mathBits: 16, isWeightOnly: false, expertsOnly: false };
    // Scales of FP8 and INT8 are one number for a block or a channel: less than a thousandth.
    case 'fp8': return { name, bytesPerParameter: 1 + 4 / 128 ** 2, because: '8 bits, and a scale of 4 bytes for each block of 128 × 128', mathBits: 8, isWeightOnly: false, expertsOnly: false };
    case 'int8': return { name, bytesPerParameter: 1 + 4 / model.hidden, because: '8 bits, and a scale of 4 bytes for each channel', mathBits: 8, isWeightOnly: false, expertsOnly: false };
    case 'awq': case 'gptq': return fourBits(name, model.published?.group ?? 128);
    case 'mxfp4': return { name, bytesPerParameter: 4.25 / 8, because: '4 bits, and for each 32 a scale of 1 byte', mathBits: 16, isWeightOnly: true, expertsOnly: true };
  }
};

/** The quantization that a model is published in; undefined for one the planner does not know. Pure. */
export const publishedQuantization = (model: Architecture): Quantization | undefined => {
  const method = model.published?.method;
  if (method === undefined) return 'none';
  return quantizations.find((name) => name !== 'none' && (name === method || method === `${name}_marlin`));
};

/** Bytes of one parameter of these tensors. Pure. */
export const bytesOf = (tensors: Tensors, storage: Storage): number => (tensors.isLinear && (!storage.expertsOnly || tensors.experts !== undefined) ? storage.bytesPerParameter : 2);

/** Why an accelerator can not serve weights stored so; undefined when it can. Pure. */
export const cannotStore = (accelerator: Accelerator, { name }: Storage): string | undefined => {
  if (accelerator.kind === 'neuron' && name !== 'none') return `the planner has no facts of ${name} on ${accelerator.name}`;
  // FP8 and MXFP4 run on older GPUs as weights only, from Ampere on.
  if ((name === 'fp8' || name === 'mxfp4') && !accelerator.hasBf16) return `${accelerator.name} has no kernels for ${name}`;
  if (name === 'int8' && accelerator.int8 === undefined) return `${accelerator.name} has no facts of INT8`;
  return undefined;
};

/** TFLOPS of one accelerator for weights stored so, and the bits they are computed in. Pure. */
export const arithmeticOf = (accelerator: Accelerator, { name, mathBits }: Storage): { readonly tflops: number; readonly bits: 8 | 16 } => {
  const eight = name === 'int8' ? accelerator.int8 : accelerator.fp8;
  return mathBits === 8 && eight !== undefined ? { tflops: eight, bits: 8 } : { tflops: accelerator.bf16, bits: 16 };
};
