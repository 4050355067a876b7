import { stringify } from 'yaml';
import type { ChartId } from './archive.ts';

/** One archive of a repository. */
export interface IndexEntry extends ChartId {
  readonly digest: string;
  /** File name below the repository's URL. */
  readonly file: string;
}

/** `index.yaml` of a Helm chart repository, entries by name. The creation time is fixed: nothing reads it. */
export const indexFile = (entries: readonly IndexEntry[]): string => {
  const names = [...new Set(entries.map((entry) => entry.name))].toSorted();
  return stringify({
    apiVersion: 'v1',
    entries: Object.fromEntries(
      names.map((name) => [
        name,
        entries.filter((entry) => entry.name === name).map(({ version, digest, file }) => ({ apiVersion: 'v2', name, version, digest, urls: [file], created: '1970-01-01T00:00:00Z' })),
      ]),
    ),
    generated: '1970-01-01T00:00:00Z',
  });
};
