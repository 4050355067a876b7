import { z } from 'zod';
import { defineCommand } from '../command.ts';
import { commands, type Entry } from '../commands.ts';
import { completionScript, type Shell, type Words } from '../completion-script.ts';
import { optionsOf } from '../options.ts';

const shells = ['bash', 'zsh', 'fish'] as const satisfies readonly Shell[];

const globals = ['--json', '--verbose', '--dry-run', '--no-color', '--help'];

const wordsOf = async (entry: Entry): Promise<Words> => {
  const command = await entry.load();
  return { name: entry.name, summary: entry.summary, options: [...optionsOf(command.args, command.positional ?? []).map(({ long }) => long ?? ''), ...globals] };
};

/** `argoeks completion`: a script that completes commands and options in a shell. */
export const completion = defineCommand({
  name: 'completion',
  summary: 'Prints a script that completes commands and options in a shell.',
  args: z.object({ shell: z.enum(shells, { error: `is one of: ${shells.join(', ')}` }).meta({ description: shells.join(', ') }) }),
  positional: ['shell'],
  examples: ['source <(argoeks completion bash)', 'argoeks completion zsh > "${fpath[1]}/_argoeks"', 'argoeks completion fish > ~/.config/fish/completions/argoeks.fish'],
  async run({ shell }) {
    return { value: { shell, script: completionScript(shell, await Promise.all(commands.map(wordsOf))) } };
  },
  human: ({ script }) => script,
});
