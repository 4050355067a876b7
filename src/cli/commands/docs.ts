import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { defineCommand } from '../command.ts';

const product = fileURLToPath(new URL('../../..', import.meta.url));

interface Page {
  readonly path: string;
  readonly title: string;
}

const pagesBelow = async (root: string, folder: string): Promise<readonly Page[]> => {
  const names = (await readdir(join(root, folder), { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.md')).toSorted();
  return Promise.all(names.map(async (name) => ({ path: join(root, folder, name), title: /^# (.+)$/m.exec(await readFile(join(root, folder, name), 'utf8'))?.[1] ?? name })));
};

/** `argoeks docs`: which pages there are, and where; a word narrows the list down. */
export const docs = defineCommand({
  name: 'docs',
  summary: 'Lists the pages of the documentation, and where they are.',
  args: z.object({ topic: z.string().optional().meta({ description: 'word that title or path must contain' }) }),
  positional: ['topic'],
  examples: ['argoeks docs', 'argoeks docs karpenter'],
  async run({ topic }, { directory }) {
    const own = await pagesBelow(directory, 'docs/reference');
    const pages = [...(await pagesBelow(product, 'docs')).filter(({ path }) => own.length === 0 || !path.startsWith(join(product, 'docs/reference'))), ...own];
    const wanted = topic?.toLowerCase() ?? '';
    return { value: { pages: pages.filter(({ path, title }) => `${title} ${path.split('/docs/').at(-1) ?? ''}`.toLowerCase().includes(wanted)) } };
  },
  human({ pages }) {
    if (pages.length === 0) return 'No page has this word.';
    const widest = Math.max(...pages.map(({ title }) => title.length));
    return pages.map(({ title, path }) => `${title.padEnd(widest)}  ${path}`).join('\n');
  },
});
