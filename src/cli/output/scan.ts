import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { cachePath, readCache, type OutputCache } from './cache.ts';

/** Folders that hold rendered output; nothing is ever removed elsewhere. */
export const outputFolders = ['terraform', 'kubernetes', 'docs/reference'];

/** How the disk differs from the cache. */
export interface Scan {
  /** Files of the cache that are gone or were touched since. */
  readonly touched: readonly string[];
  /** Files in output folders that the cache does not know. */
  readonly unknown: readonly string[];
}

/** Terraform's own working folders are nobody's output, and large. */
const skipped = new Set(['.terraform', '.git', 'node_modules']);

const walk = (directory: string, folder: string, found: (path: string) => void): void => {
  let entries;
  try {
    entries = readdirSync(join(directory, folder), { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (!entry.isDirectory()) found(path);
    else if (!skipped.has(entry.name)) walk(directory, path, found);
  }
};

/** Compares every file of the output folders with the cache by size and times, without reading any. Reads the disk only. */
export const scan = (directory: string, { files }: OutputCache): Scan => {
  const unknown: string[] = [];
  for (const folder of outputFolders) walk(directory, folder, (path) => void (files.has(path) || unknown.push(path)));
  const touched: string[] = [];
  for (const [path, seen] of files) {
    const stat = lstatSync(`${directory}/${path}`, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size !== seen.size || stat.mtimeMs !== seen.mtimeMs || stat.ctimeMs !== seen.ctimeMs) touched.push(path);
  }
  return { touched, unknown };
};

/** Below this size of the cache a thread costs more than it saves. */
const worthAThread = 1_000_000;

/**
 * The cache and how the disk differs from it. For a large repository the disk is looked at by a second thread, while the caller
 * goes on: sixty thousand files take as long as planning a thousand clusters. Reads the disk only.
 */
export const startScan = (directory: string): { readonly cache: OutputCache; readonly result: Promise<Scan> } => {
  const size = statSync(join(directory, cachePath), { throwIfNoEntry: false })?.size ?? 0;
  if (size < worthAThread) {
    const cache = readCache(directory);
    return { cache, result: Promise.resolve(scan(directory, cache)) };
  }
  const worker = new Worker(new URL('./scan-thread.ts', import.meta.url), { workerData: directory });
  const result = new Promise<Scan>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  // Whoever gives up before asking for the result must not be struck by its failure.
  result.catch(() => undefined);
  return { cache: readCache(directory), result };
};
