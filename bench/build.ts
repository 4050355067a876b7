/**
 * Times `argoeks build` as users run it, the whole process, and prints time and peak memory: first build, build without changes,
 * rebuild after one cluster changed. CPU time tells a slow
 * program from a busy machine. `node bench/build.ts [clusters …]`; 4, 100 and 1,000 when none is given. Exit 1 when a budget is exceeded.
 * Effects: works in a temporary directory that is removed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;

interface Budget {
  readonly buildS: number;
  readonly rebuildS?: number;
  readonly rssMiB?: number;
}
const budgets: Readonly<Record<number, Budget>> = { 4: { buildS: 1 }, 100: { buildS: 5 }, 1000: { buildS: 30, rebuildS: 2, rssMiB: 1536 } };

/** The default configuration, with so many clusters in dev that there are `count` in all. */
const repository = (directory: string, count: number): string => {
  cpSync(join(root, 'configuration'), join(directory, 'configuration'), { recursive: true });
  const more = Array.from({ length: Math.max(0, count - 4) }, (_, i) => `    - name: dev-mlops-cluster-${String(i + 2).padStart(4, '0')}\n      region: us-east-1\n      labels: {environment: dev}\n`);
  const path = join(directory, 'configuration/clusters/bench.yaml');
  if (more.length > 0) writeFileSync(path, `apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: bench}\nspec:\n  clusters:\n${more.join('')}`);
  const platform = join(directory, 'configuration/platform.yaml');
  // Dev's /10 holds 64 VPCs of /16, but 1,024 of /20.
  if (count > 64) writeFileSync(platform, readFileSync(platform, 'utf8').replace(/^ {4}network:\n/m, '    network:\n      vpc_prefix: 20\n'));
  return path;
};

const build = (directory: string): { readonly s: number; readonly cpuS: number; readonly rssMiB: number } => {
  const started = performance.now();
  const rss = join(directory, 'rss');
  mkdirSync(directory, { recursive: true });
  const program = `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(rss)}, JSON.stringify(process.resourceUsage())))`;
  const preload = join(directory, 'rss.cjs');
  writeFileSync(preload, program);
  const { status, stderr } = spawnSync(join(root, 'bin/argoeks'), ['build'], { cwd: directory, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: `--require ${preload}` } });
  const s = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`argoeks build ended with ${status}:\n${stderr}`);
  const used = JSON.parse(readFileSync(rss, 'utf8')) as NodeJS.ResourceUsage;
  return { s, cpuS: (used.userCPUTime + used.systemCPUTime) / 1e6, rssMiB: used.maxRSS / 1024 };
};

const figure = (value: number, unit: string, limit: number | undefined, digits: number): string => `${value.toFixed(digits)} ${unit}${limit === undefined ? '' : value <= limit ? ` (≤ ${limit})` : ` (OVER ${limit})`}`;

const counts = process.argv.slice(2).map(Number);
let over = false;
console.log('clusters | first build | its CPU time | peak memory | nothing changed | one cluster changed');
for (const count of counts.length > 0 ? counts : [4, 100, 1000]) {
  const directory = mkdtempSync(join(tmpdir(), 'argoeks-bench-'));
  try {
    const registry = repository(directory, count);
    const budget = budgets[count] ?? { buildS: Number.POSITIVE_INFINITY };
    const first = build(directory);
    const same = build(directory);
    const file = count > 4 ? registry : join(directory, 'configuration/clusters/dev.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^( *)(labels:)/m, '$1spec: {nodes: {disk_gib: 120}}\n$1$2'));
    const again = build(directory);
    const rss = Math.max(first.rssMiB, same.rssMiB, again.rssMiB);
    console.log([count, figure(first.s, 's', budget.buildS, 2), figure(first.cpuS, 's', undefined, 2), figure(rss, 'MiB', budget.rssMiB, 0), figure(same.s, 's', budget.rebuildS, 2), figure(again.s, 's', budget.rebuildS, 2)].join(' | '));
    over ||= first.s > budget.buildS || rss > (budget.rssMiB ?? Number.POSITIVE_INFINITY) || Math.max(same.s, again.s) > (budget.rebuildS ?? Number.POSITIVE_INFINITY);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
process.exitCode = over ? 1 : 0;
