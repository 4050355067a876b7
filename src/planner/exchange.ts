import type { Accelerator } from '../../catalog/accelerators.ts';
import { efaShare, linkShare } from '../../catalog/serving-efficiency.ts';
import type { Range } from '../units/range.ts';
import { exactly, range, sumRanges } from '../units/range.ts';
import type { Architecture } from './architecture.ts';
import type { Layout } from './layout.ts';

const seconds = (bytes: number, gbPerS: number, { share, latencyMs }: { readonly share: Range; readonly latencyMs: Range }): Range =>
  range(bytes / (gbPerS * 1e9 * share.high) + latencyMs.low / 1e3, bytes / (gbPerS * 1e9 * share.low) + latencyMs.high / 1e3);

const times = ({ low, high }: Range, factor: number): Range => ({ low: low * factor, high: high * factor });

/**
 * Seconds that ranks exchange data while `tokens` pass all layers: two sums over the ranks of each layer, as a ring moves 2 (n − 1)/n of the hidden
 * states, and a hand-over from stage to stage. Bytes are 16-bit hidden states. Pure.
 */
export const exchangeSeconds = (model: Architecture, accelerator: Accelerator, networkGbps: number, { tensor, pipeline, nodes }: Layout, tokens: number): Range => {
  const bytes = tokens * model.hidden * 2;
  const link = linkShare[accelerator.link.kind];
  const sums = tensor === 1 ? exactly(0) : times(seconds((bytes * 2 * (tensor - 1)) / tensor, accelerator.link.gbPerS, link), 2 * model.layers);
  if (pipeline === 1) return sums;
  const between = nodes > 1 ? seconds(bytes, networkGbps / 8, efaShare) : seconds(bytes, accelerator.link.gbPerS, link);
  return sumRanges(sums, times(between, pipeline - 1));
};
