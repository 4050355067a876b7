import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import { charts } from '../../../catalog/charts.ts';
import { systemTerminal } from '../../adapters/terminal.ts';
import { failureFinding, LocalFailure } from '../../local/failure.ts';
import { chartCache } from '../../local/charts/cache.ts';
import { pullChart, type Pulled } from '../../local/charts/pull.ts';
import { ensureTools } from '../../local/tools.ts';
import { defineCommand } from '../command.ts';
import { toolView } from '../views/tool-view.ts';

const productDirectory = new URL('../../..', import.meta.url).pathname;
const start = { file: 'catalog/charts.ts', line: 1, column: 1 };

/** The helm program of the local platform, built if need be. */
const helmProgram = async (): Promise<string> => {
  const view = toolView(systemTerminal());
  const { helm = 'helm' } = await ensureTools({ repoDir: productDirectory, only: 'helm', onProgress: view.event }).finally(view.close);
  return helm;
};

/** `argoeks charts pull`: the real charts for the local platform, from their repositories or a mirror. */
export const chartsPull = defineCommand({
  name: 'charts pull',
  summary: 'Fetches the pinned charts for the local platform.',
  args: z.object({ mirror: z.string().optional().meta({ description: 'Registry to fetch from instead of each chart\'s own repository, such as oci://registry.internal/charts.' }) }),
  examples: ['argoeks charts pull', 'argoeks charts pull --mirror oci://registry.internal/charts'],
  async run({ mirror }, { progress, dryRun }) {
    const cache = chartCache();
    await mkdir(cache, { recursive: true });
    const pulled: Pulled[] = [];
    let helm = '';
    try {
      if (!dryRun) helm = await helmProgram();
    } catch (error) {
      if (!(error instanceof LocalFailure)) throw error;
      return { diagnostics: [failureFinding(error, start)] };
    }
    for (const pin of Object.values(charts)) {
      progress(`${dryRun ? 'would fetch' : 'fetching'} ${pin.name} ${pin.version}`);
      if (!dryRun) pulled.push(await pullChart({ name: pin.name, version: pin.version, repository: mirror ?? pin.repository }, cache, helm));
    }
    return { value: pulled, failed: pulled.some(({ state }) => state === 'failed') };
  },
  human: (pulled) => pulled.map(({ name, version, state, digest, reason }) => `  ${state.padEnd(7)} ${name} ${version}  ${digest ? `sha256:${digest}` : (reason ?? '')}`).join('\n'),
});
