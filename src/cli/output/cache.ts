import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a rendered file was like when it was last known to be right. Times tell whether it must be read again. */
export interface SeenFile {
  readonly hash: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

/** What the last build knew. Safe to delete: the next build then reads and renders everything. */
export interface OutputCache {
  /** Version of ArgoEKS' own code that rendered it. */
  readonly code: string;
  /** Part (a cluster, a root of Terraform) → key of all that its files were rendered from. */
  readonly keys: Readonly<Record<string, string>>;
  readonly files: ReadonlyMap<string, SeenFile>;
}

/** Where the cache is, relative to the repository. */
export const cachePath = '.argoeks/cache/output.json';

type Row = readonly [path: string, hash: string, size: number, mtimeMs: number, ctimeMs: number];
interface Document {
  readonly format: 1;
  readonly code: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly files: readonly Row[];
}

const nothing: OutputCache = { code: '', keys: {}, files: new Map() };

/** Reads the cache of a repository; empty when there is none or it is damaged. */
export const readCache = (directory: string): OutputCache => {
  try {
    const { format, code, keys, files } = JSON.parse(readFileSync(join(directory, cachePath), 'utf8')) as Document;
    if (format !== 1) return nothing;
    return { code, keys, files: new Map(files.map(([path, hash, size, mtimeMs, ctimeMs]) => [path, { hash, size, mtimeMs, ctimeMs }])) };
  } catch {
    return nothing;
  }
};

/** Text of a cache. Pure. */
export const cacheText = ({ code, keys, files }: OutputCache): string => {
  const rows = [...files].map(([path, { hash, size, mtimeMs, ctimeMs }]): Row => [path, hash, size, mtimeMs, ctimeMs]);
  return JSON.stringify({ format: 1, code, keys, files: rows } satisfies Document);
};
