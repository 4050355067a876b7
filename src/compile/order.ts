import type { Span } from '../diag/diagnostic.ts';
import type { Diagnostic, Result } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { layers, type Layer } from '../model/component.ts';
import type { Release } from '../model/workload.ts';

type ReleaseOrder = NonNullable<Release['comes']>;

/** One component of one cluster, as far as order is concerned. */
export interface OrderNode {
  readonly id: string;
  readonly layer: Layer;
  readonly requires: readonly string[];
  /** In the order of the component. `early` releases are there before the GitOps engine runs, so they take no wave of their own. */
  readonly releases: readonly { readonly name: string; readonly early: boolean; readonly comes?: ReleaseOrder }[];
  /** The line of the configuration that asked for the component. */
  readonly because: Span;
}

/** A component that exists but is not on the cluster, and where that was decided. */
export interface OffNode {
  readonly id: string;
  readonly at: Span;
}

export interface Ordered {
  /** Ids, each after all it requires; equals by layer, then by id. */
  readonly ids: readonly string[];
  /** Component id → release name → wave. Namespaces stand in wave 0, everything else behind it. */
  readonly waves: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Wave of the Application that makes a cluster's namespaces: before everything else. */
export const namespacesWave = 0;

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Requirements that can't hold whatever the order is. */
const refused = (nodes: ReadonlyMap<string, OrderNode>, off: ReadonlyMap<string, OffNode>, cluster: string): readonly Diagnostic[] =>
  [...nodes.values()].flatMap((node) =>
    node.requires.flatMap((id) => {
      const other = nodes.get(id);
      if (other) {
        if (layers.indexOf(other.layer) <= layers.indexOf(node.layer)) return [];
        return [problem('order/later-layer', node.because, `"${node.id}" (layer ${node.layer}) requires "${id}", which comes later (layer ${other.layer}): ${node.id} → ${id}.`, `A component may only require components of its own or an earlier layer: ${layers.join(', ')}. Change the layer of one of them.`)];
      }
      const known = off.get(id);
      if (known) return [problem('order/disabled-requirement', known.at, `"${node.id}" of cluster ${cluster} requires "${id}", which is not enabled there: ${node.id} → ${id}.`, `Enable components.${id}, or set components.${node.id}.enabled to false.`)];
      return [problem('order/unknown-requirement', node.because, `"${node.id}" requires "${id}", which does not exist: ${node.id} → ${id}.`, `Correct \`requires\` of the component ${node.id}.`)];
    }),
  );

interface Walk {
  readonly nodes: ReadonlyMap<string, OrderNode>;
  /** Wave that must be healthy before something that requires the component starts. */
  readonly ends: Map<string, number>;
  readonly starts: Map<string, number>;
  readonly waves: Record<string, Record<string, number>>;
  readonly path: string[];
  readonly cycles: Map<string, readonly string[]>;
}

/** The cycle with its smallest id first, so that the same cycle is reported once, wherever the walk met it. */
const rotated = (cycle: readonly string[]): readonly string[] => {
  const least = cycle.indexOf(cycle.toSorted(text)[0] ?? '');
  return [...cycle.slice(least), ...cycle.slice(0, least)];
};

const place = (walk: Walk, id: string): number => {
  const done = walk.ends.get(id);
  if (done !== undefined) return done;
  const node = walk.nodes.get(id);
  if (!node) return namespacesWave;
  const met = walk.path.indexOf(id);
  if (met >= 0) {
    const cycle = rotated(walk.path.slice(met));
    walk.cycles.set(cycle.join(' '), cycle);
    return namespacesWave;
  }
  walk.path.push(id);
  const start = node.requires.toSorted(text).reduce((latest, need) => Math.max(latest, place(walk, need)), namespacesWave);
  walk.path.pop();
  let wave = start;
  const waves: Record<string, number> = {};
  for (const release of node.releases) {
    if (release.comes === 'last') continue;
    if (!release.early && (release.comes !== 'together' || wave === start)) wave += 1;
    waves[release.name] = wave;
  }
  walk.starts.set(id, start);
  walk.waves[id] = waves;
  walk.ends.set(id, wave);
  return wave;
};

/** What nothing waits for stands in one wave behind all others: there it can't hold them up. Changes: `waves`. */
const placeLast = ({ nodes, waves, ends }: Walk): void => {
  const wave = Math.max(namespacesWave, ...ends.values()) + 1;
  for (const { id, releases } of nodes.values()) for (const { name, comes } of releases) if (comes === 'last') waves[id] = { ...waves[id], [name]: wave };
};

/**
 * Puts the components of one cluster in order: each release gets the earliest wave behind everything it needs (longest path), those that come last one wave
 * of their own.
 * Cycles and requirements that cannot hold are reported with their path; there is no order then. Pure; the order of `nodes` does
 * not matter. Codes: `order/cycle`, `order/later-layer`, `order/disabled-requirement`, `order/unknown-requirement`.
 */
export const order = (nodes: readonly OrderNode[], off: readonly OffNode[], cluster: string): Result<Ordered> => {
  const byId = new Map(nodes.toSorted((a, b) => text(a.id, b.id)).map((node) => [node.id, node]));
  const walk: Walk = { nodes: byId, ends: new Map(), starts: new Map(), waves: {}, path: [], cycles: new Map() };
  for (const id of byId.keys()) place(walk, id);
  placeLast(walk);
  const cycles = [...walk.cycles.values()].map((cycle) => {
    const path = [...cycle, cycle[0]].join(' → ');
    const at = byId.get(cycle[0] ?? '')?.because ?? { file: 'configuration/platform.yaml', line: 1, column: 1 };
    return problem('order/cycle', at, `Components of cluster ${cluster} require one another in a circle: ${path}.`, `Remove one of these requirements, or disable one of the components.`);
  });
  const diagnostics = [...refused(byId, new Map(off.map((node) => [node.id, node])), cluster), ...cycles];
  if (diagnostics.length > 0) return { diagnostics };
  const rank = (id: string): number => layers.indexOf(byId.get(id)?.layer ?? 'serving');
  // A requirement without a release of its own shares its start with those that require it, hence the depth.
  const depths = new Map<string, number>();
  const depth = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    const found = (byId.get(id)?.requires ?? []).reduce((deepest, need) => Math.max(deepest, depth(need) + 1), 0);
    depths.set(id, found);
    return found;
  };
  const start = (id: string): number => walk.starts.get(id) ?? 0;
  const ids = [...byId.keys()].toSorted((a, b) => start(a) - start(b) || depth(a) - depth(b) || rank(a) - rank(b) || text(a, b));
  return { value: { ids, waves: walk.waves }, diagnostics };
};
