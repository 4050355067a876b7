import { createHash } from 'node:crypto';
import { z } from 'zod';
import { packFunctions, writePackages } from '../../adapters/function-packages.ts';
import { resolve } from '../../compile/compile.ts';
import { functionsAskedAt } from '../../config/sources.ts';
import { renameOrChoose } from '../../diag/did-you-mean.ts';
import { problem } from '../../diag/problem.ts';
import { defineCommand } from '../command.ts';
import { readRepository } from '../read-repository.ts';

/** `argoeks functions package`: the code of Lambda functions as archives that Terraform uploads. */
export const functionsPackage = defineCommand({
  name: 'functions package',
  summary: 'Packs the code of Lambda functions into archives, the same bytes on every machine.',
  args: z.object({ env: z.string().optional().meta({ description: 'Only the functions of this environment.' }) }),
  examples: ['argoeks functions package', 'argoeks functions package --env dev'],
  async run({ env }, { directory, dryRun }) {
    const input = await readRepository(directory);
    const { value, diagnostics } = resolve(input);
    if (!value) return { diagnostics: diagnostics.filter(({ severity }) => severity === 'error'), sources: input.files };
    const { environments } = value.plan.platform;
    const chosen = environments.filter(({ name }) => env === undefined || name === env);
    if (chosen.length === 0) return { diagnostics: [problem('config/unknown-environment', { file: 'configuration/platform.yaml', line: 1, column: 1 }, `There is no environment "${env ?? ''}".`, renameOrChoose(env ?? '', environments.map(({ name }) => name)))], sources: input.files };
    const made = await Promise.all(chosen.map((environment) => packFunctions(directory, environment, functionsAskedAt(value.sources, environment))));
    const packed = made.flatMap((one) => one.packed);
    const written = new Set(dryRun ? [] : await writePackages(directory, packed));
    return {
      value: packed.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), written: written.has(path) })),
      diagnostics: made.flatMap((one) => one.diagnostics), sources: input.files,
    };
  },
  human: (archives) => archives.map(({ path, bytes, sha256, written }) => `  ${written ? '+' : '='} ${path}  ${bytes} bytes  sha256:${sha256}`).join('\n') || 'No environment has functions.',
});
