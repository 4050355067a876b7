import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { kubeOf } from '../../adapters/kube.ts';
import { eksKube } from '../../adapters/real-site.ts';
import { resolve } from '../../compile/compile.ts';
import { renameOrChoose } from '../../diag/did-you-mean.ts';
import { peekWorld, worldDirOf } from '../../local/world.ts';
import { environmentStatus, type EnvironmentStatus, type KubeFor } from '../../ops/status.ts';
import { defineCommand } from '../command.ts';
import { readRepository } from '../read-repository.ts';
import { statusText } from '../views/status-view.ts';

/** Kubeconfigs that the local world writes; a cluster without one does not exist. */
export const localKube = (directory: string): KubeFor => async ({ name }) => {
  const text = await readFile(join(worldDirOf(directory), `kubeconfig-${name}.yaml`), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : kubeOf(text);
};

interface StatusValue {
  readonly local: boolean;
  readonly environments: readonly EnvironmentStatus[];
}

export const status = defineCommand({
  name: 'status',
  summary: 'Shows environments, clusters, nodes and applications as they are now.',
  args: z.object({
    env: z.string().optional().meta({ description: 'Only this environment.' }),
    local: z.boolean().default(false).meta({ description: 'The local platform; taken by itself while one runs.' }),
    aws: z.boolean().default(false).meta({ description: 'AWS, even while a local platform runs.' }),
  }),
  examples: ['argoeks status', 'argoeks status --env prod --json'],
  async run({ env, local, aws }, { directory }) {
    const input = await readRepository(directory);
    const resolved = resolve(input);
    if (!resolved.value) return { diagnostics: resolved.diagnostics, sources: input.files };
    const all = resolved.value.plan.environments.map((e) => e.environment);
    const chosen = env === undefined ? all : all.filter((e) => e.name === env);
    if (chosen.length === 0)
      return { diagnostics: [{ code: 'config/unknown-environment', severity: 'error', at: { file: 'configuration/platform.yaml', line: 1, column: 1 }, summary: `There is no environment "${env ?? ''}".`, fix: renameOrChoose(env ?? '', all.map((e) => e.name)) }] };
    const isLocal = !aws && (local || (await peekWorld(directory)) !== undefined);
    const environments = await Promise.all(chosen.map((e) => environmentStatus(e, isLocal ? localKube(directory) : eksKube)));
    const shown = isLocal && env === undefined ? environments.filter((e) => e.clusters.some((c) => c.state !== 'absent')) : environments;
    return { value: { local: isLocal, environments: shown } satisfies StatusValue };
  },
  human: ({ local, environments }) => (environments.length === 0 ? 'Nothing runs on this machine. Start with: argoeks local up' : statusText(environments, local)),
});
