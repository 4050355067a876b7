/**
 * Renders unpacked charts with values and prints, per chart: version, number of objects, values that the chart does not know, objects that the
 * API server would refuse. Development only. Usage:
 * `node tools/catalog/render-charts.ts <charts-dir> <values-dir> [--helm <program>]`, with `<charts-dir>/<id>/Chart.yaml` and one file of values
 * `<values-dir>/<id>.yaml` or more, `<values-dir>/<id>.<what>.yaml`, laid over one another in order. Exit 1 on any fault. Writes nothing.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { targetKubernetes } from '../../catalog/kubernetes.ts';
import { checkValues } from '../../src/verify/kubernetes/chart-values.ts';
import { validateObject } from '../../src/verify/kubernetes/schemas.ts';

interface Rendered {
  readonly objects: readonly unknown[];
  readonly error?: string;
}

const render = (helm: string, chart: string, values: readonly string[]): Rendered => {
  const files = values.flatMap((file) => ['--values', file]);
  try {
    const text = execFileSync(helm, ['template', 'release', chart, '--namespace', 'platform', '--include-crds', '--kube-version', `${targetKubernetes}.0`, '--api-versions', 'monitoring.coreos.com/v1', ...files], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 256 * 1024 * 1024,
    });
    return { objects: parseAllDocuments(text).map((document) => document.toJS({ maxAliasCount: -1 }) as unknown).filter((object) => object !== null) };
  } catch (error) {
    return { objects: [], error: String((error as { stderr?: unknown }).stderr ?? error).trim() };
  }
};

const nameOf = (object: unknown): string => {
  const { kind, metadata } = object as { readonly kind?: string; readonly metadata?: { readonly name?: string } };
  return `${kind ?? '?'}/${metadata?.name ?? '?'}`;
};

const [chartsDir, valuesDir, flag, program] = process.argv.slice(2);
if (chartsDir === undefined || valuesDir === undefined) throw new Error('usage: render-charts.ts <charts-dir> <values-dir> [--helm <program>]');
const helm = flag === '--helm' && program !== undefined ? program : 'helm';
let faults = 0;
const fault = (text: string): void => {
  faults += 1;
  process.stdout.write(`    ${text}\n`);
};

for (const id of readdirSync(chartsDir).sort()) {
  const files = readdirSync(valuesDir).filter((file) => file === `${id}.yaml` || (file.startsWith(`${id}.`) && file.endsWith('.yaml'))).sort();
  if (files.length === 0) continue;
  const { version } = parse(readFileSync(join(chartsDir, id, 'Chart.yaml'), 'utf8')) as { readonly version: string };
  const paths = files.map((file) => join(valuesDir, file));
  const { objects, error } = render(helm, join(chartsDir, id), paths);
  process.stdout.write(`${id} ${version}: ${objects.length} objects\n`);
  if (error !== undefined) fault(`render: ${error}`);
  for (const path of paths) {
    for (const issue of checkValues(id, (parse(readFileSync(path, 'utf8')) as Record<string, unknown> | null) ?? {})) fault(`value ${issue.path}: ${issue.message}`);
  }
  for (const object of objects) for (const issue of validateObject(object)) fault(`${nameOf(object)} ${issue.path}: ${issue.message}`);
}
process.exitCode = faults > 0 ? 1 : 0;
