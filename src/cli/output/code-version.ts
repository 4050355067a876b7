import { hash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../../..', import.meta.url).pathname;

/**
 * Version of everything that decides what is rendered: our sources, the catalogue and the installed packages, by size and time of each
 * file. Another version renders all anew. Reads the disk only.
 */
export const codeVersion = (): string => {
  const files = ['src', 'catalog', 'generated'].flatMap((folder) => {
    try {
      return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);
    } catch {
      return [];
    }
  });
  const facts = ['package-lock.json', ...files].flatMap((path) => {
    const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
    return stat?.isFile() ? [`${path} ${stat.size} ${stat.mtimeMs}`] : [];
  });
  return hash('sha1', facts.toSorted().join('\n'), 'base64url');
};
