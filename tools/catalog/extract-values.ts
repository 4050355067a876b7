/**
 * Writes `catalog/values/<id>.json`: which value paths a chart knows, from its values.yaml, values.schema.json, templates and
 * subcharts. Development only. Usage: `node tools/catalog/extract-values.ts <charts-dir> [id…]`, where `<charts-dir>/<id>` is an
 * unpacked chart. Changes: files below `catalog/values/`.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { templateReads } from './template-reads.ts';
import { addPath, mergeTrees, sortTree, treeOfDefaults, treeOfSchema } from './values-tree.ts';
import type { ValuesNode } from './values-tree.ts';

type Tree = Parameters<typeof sortTree>[0];
interface ChartYaml {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: readonly { readonly name: string; readonly alias?: string; readonly condition?: string }[];
}

const readYaml = (path: string): Record<string, unknown> => (parse(readFileSync(path, 'utf8'), { maxAliasCount: -1 }) as Record<string, unknown> | null) ?? {};

const templatesOf = (dir: string): string[] => {
  const root = join(dir, 'templates');
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ya?ml|tpl|txt)$/.test(name))
    .sort()
    .map((name) => readFileSync(join(root, name), 'utf8'));
};

const treeOfChart = (dir: string): { readonly tree: Tree; readonly closed: boolean; readonly hasSchema: boolean } => {
  const reads = templateReads(templatesOf(dir));
  let tree: Tree = treeOfDefaults(readYaml(join(dir, 'values.yaml')), reads.free);
  const schemaPath = join(dir, 'values.schema.json');
  const hasSchema = existsSync(schemaPath);
  let closed = false;
  if (hasSchema) {
    const schema = JSON.parse(readFileSync(schemaPath, 'utf8')) as Record<string, unknown>;
    const root = typeof schema['$ref'] === 'string' ? resolveRoot(schema) : schema;
    closed = root['additionalProperties'] === false;
    const fromSchema = treeOfSchema(schema, schema);
    if (typeof fromSchema === 'object') tree = mergeTrees(tree, fromSchema, reads.free);
  }
  for (const path of reads.read) addPath(tree, path.split('.'));
  return { tree, closed, hasSchema };
};

const resolveRoot = (schema: Record<string, unknown>): Record<string, unknown> => {
  let found: unknown = schema;
  for (const part of String(schema['$ref']).replace(/^#\//, '').split('/')) found = (found as Record<string, unknown>)[part];
  return found as Record<string, unknown>;
};

const withSubcharts = (dir: string): ReturnType<typeof treeOfChart> => {
  const own = treeOfChart(dir);
  const chart = readYaml(join(dir, 'Chart.yaml')) as unknown as ChartYaml;
  const tree: Tree = { ...own.tree };
  for (const { name, alias } of chart.dependencies ?? []) {
    const key = alias ?? name;
    const subdir = join(dir, 'charts', name);
    if (!existsSync(join(subdir, 'values.yaml'))) {
      tree[key] = 'map';
      continue;
    }
    const mine = tree[key];
    const below = withSubcharts(subdir).tree;
    tree[key] = typeof mine === 'object' ? mergeTrees(mine, below, new Set()) : below;
  }
  for (const { condition } of chart.dependencies ?? []) for (const path of condition?.split(',') ?? []) addPath(tree, path.trim().split('.'));
  return { ...own, tree: { ...tree, global: typeof tree['global'] === 'object' ? tree['global'] : 'map' } };
};

const [chartsDir, ...only] = process.argv.slice(2);
if (chartsDir === undefined) throw new Error('usage: extract-values.ts <charts-dir> [id…]');
for (const id of readdirSync(chartsDir).sort()) {
  if (only.length > 0 && !only.includes(id)) continue;
  const dir = join(chartsDir, id);
  const chart = readYaml(join(dir, 'Chart.yaml')) as unknown as ChartYaml;
  const { tree, closed, hasSchema } = withSubcharts(dir);
  const sorted: ValuesNode = sortTree(tree);
  const lines = Object.entries(sorted).map(([key, node]) => `    ${JSON.stringify(key)}: ${JSON.stringify(node)}`);
  const head = `{\n  "chart": ${JSON.stringify(chart.name)},\n  "version": ${JSON.stringify(chart.version)},\n  "schema": ${hasSchema},\n  "closed": ${closed},`;
  writeFileSync(join('catalog', 'values', `${id}.json`), `${head}\n  "values": {\n${lines.join(',\n')}\n  }\n}\n`);
  process.stdout.write(`${id} ${chart.version}: schema ${hasSchema}, closed ${closed}, ${lines.length} top-level keys\n`);
}
