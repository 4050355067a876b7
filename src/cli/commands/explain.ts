import { z } from 'zod';
import { resolve } from '../../compile/compile.ts';
import { explain as explainKey } from '../../config/explain.ts';
import { defineCommand } from '../command.ts';
import { readRepository } from '../read-repository.ts';

/** `argoeks explain KEY`: value, origin, unit and meaning of any key. */
export const explain = defineCommand({
  name: 'explain',
  summary: 'Says what a key is set to, where that came from, and what it means.',
  args: z.object({ key: z.string({ error: 'is missing' }).meta({ description: 'Path of the key, such as envs.dev.budgets.amount.' }) }),
  positional: ['key'],
  examples: ['argoeks explain envs.dev.budgets.amount', 'argoeks explain clusters.dev-mlops-cluster-01.nodes.max', 'argoeks explain envs.prod.components.karpenter.replicas'],
  async run({ key }, { directory }) {
    const input = await readRepository(directory);
    const { value, diagnostics } = resolve(input);
    if (!value) return { diagnostics, sources: input.files };
    return explainKey(value.sources, key);
  },
  human(found) {
    const origin = found.origin.from === 'file' ? `${found.origin.at.file}:${found.origin.at.line}:${found.origin.at.column}` : found.origin.text;
    const byTier = found.byTier === undefined ? [] : [`  by tier   ${Object.entries(found.byTier).map(([tier, value]) => `${tier} ${JSON.stringify(value)}`).join(', ')}`];
    return [
      `${found.path} = ${JSON.stringify(found.value, null, 2) ?? 'not set'}${found.unit ? ` ${found.unit}` : ''}`,
      `  from      ${origin}`,
      ...byTier,
      ...(found.doc ? [`  meaning   ${found.doc}`] : []),
      ...(found.acting ? [] : ['  Accepted, not yet acting.']),
      ...(found.keys ? [`  keys      ${found.keys.join(', ')}`] : []),
      ...(found.itemKeys ? [`  each      ${found.itemKeys.join(', ')}`] : []),
    ].join('\n');
  },
});
