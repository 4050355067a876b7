import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * The newcomer's tour of CONTRIBUTING: the documented example becomes a component of a copy of this repository, and everything that is
 * promised of it must appear. The only files touched by hand are the component and one line of configuration.
 */
const product = new URL('../..', import.meta.url).pathname;
const copy = mkdtempSync(join(tmpdir(), 'argoeks-tour-'));
const started = performance.now();
const component = join(copy, 'src/components/cloudwatch-exporter.ts');
const configuration = join(copy, 'configuration/platform.yaml');

const example = (): string => {
  const page = readFileSync(join(product, 'docs/extending/cloudwatch-exporter.example.md'), 'utf8');
  return /```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
};

const run = (program: string, ...words: readonly string[]): { readonly code: number | null; readonly text: string } => {
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: copy, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  return { code: status, text: stdout + stderr };
};
const argoeks = (...words: readonly string[]) => run(join(copy, 'bin/argoeks'), ...words);
const read = (path: string): string => readFileSync(join(copy, path), 'utf8');

/** Adds the component's line below dev's `components`, whatever else is there. */
const withExample = (settings: string): void => {
  const text = readFileSync(join(product, 'configuration/platform.yaml'), 'utf8');
  const [before = '', dev = ''] = text.split(/^(?= {2}dev:)/m);
  const end = dev.search(/^ {2}(?!dev:)\w+:/m);
  const [own, rest] = end < 0 ? [dev, ''] : [dev.slice(0, end), dev.slice(end)];
  const added = /^ {4}components:[ ]*$/m.test(own) ? own.replace(/^ {4}components:[ ]*$/m, `$&\n      cloudwatch-exporter: ${settings}`) : own.replace(/^ {2}dev:.*$/m, `$&\n    components: {cloudwatch-exporter: ${settings}}`);
  writeFileSync(configuration, before + added + rest);
};

beforeAll(() => {
  for (const path of ['bin', 'src', 'catalog', 'tools', 'configuration', 'generated', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    if (existsSync(join(product, path))) cpSync(join(product, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(product, 'node_modules'), join(copy, 'node_modules'));
  expect(argoeks('build').code).toBe(0);
  writeFileSync(component, example());
  withExample('{}');
  expect(run('node_modules/.bin/node', 'tools/gen.ts')).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('a component in one file', () => {
  it('is at most 60 lines of code', () => {
    expect(example().split('\n').filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/\*\*)/.test(line)).length).toBeLessThanOrEqual(60);
  });

  it('gets values, an ordered Application, an identity, a namespace and a page', () => {
    const built = argoeks('build', '--verbose');
    expect(built).toMatchObject({ code: 0 });
    const cluster = 'kubernetes/clusters/dev-mlops-cluster-01';
    expect(read('kubernetes/platform/cloudwatch-exporter/values.yaml')).toContain('cpu: "50m"');
    expect(read(`${cluster}/cloudwatch-exporter/values.yaml`)).toContain('replicaCount: 1');
    const wave = (release: string): number => Number(/sync-wave: "(-?\d+)"/.exec(read(`${cluster}/applications/${release}.yaml`))?.[1]);
    expect(wave('cloudwatch-exporter')).toBeGreaterThan(wave('namespaces'));
    expect(read(`${cluster}/namespaces/manifests/namespace-cloudwatch-exporter.yaml`)).toContain('pod-security.kubernetes.io/enforce: restricted');
    const terraform = readdirSync(join(copy, 'terraform/environments/dev/dev-mlops-cluster-01/cluster')).map((file) => read(`terraform/environments/dev/dev-mlops-cluster-01/cluster/${file}`));
    expect(terraform.join('\n')).toContain('cloudwatch:GetMetricData');
    const page = read('docs/reference/components/cloudwatch-exporter.md');
    for (const part of ['tag', 'QueueGrows', 'monitoring.us-east-1.amazonaws.com', 'Waiting messages', 'metrics read from CloudWatch', 'exporter']) expect(page).toContain(part);
    expect(existsSync(join(copy, 'kubernetes/clusters/qa-mlops-cluster-01/cloudwatch-exporter'))).toBe(false);
  });

  it('is part of the editor schema and of the order', () => {
    expect(argoeks('schema').text).toContain('"cloudwatch-exporter"');
    expect(argoeks('graph', '--cluster', 'dev-mlops-cluster-01').text).toContain('cloudwatch-exporter');
    expect(argoeks('explain', 'envs.dev.components.cloudwatch-exporter.replicas').text).toContain('1');
  });

  it('answers a typo in its settings with the place and the right key', () => {
    withExample('{replica: 3}');
    const { code, text } = argoeks('build');
    expect(code).toBe(1);
    expect(text).toMatch(/configuration\/platform\.yaml:\d+:\d+ error config\/unknown-key/);
    expect(text).toContain('"replicas"');
    withExample('{}');
  });

  it('does not compile when a required part is missing', () => {
    writeFileSync(component, example().replace(/^ {2}alerts: .*\n/m, ''));
    const { code, text } = run('node_modules/.bin/tsc', '--noEmit');
    expect(code).not.toBe(0);
    expect(text).toContain('src/components/cloudwatch-exporter.ts');
    expect(text).toContain("'alerts'");
    writeFileSync(component, example());
  });

  it('takes less than a minute in all', () => expect(performance.now() - started).toBeLessThan(60_000));
});
