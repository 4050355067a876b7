import { problem } from '../diag/problem.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';

const application = /^kubernetes\/clusters\/([^/]+)\/applications\/[^/]+\.yaml$/;

/** Clusters that lose Applications, with how many, most first. */
const lossesOf = (removed: readonly string[]): readonly (readonly [cluster: string, count: number])[] => {
  const found = new Map<string, number>();
  for (const path of removed) {
    const cluster = application.exec(path)?.[1];
    if (cluster !== undefined) found.set(cluster, (found.get(cluster) ?? 0) + 1);
  }
  return [...found].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
};

/**
 * A build that takes more Applications out of the repository than the budget allows, unless it was told to, with at least their number: where GitOps prunes, what they installed goes
 * with them. `removed` are the rendered files that would go. Pure.
 */
export const deletedApplications = (removed: readonly string[], budget: number, allowed: number): readonly Diagnostic[] => {
  const losses = lossesOf(removed);
  const count = losses.reduce((sum, [, lost]) => sum + lost, 0);
  if (count <= Math.max(budget, allowed)) return [];
  const shown = losses.slice(0, 5).map(([cluster, lost]) => `${cluster} (${lost})`).join(', ');
  return [problem('verify/deletes-applications', { file: 'configuration/platform.yaml', line: 1, column: 1 }, `This build would delete ${count} Applications, more than the ${budget} that gitops.deletion_budget allows: ${shown}${losses.length > 5 ? ` and ${losses.length - 5} more clusters` : ''}.`,
    `Look whether a cluster or a component went by mistake. If they shall go: argoeks build --allow-deletions ${count}.`)];
};
