import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogFacts } from '../compile/catalog-facts.ts';
import { lockPath, type Input } from '../compile/compile.ts';
import { components } from '../components/registry.ts';
import { paths } from '../config/platform-settings.ts';
import { Rejected } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';

const refusals: Readonly<Record<string, readonly [what: string, fix: string]>> = {
  EISDIR: ['is a directory, but a file is expected', 'Move the directory away, or give it a name without ".yaml".'],
  EACCES: ['cannot be read: permission denied', 'Give yourself the right to read it: chmod u+r.'],
  ELOOP: ['is a link that leads back to itself', 'Remove the link.'],
};

const text = async (directory: string, path: string, listed = false): Promise<readonly [string, string] | undefined> => {
  // Latin-1 would hide what is not text; the loader recognises replacement and zero characters.
  const found = await readFile(join(directory, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    const isMissing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
    if (isMissing && !listed) return undefined;
    const [what, fix] = (isMissing ? ['is a link to a file that does not exist', 'Remove the link, or restore what it leads to.'] : refusals[error.code ?? '']) ?? [];
    if (what === undefined || fix === undefined) throw error;
    throw new Rejected([problem('config/missing-file', { file: path, line: 1, column: 1 }, `${path} ${what}.`, fix)]);
  });
  return found === undefined ? undefined : [path, found];
};

/**
 * Reads what a compile needs from a repository. Missing files are left out: the compiler says what is missing. Throws `Rejected` for
 * what stands there and cannot be read, so that no registry is passed over in silence.
 */
export const readRepository = async (directory: string, reallocate: readonly string[] = []): Promise<Input> => {
  const registries = (await readdir(join(directory, paths.clusters)).catch(() => [])).filter((name) => /\.ya?ml$/.test(name)).toSorted();
  const read = await Promise.all([...[paths.platform, paths.tags].map((path) => text(directory, path)), ...registries.map((name) => text(directory, paths.clusters + name, true))]);
  const lock = await text(directory, lockPath);
  return {
    files: new Map(read.filter((entry) => entry !== undefined)),
    lock: lock?.[1],
    components,
    facts: { ...catalogFacts(), ...(reallocate.length > 0 ? { reallocate } : {}) },
  };
};
