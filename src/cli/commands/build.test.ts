import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '../command.ts';
import { build } from './build.ts';

const product = join(import.meta.dirname, '../../..');
let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'build-'));
  for (const path of ['configuration', 'argoeks.lock.yaml']) cpSync(join(product, path), join(directory, path), { recursive: true });
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const built = (allow: number) => build.run({ check: false, reallocate: [], allow_deletions: allow }, { directory, dryRun: false } as Context);
const applications = (cluster: string): number => readdirSync(join(directory, 'kubernetes/clusters', cluster), { withFileTypes: true }).some(({ name }) => name === 'applications') ? readdirSync(join(directory, 'kubernetes/clusters', cluster, 'applications')).length : 0;

it('takes a cluster\'s Applications out only when somebody says how many', async () => {
  expect((await built(0)).diagnostics).toBeUndefined();
  const count = applications('prod-mlops-cluster-02');
  expect(count).toBeGreaterThan(5);
  const registry = join(directory, 'configuration/clusters/prod.yaml');
  writeFileSync(registry, readFileSync(registry, 'utf8').replace(/^ *- name: prod-mlops-cluster-02[\s\S]*$/m, ''));
  const { value, diagnostics = [] } = await built(0);
  expect(value).toBeUndefined();
  // The hub registers nobody any more, and loses that Application.
  expect(diagnostics.find(({ code }) => code === 'verify/deletes-applications')?.fix).toContain(`--allow-deletions ${count + 1}`);
  expect(applications('prod-mlops-cluster-02')).toBe(count);
  expect((await built(count + 1)).value?.removed.filter((path) => path.includes('/applications/'))).toHaveLength(count + 1);
});
