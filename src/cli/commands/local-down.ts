import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { closeWorld, peekWorld, worldDirOf } from '../../local/world.ts';
import { defineCommand, type Outcome } from '../command.ts';

interface DownValue {
  /** Names of programs. */
  readonly ended: readonly string[];
  readonly dryRun: boolean;
}

/** What a world leaves on disk besides receipts, which are kept: the simulated account goes with its clusters. */
const leftBehind = ['work', 'state', 'plans', 'journal', 'locks', 'releases', 'charts', 'charts.json', 'aws.json', 'aws.json.lock', 'empty.tfrc', 'state.json', 'supervisor.lock', 'clusters', 'argocd', 'flux', 'git', 'logs'] as const;

export const localDown = defineCommand({
  name: 'local down',
  summary: 'Stops the local platform and removes all it kept; built tools and receipts stay.',
  args: z.object({}),
  async run(_, { directory, dryRun }): Promise<Outcome<DownValue>> {
    const running = await peekWorld(directory);
    if (dryRun) return { value: { ended: (running?.children ?? []).map((c) => `${c.name} (${c.pid})`), dryRun } };
    await closeWorld(directory);
    for (const path of leftBehind) await rm(join(worldDirOf(directory), path), { recursive: true, force: true });
    return { value: { ended: (running?.children ?? []).map((c) => c.name), dryRun } };
  },
  human: ({ ended, dryRun }) =>
    dryRun ? [...ended.map((name) => `would end ${name}`), 'Nothing was done (--dry-run).'].join('\n') : ended.length > 0 ? `The local platform is down: ${ended.length} programs ended, nothing is left running.` : 'No local platform runs here; what an earlier one kept is removed.',
});
