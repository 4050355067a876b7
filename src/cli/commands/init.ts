import { access, cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve as absolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { defineCommand } from '../command.ts';

const product = fileURLToPath(new URL('../../..', import.meta.url));

const ignored = `.argoeks/
.terraform/
*.tfstate
*.tfstate.*
*.tfplan
.env
build/functions/dist/
`;

const readme = `# Platform

\`configuration/\` says what the platform is. \`terraform/\`, \`kubernetes/\` and \`docs/reference/\` are written by \`argoeks build\`: review and commit them, never edit them.

    argoeks check     # what is wrong, or still a placeholder
    argoeks build     # render
    argoeks local up  # try it on this machine, AWS simulated
`;

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

const isFile = (path: string): Promise<boolean> => stat(path).then((found) => !found.isDirectory(), () => false);

/** `argoeks init`: a repository of one's own, from the default configuration. Never overwrites. */
export const init = defineCommand({
  name: 'init',
  summary: 'Writes a first configuration into a directory.',
  args: z.object({ directory: z.string().default('.').meta({ description: 'Directory to write into; made when absent.' }) }),
  positional: ['directory'],
  examples: ['argoeks init ../my-platform'],
  async run({ directory }, context) {
    const target = absolute(context.directory, directory);
    if (await isFile(target)) {
      const at = { file: directory, line: 1, column: 1 };
      return { diagnostics: [{ code: 'config/contradiction', severity: 'error', at, summary: `"${directory}" is a file, not a directory.`, fix: 'Name a directory; it is made when absent: argoeks init <directory>.' }] };
    }
    if (await exists(join(target, 'configuration'))) {
      const at = { file: 'configuration', line: 1, column: 1 };
      return { diagnostics: [{ code: 'config/contradiction', severity: 'error', at, summary: `"${directory}" has a configuration already.`, fix: 'Edit it, or name another directory: argoeks init <directory>.' }] };
    }
    const files: readonly (readonly [string, string])[] = [
      ['.gitignore', ignored],
      ['.gitattributes', 'argoeks.lock.yaml merge=union\n'],
      ['.env.example', await readFile(join(product, '.env.example'), 'utf8')],
      ['README.md', readme],
    ];
    if (!context.dryRun) {
      await mkdir(target, { recursive: true });
      await cp(join(product, 'configuration'), join(target, 'configuration'), { recursive: true });
      await cp(join(product, 'build/functions/hello'), join(target, 'build/functions/hello'), { recursive: true });
      // Alerts link to them.
      await cp(join(product, 'docs/runbooks'), join(target, 'docs/runbooks'), { recursive: true });
      for (const [name, text] of files) await writeFile(join(target, name), text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
    }
    return { value: { directory, written: ['configuration/', 'build/functions/hello/', 'docs/runbooks/', ...files.map(([name]) => name)] } };
  },
  human: ({ directory, written }) =>
    [...written.map((path) => `  + ${path}`), '', `Next: ${directory === '.' ? '' : `cd ${/\s/.test(directory) ? `'${directory}'` : directory}, `}edit configuration/platform.yaml (accounts, repository, domains), then: argoeks check`].join('\n'),
});
