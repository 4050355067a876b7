import type { Step } from './step.ts';

/** Fault in a set of steps: a bug of whoever made the set, so it is thrown. */
export class GraphFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GraphFault';
  }
}

type Node = Pick<Step, 'id' | 'needs'>;

/**
 * Puts steps in an order in which each stands after all it needs; steps that need nothing of each other keep the given order.
 * Pure. Throws `GraphFault` on a repeated id, an unknown need, or a cycle, whose whole path it names.
 */
export const ordered = <T extends Node>(steps: readonly T[]): readonly T[] => {
  const byId = new Map<string, T>();
  for (const step of steps) {
    if (byId.has(step.id)) throw new GraphFault(`Two steps are called "${step.id}".`);
    byId.set(step.id, step);
  }
  const out: T[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (step: T): void => {
    if (done.has(step.id)) return;
    if (path.includes(step.id)) throw new GraphFault(`Steps wait for each other: ${[...path.slice(path.indexOf(step.id)), step.id].join(' → ')}.`);
    path.push(step.id);
    for (const need of step.needs) {
      const before = byId.get(need);
      if (!before) throw new GraphFault(`Step "${step.id}" needs "${need}", which is not part of the run.`);
      visit(before);
    }
    path.pop();
    done.add(step.id);
    out.push(step);
  };
  steps.forEach(visit);
  return out;
};
