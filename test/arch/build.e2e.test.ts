import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const product = new URL('../..', import.meta.url).pathname;
const made: string[] = [];
afterAll(() => made.forEach((directory) => rmSync(directory, { recursive: true, force: true })));

const repository = (name: string): string => {
  const directory = join(mkdtempSync(join(tmpdir(), 'argoeks-build-')), name);
  made.push(join(directory, '..'));
  mkdirSync(directory);
  cpSync(join(product, 'configuration'), join(directory, 'configuration'), { recursive: true });
  cpSync(join(product, 'argoeks.lock.yaml'), join(directory, 'argoeks.lock.yaml'));
  return directory;
};

const argoeks = (directory: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): { readonly code: number | null; readonly out: string; readonly err: string } => {
  const { status, stdout, stderr } = spawnSync(join(product, 'bin/argoeks'), words, { cwd: directory, encoding: 'utf8', env: { ...process.env, ...env } });
  return { code: status, out: stdout, err: stderr };
};

/** Every rendered file with the hash of its bytes. */
const output = (directory: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['argoeks.lock.yaml', ...['terraform', 'kubernetes', 'docs'].flatMap((folder) => readdirSync(join(directory, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1)))]
      .toSorted()
      .map((path) => [path, createHash('sha256').update(readFileSync(join(directory, path))).digest('hex')]),
  );

describe('argoeks build', () => {
  it('writes the same bytes in another directory, time zone, locale and home', () => {
    const [here, there] = [repository('a'), repository('b with a space and ü')];
    expect(argoeks(here, ['build'], { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' }).code).toBe(0);
    expect(argoeks(there, ['build'], { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', HOME: '/nonexistent', AWS_REGION: 'eu-west-1', USER: 'nobody' }).code).toBe(0);
    expect(output(there)).toEqual(output(here));
  });

  it('exits with 3 when output is stale and writes nothing, with 0 once it was built', () => {
    const directory = repository('c');
    expect(argoeks(directory, ['build', '--check'])).toMatchObject({ code: 3 });
    expect(readdirSync(directory).toSorted()).toEqual(['argoeks.lock.yaml', 'configuration']);
    expect(argoeks(directory, ['build'])).toMatchObject({ code: 0 });
    expect(argoeks(directory, ['build', '--check']).out).toContain(`Up to date: ${Object.keys(output(directory)).length} files.`);
    appendFileSync(join(directory, 'kubernetes/gitops/argocd/applicationset-platform.yaml'), '# by hand\n');
    expect(argoeks(directory, ['build', '--check'])).toMatchObject({ code: 3 });
    expect(argoeks(directory, ['build']).out).toContain('~ kubernetes/gitops/argocd/applicationset-platform.yaml');
    expect(argoeks(directory, ['build', '--check'])).toMatchObject({ code: 0 });
  });

  it('changes only its own when a cluster comes and goes', () => {
    const directory = repository('d');
    expect(argoeks(directory, ['build']).code).toBe(0);
    const before = output(directory);
    const path = join(directory, 'configuration/clusters/qa.yaml');
    const registry = readFileSync(path, 'utf8');
    writeFileSync(path, `${registry.trimEnd()}\n    - name: qa-mlops-cluster-02\n      region: us-east-1\n      labels: {environment: qa}\n`);
    expect(argoeks(directory, ['build']).code).toBe(0);
    const after = output(directory);
    const changed = Object.keys(after).filter((file) => after[file] !== before[file]);
    expect(changed.length).toBeGreaterThan(20);
    // Beside its own files: the lock, the page that draws the fleet, and in its own environment whatever the hub and the foundation have to know of it.
    expect(changed.filter((file) => !/qa-mlops-cluster-02|^argoeks\.lock\.yaml$|^docs\/reference\/architecture\.md$|\/environments\/qa\/|\/clusters\/qa-mlops-cluster-01\/|^terraform\/account\/|^kubernetes\/gitops\//.test(file))).toEqual([]);
    writeFileSync(path, registry);
    // Its applications would go: that has to be said.
    const refused = argoeks(directory, ['build']);
    const [, count = ''] = /--allow-deletions (\d+)/.exec(refused.err) ?? [];
    expect(refused.code).toBe(1);
    expect(argoeks(directory, ['build', '--allow-deletions', count]).code).toBe(0);
    expect(output(directory)).toEqual(before);
  });

  it('writes nothing when anything is wrong, and says where', () => {
    const directory = repository('e');
    const path = join(directory, 'configuration/platform.yaml');
    writeFileSync(path, readFileSync(path, 'utf8').replace('amount: 500', 'amuont: 500'));
    const { code, err } = argoeks(directory, ['build']);
    expect(code).toBe(1);
    expect(err).toMatch(/configuration\/platform\.yaml:\d+:\d+ error config\/unknown-key/);
    expect(readdirSync(directory).toSorted()).toEqual(['argoeks.lock.yaml', 'configuration']);
  });
});

describe('the program', () => {
  it('speaks JSON with a format version, without colours or prose', () => {
    const { code, out, err } = argoeks(product, ['check', '--json']);
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({ format: 1, diagnostics: expect.any(Array) });
  });

  it('exits with 2 for words it does not know, and names the nearest', () => {
    expect(argoeks(product, ['biuld'])).toMatchObject({ code: 2, err: expect.stringContaining('build') });
    expect(argoeks(product, ['build', '--chekc'])).toMatchObject({ code: 2, err: expect.stringContaining('--check') });
    expect(argoeks(product, [])).toMatchObject({ code: 2 });
  });

  it('answers --version and --help at once', () => {
    expect(argoeks(product, ['--version'])).toMatchObject({ code: 0, out: '0.1.0\n' });
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now();
      expect(argoeks(product, ['--help']).out).toContain('Examples:');
      return performance.now() - started;
    });
    // The best of five: a busy machine says nothing about the program.
    expect(Math.min(...times)).toBeLessThan(400);
  });

  it('init makes a repository that builds and checks', () => {
    const directory = mkdtempSync(join(tmpdir(), 'argoeks-init-'));
    made.push(directory);
    expect(argoeks(directory, ['init', 'mine'])).toMatchObject({ code: 0 });
    const mine = join(directory, 'mine');
    expect(readdirSync(mine).toSorted()).toEqual(['.env.example', '.gitattributes', '.gitignore', 'README.md', 'build', 'configuration', 'docs']);
    expect(argoeks(mine, ['build'])).toMatchObject({ code: 0 });
    expect(argoeks(mine, ['build', '--check'])).toMatchObject({ code: 0 });
    expect(argoeks(directory, ['init', 'mine'])).toMatchObject({ code: 1 });
  });
});
