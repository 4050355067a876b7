import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeenPart } from './seen-part.ts';

/** What the last build knew. Safe to delete: the next build then reads and renders everything. */
export interface OutputCache {
  /** Version of ArgoEKS' own code that rendered it. */
  readonly code: string;
  /** Part (a cluster, a root of Terraform) → key of all that its files were rendered from. */
  readonly keys: Readonly<Record<string, string>>;
  /** The files of each part by its name; those of no part under `''`. */
  readonly parts: ReadonlyMap<string, SeenPart>;
}

/** Where the cache is, relative to the repository. */
export const cachePath = '.argoeks/cache/output';

type Head = Pick<OutputCache, 'code' | 'keys'>;

const nothing: OutputCache = { code: '', keys: {}, parts: new Map() };

const sum = (text: Buffer | string): string => hash('sha1', text, 'base64url');

/** Reads the cache of a repository; empty when there is none or it is damaged. */
export const readCache = (directory: string): OutputCache => {
  let bytes;
  try {
    bytes = readFileSync(join(directory, cachePath));
  } catch {
    return nothing;
  }
  const start = bytes.indexOf('\n') + 1;
  const body = bytes.subarray(start);
  if (bytes.toString('latin1', 0, start) !== `${sum(body)}\n`) return nothing;
  const [head = '', ...lines] = body.toString('utf8').split('\n');
  const { code, keys } = JSON.parse(head) as Head;
  return { code, keys, parts: new Map(lines.map((line) => new SeenPart(line)).map((part) => [part.name, part])) };
};

/** Text of a cache: its checksum, a line of JSON for what holds for all, then a line for each part. Pure. */
export const cacheText = ({ code, keys, parts }: OutputCache): string => {
  const body = [JSON.stringify({ code, keys } satisfies Head), ...[...parts.values()].map(({ line }) => line)].join('\n');
  return `${sum(body)}\n${body}`;
};
