import { ordered } from '../../ops/graph.ts';
import type { Step } from '../../ops/step.ts';

/** Everything a run would do, in order, for people. Pure. */
export const dryRunText = (steps: readonly Step[]): string => {
  const titles = new Map(steps.map((s) => [s.id, s.title]));
  const lines = ordered(steps).flatMap(({ title, needs, would = [] }) => [`${title}${needs.length > 0 ? `  after: ${needs.map((n) => titles.get(n) ?? n).join('; ')}` : ''}`, ...would.map((w) => `    ${w}`)]);
  return [...lines, 'Nothing was run (--dry-run).'].join('\n');
};
