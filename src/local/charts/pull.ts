import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { digestOf } from './archive.ts';

/** A chart and where it is fetched from; `oci://…` for an OCI registry. */
export interface Wanted {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
}

/** What became of one chart. */
export interface Pulled {
  readonly name: string;
  readonly version: string;
  readonly state: 'cached' | 'fetched' | 'failed';
  /** SHA-256 of the archive. */
  readonly digest?: string;
  /** Helm's own words when it failed. */
  readonly reason?: string;
}

/**
 * Fetches a chart with a helm program (a path) into `cache`, as `<name>-<version>.tgz`, unless it is there. The archive appears whole or not at all.
 * Effects: runs helm, which uses the network; writes one file. A failure is returned, not thrown.
 */
export const pullChart = async ({ name, version, repository }: Wanted, cache: string, helm: string): Promise<Pulled> => {
  const file = join(cache, `${name}-${version}.tgz`);
  const cached = await readFile(file).catch(() => undefined);
  if (cached) return { name, version, state: 'cached', digest: digestOf(cached) };
  const folder = await mkdtemp(join(cache, '.pull-'));
  try {
    const source = repository.startsWith('oci://') ? [`${repository.replace(/\/$/, '')}/${name}`] : [name, '--repo', repository];
    await promisify(execFile)(helm, ['pull', ...source, '--version', version, '--destination', folder]);
    const [archive] = await readdir(folder);
    if (archive === undefined) return { name, version, state: 'failed', reason: 'helm wrote no archive' };
    await rename(join(folder, archive), file);
    return { name, version, state: 'fetched', digest: digestOf(await readFile(file)) };
  } catch (error) {
    const text = error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : String(error);
    return { name, version, state: 'failed', reason: text.trim().split('\n').at(-1) ?? '' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
