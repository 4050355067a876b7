import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogFacts } from '../compile/catalog-facts.ts';
import { lockPath, type Input } from '../compile/compile.ts';
import { components } from '../components/registry.ts';
import { paths } from '../config/platform-settings.ts';

const text = async (directory: string, path: string): Promise<readonly [string, string] | undefined> => {
  // Latin-1 would hide what is not text; the loader recognises replacement and zero characters.
  const found = await readFile(join(directory, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  return found === undefined ? undefined : [path, found];
};

/** Reads what a compile needs from a repository. Missing files are left out: the compiler says what is missing. */
export const readRepository = async (directory: string, reallocate: readonly string[] = []): Promise<Input> => {
  const registries = (await readdir(join(directory, paths.clusters)).catch(() => [])).filter((name) => /\.ya?ml$/.test(name)).toSorted();
  const read = await Promise.all([paths.platform, paths.tags, ...registries.map((name) => paths.clusters + name)].map((path) => text(directory, path)));
  const lock = await text(directory, lockPath);
  return {
    files: new Map(read.filter((entry) => entry !== undefined)),
    lock: lock?.[1],
    components,
    facts: { ...catalogFacts(), ...(reallocate.length > 0 ? { reallocate } : {}) },
  };
};
