import { z } from 'zod';
import { resolve } from '../../compile/compile.ts';
import type { ClusterPlan } from '../../model/plan.ts';
import { defineCommand } from '../command.ts';
import { readRepository } from '../read-repository.ts';

interface Wave {
  readonly wave: number;
  readonly releases: readonly string[];
}

const wavesOf = ({ components }: ClusterPlan): readonly Wave[] => {
  const releases = components.flatMap(({ waves }) => Object.entries(waves));
  const numbers = [...new Set(releases.map(([, wave]) => wave))].toSorted((a, b) => a - b);
  return numbers.map((wave) => ({ wave, releases: releases.filter(([, at]) => at === wave).map(([name]) => name) }));
};

const mermaid = ({ components }: ClusterPlan): string =>
  ['graph LR', ...components.flatMap(({ id, requires }) => (requires.length === 0 ? [`  ${id}`] : requires.map((need) => `  ${need} --> ${id}`)))].join('\n');

/** `argoeks graph`: the order of one cluster, as waves or as a Mermaid diagram. */
export const graph = defineCommand({
  name: 'graph',
  summary: 'Shows the order in which a cluster comes up.',
  args: z.object({
    cluster: z.string().optional().meta({ description: 'Cluster to show; the first hub when absent.' }),
    mermaid: z.boolean().default(false).meta({ description: 'Print a Mermaid diagram of what requires what.' }),
  }),
  examples: ['argoeks graph', 'argoeks graph --cluster prod-mlops-cluster-02 --mermaid'],
  async run({ cluster: asked, mermaid: asDiagram }, { directory }) {
    const input = await readRepository(directory);
    const { value, diagnostics } = resolve(input);
    if (!value) return { diagnostics, sources: input.files };
    const clusters = value.plan.environments.flatMap((environment) => environment.clusters);
    const found = asked === undefined ? clusters.find(({ cluster }) => cluster.hub) : clusters.find(({ cluster }) => cluster.name === asked);
    if (!found) {
      const at = { file: 'configuration/clusters', line: 1, column: 1 };
      return { diagnostics: [{ code: 'config/unknown-key', severity: 'error', at, summary: `There is no cluster "${asked ?? ''}".`, fix: `Name one of: ${clusters.map(({ cluster }) => cluster.name).join(', ')}.` }] };
    }
    return { value: { cluster: found.cluster.name, waves: wavesOf(found), ...(asDiagram ? { diagram: mermaid(found) } : {}) } };
  },
  human({ cluster, waves, diagram }) {
    if (diagram !== undefined) return diagram;
    return [`${cluster}: each wave starts when the one before it is healthy.`, ...waves.map(({ wave, releases }) => `  ${wave}  ${releases.join(', ')}`)].join('\n');
  },
});
