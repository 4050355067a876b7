import type { AcceleratedInstance } from '../../catalog/accelerated-instances.ts';
import { coldStart } from '../../catalog/serving-engine.ts';
import type { Range } from '../units/range.ts';
import { range, sumRanges } from '../units/range.ts';
import type { Stage } from './plan-types.ts';

const seconds = (gb: Range, mbPerS: Range): Range => range((gb.low * 1000) / mbPerS.high, (gb.high * 1000) / mbPerS.low);

/**
 * Seconds from a pod that waits for a node to a model that answers, by stage. Capacity that AWS does not have is not counted. `bytes` are all weights,
 * which each node reads (its part of them, where nodes are several). Pure.
 */
export const coldStartOf = (instance: AcceleratedInstance, bytes: number, isNeuron: boolean): readonly Stage[] => {
  const hasDisk = instance.localStorageGb > 0;
  const s3 = range(Math.min(coldStart.s3ConnectionMbPerS.low * coldStart.s3Connections.low, instance.networkGbps * 125 * coldStart.networkShare.low), Math.min(coldStart.s3ConnectionMbPerS.high * coldStart.s3Connections.high, instance.networkGbps * 125 * coldStart.networkShare.high));
  const fits = bytes < instance.memoryMib * 2 ** 20;
  return [
    { stage: 'node', seconds: coldStart.node, because: 'EC2, kubelet and device plugin', shorter: 'a warm node: replicas above zero, or a pause pod of low priority' },
    { stage: 'image', seconds: seconds(coldStart.imageGb, coldStart.pullMbPerS), because: `${coldStart.imageGb.low} to ${coldStart.imageGb.high} GB, unpacked layer by layer`, shorter: hasDisk ? `SOCI parallel pull onto the local disk: about ${Math.round(seconds(coldStart.imageGb, coldStart.fastPullMbPerS).low)} to ${Math.round(seconds(coldStart.imageGb, coldStart.fastPullMbPerS).high)} s` : 'a faster root volume (gp3 throughput), or an image in the AMI' },
    { stage: 'weights', seconds: range(bytes / 1e6 / s3.high, bytes / 1e6 / s3.low), because: `${(bytes / 1e9).toFixed(1)} GB from S3 at ${Math.round(s3.low)} to ${Math.round(s3.high)} MB/s${fits ? '' : '; larger than the memory of the host'}`, shorter: 'a size with more network, weights streamed to the accelerator, a cache on the local disk, quantized weights' },
    { stage: 'engine', seconds: isNeuron ? coldStart.neuronEngine : coldStart.engine, because: isNeuron ? 'compilation, if none is cached' : 'profiling, compilation, graph capture', shorter: isNeuron ? 'compiled once, cached in S3' : 'a kept compile cache; --enforce-eager for fewer seconds and slower tokens' },
  ];
};

/** The whole of a cold start. Pure. */
export const coldStartTotal = (stages: readonly Stage[]): Range => sumRanges(...stages.map((stage) => stage.seconds));
