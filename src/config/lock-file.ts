import { z } from 'zod';
import type { Diagnostic, Result, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { byText } from './plain-data.ts';
import { paths } from './platform-settings.ts';
import { readYaml } from './yaml-source.ts';

/** What the lock keeps of one cluster. */
export interface LockedCluster {
  /** VPC block, `a.b.c.d/n`. */
  readonly cidr: string;
  /** Cilium cluster id, 1 to 127; 0 for a cluster that can't join a mesh. */
  readonly mesh_id: number;
}

/** `argoeks.lock.yaml`: what must stay as it is when the fleet changes. Each value knows its line. */
export interface Lock {
  readonly clusters: ReadonlyMap<string, LockedCluster & { readonly at: Span }>;
  /** Chart id → pinned version. */
  readonly charts: ReadonlyMap<string, { readonly version: string; readonly at: Span }>;
}

const LockSchema = z.strictObject({
  version: z.literal(1),
  clusters: z.record(z.string(), z.strictObject({ cidr: z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/), mesh_id: z.int().min(0).max(511) })),
  charts: z.record(z.string(), z.string()),
});

const clusterLine = /^ {2}([a-z][a-z0-9-]*): \{cidr: (\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}), mesh_id: (\d{1,3})\}$/;
const chartLine = /^ {2}([a-z][a-z0-9-]*): "([\w.+-]+)"$/;

/** The lock line by line where every line is as `writeLock` writes it, else undefined. A large fleet's lock takes YAML a tenth of a whole build. */
const asWritten = (text: string): Lock | undefined => {
  const clusters = new Map<string, LockedCluster & { readonly at: Span }>();
  const charts = new Map<string, { readonly version: string; readonly at: Span }>();
  const sections: string[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    const last = sections.at(-1);
    const at = (column: number): Span => ({ file: paths.lock, line: i + 1, column });
    const [, name = '', cidr = '', mesh = ''] = (last === 'clusters:' && clusterLine.exec(line)) || [];
    const [, id = '', version = ''] = (last === 'charts:' && chartLine.exec(line)) || [];
    if (cidr !== '' && !clusters.has(name) && Number(mesh) <= 511) clusters.set(name, { cidr, mesh_id: Number(mesh), at: at(3) });
    else if (version !== '' && !charts.has(id)) charts.set(id, { version, at: at(5 + id.length) });
    else if (['version: 1', 'clusters:', 'charts:'][sections.length] === line) sections.push(line);
    else if (line !== '' && !(line.startsWith('#') && sections.length === 0)) return undefined;
  }
  return sections.length === 3 ? { clusters, charts } : undefined;
};

const wayOut = 'Restore it: git checkout -- argoeks.lock.yaml. Delete it only if no cluster exists in AWS yet; `argoeks build` then writes a new one.';
const corrupt = (at: Span, summary: string, fix = wayOut): Diagnostic => problem('lock/corrupt', at, summary, fix);

/**
 * Reads the lock; no text means that there is none yet. Refuses anything it does not understand completely, because guessing could
 * give a running cluster other addresses: `lock/corrupt`, `lock/unmerged`. Pure.
 */
export const readLock = (text: string | undefined): Result<Lock> => {
  if (text === undefined) return { value: { clusters: new Map(), charts: new Map() }, diagnostics: [] };
  const own = asWritten(text);
  if (own) return { value: own, diagnostics: [] };
  const top: Span = { file: paths.lock, line: 1, column: 1 };
  const marker = text.split('\n').findIndex((line) => /^(<{7}|={7}|>{7})(\s|$)/.test(line));
  if (marker >= 0) {
    return { diagnostics: [problem('lock/unmerged', { ...top, line: marker + 1 }, 'The lock file holds the marks of an unfinished merge.', 'Keep the lines of both sides, delete the marks, and run `argoeks build`.')] };
  }
  const read = readYaml(paths.lock, text);
  if (!read.value) {
    return { diagnostics: read.diagnostics.map((d) => d.code === 'config/duplicate-key'
      ? corrupt(d.at, 'The same entry stands twice in the lock file.', 'Keep the line of the cluster that exists in AWS and delete the other, then run `argoeks build`.')
      : corrupt(d.at, d.summary)) };
  }
  const [source, second] = read.value;
  if (!source || second) return { diagnostics: [corrupt(top, source ? 'The lock file holds several documents.' : 'The lock file is empty.')] };
  const parsed = LockSchema.safeParse(source.value);
  if (!parsed.success) {
    return { diagnostics: parsed.error.issues.map((issue) => {
      const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
      const where = issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path;
      return corrupt(source.span(where), `${where.join('.') || 'The file'} of the lock file is not what \`argoeks build\` writes.`);
    }) };
  }
  const clusters = new Map(Object.entries(parsed.data.clusters).map(([name, entry]) => [name, { ...entry, at: source.span(['clusters', name], 'key') }]));
  const charts = new Map(Object.entries(parsed.data.charts).map(([id, version]) => [id, { version, at: source.span(['charts', id]) }]));
  return { value: { clusters, charts }, diagnostics: [] };
};

const section = (name: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [`${name}: {}`] : [`${name}:`, ...lines]);

/** Text of the lock: sorted, one entry per line, so that branches that change different clusters can be merged by lines. Pure. */
export const writeLock = (clusters: ReadonlyMap<string, LockedCluster>, charts: ReadonlyMap<string, string>): string => {
  const sorted = <T>(map: ReadonlyMap<string, T>): readonly [string, T][] => [...map].sort(([a], [b]) => byText(a, b));
  return `${[
    '# Written by `argoeks build`; commit it. Keeps the address block and the Cilium cluster id of every cluster, and every chart',
    '# version, where they are while the fleet changes. One line per entry: after a merge conflict keep the lines of both sides.',
    'version: 1',
    ...section('clusters', sorted(clusters).map(([name, { cidr, mesh_id }]) => `  ${name}: {cidr: ${cidr}, mesh_id: ${mesh_id}}`)),
    ...section('charts', sorted(charts).map(([id, version]) => `  ${id}: ${JSON.stringify(version)}`)),
  ].join('\n')}\n`;
};
