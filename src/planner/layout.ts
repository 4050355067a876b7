import type { AcceleratedInstance } from '../../catalog/accelerated-instances.ts';
import type { Accelerator } from '../../catalog/accelerators.ts';
import type { Architecture } from './architecture.ts';

/** How one copy of a model is divided over accelerators. */
export interface Layout {
  /** Ranks that share each layer. */
  readonly tensor: number;
  /** Groups of ranks, each with its part of the layers. */
  readonly pipeline: number;
  readonly nodes: number;
}

/** Most nodes that one copy is spread over. */
const mostNodes = 4;

/** Ranks of one copy. Pure. */
export const ranksOf = ({ tensor, pipeline }: Layout): number => tensor * pipeline;

/** Why tensor parallelism of this degree does not divide the model; undefined when it does. Pure. */
export const cannotSplit = ({ attention, intermediate, experts, vocabulary }: Architecture, tensor: number): string | undefined => {
  if (attention.heads % tensor !== 0) return `${attention.heads} heads are not divisible by ${tensor}`;
  if (attention.kind === 'heads' && attention.kvHeads % tensor !== 0 && tensor % attention.kvHeads !== 0) return `${attention.kvHeads} key-value heads can neither be divided nor repeated over ${tensor}`;
  if (intermediate % tensor !== 0) return `the feed-forward width ${intermediate} is not divisible by ${tensor}`;
  // Engines pad the vocabulary to a multiple of 64.
  if (tensor > 64 || vocabulary < tensor) return `the vocabulary is not divided over ${tensor}`;
  return experts && experts.intermediate % tensor !== 0 && experts.count % tensor !== 0 ? `neither ${experts.count} experts nor their width ${experts.intermediate} are divisible by ${tensor}` : undefined;
};

/** Key-value heads that each rank keeps: at least one, so that few heads are repeated. Pure. */
export const kvHeadsOfRank = (kvHeads: number, tensor: number): number => Math.max(1, kvHeads / tensor);

const powers = (most: number): readonly number[] => Array.from({ length: Math.floor(Math.log2(most)) + 1 }, (_, i) => 2 ** i);

/**
 * Every layout of a model on instances of one type: tensor parallelism inside a node by powers of two, pipeline stages inside a node where there is
 * room, and one stage on each of several nodes where the type has EFA. Fewest ranks first. Pure.
 */
export const layoutsOn = (model: Architecture, instance: AcceleratedInstance, accelerator: Accelerator): readonly Layout[] => {
  const ranks = instance.count * accelerator.ranks;
  const tensors = powers(ranks).filter((tensor) => cannotSplit(model, tensor) === undefined);
  const inside = tensors.flatMap((tensor) => powers(ranks / tensor).filter((pipeline) => pipeline <= model.layers).map((pipeline): Layout => ({ tensor, pipeline, nodes: 1 })));
  const widest = tensors.at(-1) ?? 1;
  const across = instance.hasEfa && widest === ranks ? Array.from({ length: mostNodes - 1 }, (_, i): Layout => ({ tensor: widest, pipeline: i + 2, nodes: i + 2 })).filter(({ pipeline }) => pipeline <= model.layers) : [];
  return [...inside, ...across].toSorted((a, b) => ranksOf(a) - ranksOf(b) || a.pipeline - b.pipeline);
};

/** Copies that one instance (or one group of nodes) holds. Pure. */
export const copiesOn = (layout: Layout, instance: AcceleratedInstance, accelerator: Accelerator): number => (layout.nodes > 1 ? 1 : Math.floor((instance.count * accelerator.ranks) / ranksOf(layout)));

/** `2 GPUs`, `TP4`, `TP8 PP2 on 2 nodes`. Pure. */
export const layoutText = ({ tensor, pipeline, nodes }: Layout): string => [`TP${tensor}`, ...(pipeline > 1 ? [`PP${pipeline}`] : []), ...(nodes > 1 ? [`on ${nodes} nodes`] : [])].join(' ');
