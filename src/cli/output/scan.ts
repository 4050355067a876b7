import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { cachePath, readCache, type OutputCache } from './cache.ts';
import { isAsSeen, pathOf, type SeenFolder } from './seen-part.ts';

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

const walk = (directory: string, folder: string, found: (folder: string, names: readonly string[]) => void): void => {
  let entries;
  try {
    entries = readdirSync(`${directory}/${folder}`, { withFileTypes: true });
  } catch {
    return;
  }
  const names: string[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory()) names.push(entry.name);
    else if (!skipped.has(entry.name)) walk(directory, `${folder}/${entry.name}`, found);
  }
  found(folder, names);
};

/** Compares every file of the output folders with the cache by size and times, without reading any. Reads the disk only. */
export const scan = (directory: string, { parts }: OutputCache): Scan => {
  const unknown: string[] = [];
  const touched: string[] = [];
  const known = new Map<string, SeenFolder>();
  for (const part of parts.values()) for (const [folder, files] of part.folders) known.set(folder, files);
  for (const folder of outputFolders) walk(directory, folder, (at, names) => {
    const files = known.get(at);
    for (const name of names) if (!files?.has(name)) unknown.push(`${at}/${name}`);
  });
  for (const [folder, files] of known) {
    for (const [name, seen] of files) {
      const path = pathOf(folder, name);
      if (!isAsSeen(lstatSync(`${directory}/${path}`, { throwIfNoEntry: false }), seen)) touched.push(path);
    }
  }
  return { touched, unknown };
};

/** Below this size of the cache a thread costs more than it saves. */
const worthAThread = 500_000;

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
