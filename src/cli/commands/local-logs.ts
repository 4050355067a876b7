import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { renameOrChoose } from '../../diag/did-you-mean.ts';
import { peekWorld, worldDirOf } from '../../local/world.ts';
import { defineCommand } from '../command.ts';

export const localLogs = defineCommand({
  name: 'local logs',
  summary: 'Prints the end of a program\'s log; without a name, lists the programs.',
  args: z.object({
    component: z.string().optional().meta({ description: 'Program, such as argocd/argocd-application-controller or supervisor; part of the name is enough.' }),
    lines: z.coerce.number().int().min(1).default(100).meta({ description: 'How many lines.' }),
  }),
  positional: ['component'],
  async run({ component, lines }, { directory }) {
    const world = await peekWorld(directory);
    const logs = [{ name: 'supervisor', log: join(worldDirOf(directory), 'logs', 'supervisor.log') }, ...(world?.children ?? [])];
    if (component === undefined) return { value: { names: logs.map((l) => l.name), text: '' } };
    const found = logs.find((l) => l.name === component) ?? logs.find((l) => l.name.includes(component));
    if (!found) return { diagnostics: [{ code: 'ops/unknown-program', severity: 'error', at: { file: 'configuration/platform.yaml', line: 1, column: 1 }, summary: `No program of the local platform is called "${component}".`, fix: renameOrChoose(component, logs.map((l) => l.name)) }] };
    const text = await readFile(found.log, 'utf8').catch(() => '');
    return { value: { names: [found.name], text: text.trimEnd().split('\n').slice(-lines).join('\n') } };
  },
  human: ({ names, text }) => text || names.join('\n'),
});
