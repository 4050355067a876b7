import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { show } from '../diag/show.ts';
import { filled, unknownEmptyKeys } from './empty-keys.ts';
import type { Origin } from './issues.ts';
import { problemsOf } from './issues.ts';
import type { Mapping } from './plain-data.ts';
import { byText, isMapping, layered, mappingOr } from './plain-data.ts';
import { clusterRegistry, registeredCluster, wholeRegistry } from './registry.ts';
import type { Step } from './yaml-place.ts';
import type { Source } from './yaml-source.ts';

/** Everything the registries say about one cluster, merged over all files that speak of it. */
export interface RegisteredCluster {
  readonly name: string;
  readonly region: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `spec` of the entries, laid over one another; not validated key by key yet. */
  readonly spec: Mapping;
  /** Where each entry stands, in the order of the files. Never empty. */
  readonly origins: readonly [Origin, ...Origin[]];
  /** Place of the first entry. */
  readonly at: Span;
}

/** First place that says something at `path` (below the entry), as key or value. */
export const placeIn = ({ origins }: Pick<RegisteredCluster, 'origins'>, path: readonly Step[], which: 'key' | 'value' = 'value'): Span => {
  const origin = origins.find(({ source, path: root }) => source.has([...root, ...path])) ?? origins[0];
  return origin.source.span([...origin.path, ...path], which);
};

interface Entry {
  readonly data: Mapping;
  readonly origin: Origin;
}

const place = ({ file, line, column }: Span): string => `${file}:${line}:${column}`;

const conflicts = (a: unknown, b: unknown, path: readonly Step[] = []): readonly (readonly Step[])[] => {
  if (a === undefined || b === undefined) return [];
  if (isMapping(a) && isMapping(b)) return Object.keys(b).flatMap((key) => (Object.hasOwn(a, key) ? conflicts(a[key], b[key], [...path, key]) : []));
  return JSON.stringify(a) === JSON.stringify(b) ? [] : [path];
};

const readEntries = (source: Source): { readonly entries: readonly Entry[]; readonly diagnostics: readonly Diagnostic[] } => {
  const root: Origin = { source, path: [], name: '' };
  // A component that is only named takes its defaults; it must not vanish.
  const named = source.empty.filter((path) => path.length === 6 && path[3] === 'spec' && path[4] === 'components');
  const list = mappingOr(mappingOr(named.reduce(filled, source.value))['spec'])['clusters'];
  const clusters = Array.isArray(list) ? (list as readonly unknown[]) : [];
  const frame = isMapping(source.value) && Array.isArray(list) ? { ...source.value, spec: { ...mappingOr(source.value['spec']), clusters: [] } } : source.value;
  const parsed = clusterRegistry.safeParse(frame);
  const diagnostics: Diagnostic[] = [...(parsed.success ? [] : problemsOf(parsed.error.issues, clusterRegistry, frame, [root])), ...unknownEmptyKeys(source, wholeRegistry)];
  const entries: Entry[] = [];
  for (const [i, item] of clusters.entries()) {
    const path = ['spec', 'clusters', i];
    const name = mappingOr(item)['name'];
    const origin: Origin = { source, path, name: typeof name === 'string' ? `cluster ${name}` : `spec.clusters[${i}]` };
    const entry = registeredCluster.safeParse(item);
    if (entry.success) entries.push({ data: entry.data, origin });
    else diagnostics.push(...problemsOf(entry.error.issues, registeredCluster, item, [origin]));
  }
  return { entries, diagnostics };
};

/**
 * Reads all registries: `sources` in the order of file names. Clusters sorted by name; entries of different files are merged, and
 * what they contradict each other in is reported with both places. Pure.
 */
export const readRegistries = (sources: readonly Source[]): { readonly clusters: readonly RegisteredCluster[]; readonly diagnostics: readonly Diagnostic[] } => {
  const diagnostics: Diagnostic[] = [];
  const byName = new Map<string, Entry[]>();
  for (const source of sources) {
    const read = readEntries(source);
    diagnostics.push(...read.diagnostics);
    for (const entry of read.entries) {
      const name = String(entry.data['name']);
      const known = byName.get(name) ?? [];
      const twin = known.find((other) => other.origin.source.file === source.file);
      if (twin) {
        const at = (one: Entry): Span => one.origin.source.span([...one.origin.path, 'name']);
        diagnostics.push(problem('config/duplicate-cluster', at(entry), `The cluster ${show(name)} is registered twice in this file; first at ${place(at(twin))}.`, 'Rename one of the two, or remove it.'));
        continue;
      }
      for (const other of known) {
        for (const path of conflicts(other.data, entry.data)) {
          const at = entry.origin.source.span([...entry.origin.path, ...path]);
          const there = other.origin.source.span([...other.origin.path, ...path]);
          const value = (one: Entry): string => show(path.reduce<unknown>((data, step) => mappingOr(data)[step], one.data));
          diagnostics.push(problem('config/contradiction', at, `${path.join('.')} of the cluster ${name} is ${value(entry)} here and ${value(other)} at ${place(there)}.`, 'Make the two files agree, or say it in one of them only.'));
        }
      }
      byName.set(name, [...known, entry]);
    }
  }
  const clusters = [...byName].sort(([a], [b]) => byText(a, b)).flatMap(([name, entries]) => {
    const [first, ...rest] = entries;
    if (!first) return [];
    const merged = mappingOr(rest.reduce<unknown>((data, entry) => layered(data, entry.data), first.data));
    const origins: readonly [Origin, ...Origin[]] = [first.origin, ...rest.map((entry) => entry.origin)];
    return [{
      name, region: String(merged['region']), labels: mappingOr(merged['labels']) as Readonly<Record<string, string>>, spec: mappingOr(merged['spec']),
      origins, at: first.origin.source.span([...first.origin.path, 'name']),
    }];
  });
  return { clusters, diagnostics };
};
