/**
 * Writes `catalog/crds/<name>.json.gz` and `catalog/crds/index.json` from definitions that charts or operators install. Development only.
 * Usage: `node tools/catalog/extract-crds.ts <dir>`, where `<dir>/<chart id>/*.yaml` holds the definitions; lines of Go templating are dropped.
 * Charts that `<dir>` lacks keep theirs. Changes: files below `catalog/crds/`.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { stripSchema } from './strip-schema.ts';
import { writeGzip } from './write-gzip.ts';

interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly subresources?: unknown;
  readonly schema?: { readonly openAPIV3Schema?: unknown };
  readonly selectableFields?: unknown;
  readonly additionalPrinterColumns?: readonly Readonly<Record<string, unknown>>[];
}
interface Crd {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> | null };
  readonly spec: { readonly group: string; readonly scope: string; readonly names: Record<string, unknown>; readonly versions: readonly CrdVersion[] };
}

const isCrd = (value: unknown): value is Crd => (value as Crd | null)?.kind === 'CustomResourceDefinition';

const readCrds = (path: string): readonly Crd[] => {
  const text = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => !/^\s*\{\{/.test(line))
    .join('\n');
  return parseAllDocuments(text, { maxAliasCount: -1 } as never)
    .map((document) => document.toJS() as unknown)
    .filter(isCrd);
};

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('usage: extract-crds.ts <dir>');
const target = join('catalog', 'crds');
const indexPath = join(target, 'index.json');
const before = existsSync(indexPath) ? (JSON.parse(readFileSync(indexPath, 'utf8')) as { readonly kinds: Record<string, string>; readonly installedBy: Record<string, string[]> }) : { kinds: {}, installedBy: {} };

const charts = readdirSync(source).sort();
const replaced = new Set(charts.flatMap((chart) => before.installedBy[chart] ?? []));
for (const name of replaced) rmSync(join(target, `${name}.json.gz`), { force: true });
const kinds: Record<string, string> = Object.fromEntries(Object.entries(before.kinds).filter(([, crd]) => !replaced.has(crd.split(' ')[0] ?? '')));
const installedBy: Record<string, string[]> = Object.fromEntries(Object.entries(before.installedBy).filter(([chart]) => !charts.includes(chart)));
let total = 0;
for (const chart of charts) {
  for (const file of readdirSync(join(source, chart)).sort()) {
    for (const { metadata, spec } of readCrds(join(source, chart, file))) {
      const versions = spec.versions
        .filter((version) => version.served || version.storage)
        .map(({ name, served, storage, subresources, schema, selectableFields, additionalPrinterColumns }) => ({
          name,
          served,
          storage,
          ...(subresources === undefined ? {} : { subresources }),
          ...(selectableFields === undefined ? {} : { selectableFields }),
          ...(additionalPrinterColumns === undefined ? {} : { additionalPrinterColumns: additionalPrinterColumns.map(({ description: _, ...column }) => column) }),
          schema: stripSchema(schema?.openAPIV3Schema ?? {}),
        }));
      const { group, scope, names } = spec;
      // Groups below k8s.io need this annotation; the API server reports them otherwise.
      const approved = metadata.annotations?.['api-approved.kubernetes.io'];
      total += writeGzip(join(target, `${metadata.name}.json.gz`), { name: metadata.name, chart, ...(approved === undefined ? {} : { approved }), group, scope, names, versions });
      for (const { name, served } of versions) if (served) kinds[`${group}/${name}/${String(names['kind'])}`] = `${metadata.name} ${scope}`;
      (installedBy[chart] ??= []).push(metadata.name);
    }
  }
}
const sorted = <T>(record: Record<string, T>): Record<string, T> => Object.fromEntries(Object.keys(record).sort().map((key) => [key, record[key] as T]));
for (const names of Object.values(installedBy)) names.sort();
writeFileSync(indexPath, `${JSON.stringify({ kinds: sorted(kinds), installedBy: sorted(installedBy) }, null, 1)}\n`);
process.stdout.write(`${Object.keys(kinds).length} kinds, ${total} bytes\n`);
