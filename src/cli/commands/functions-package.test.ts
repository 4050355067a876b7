import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Context } from '../command.ts';
import { functionsPackage } from './functions-package.ts';

const product = join(import.meta.dirname, '../../..');
const archive = 'build/functions/dist/dev/hello-dev.zip';
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'package-'));
  for (const path of ['configuration', 'build/functions/hello', 'argoeks.lock.yaml']) cpSync(join(product, path), join(directory, path), { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const run = (env: string, dryRun = false) => functionsPackage.run({ env }, { directory, dryRun } as Context);

it('packs the example of the default configuration to the same bytes on every machine', async () => {
  expect((await run('dev')).value?.filter(({ path }) => path === archive)).toEqual([{ path: archive, bytes: 545, sha256: 'ec975815b1ab886b9eaad50675363b88933ced44ed495d671e906d2235b93438', written: true }]);
  expect((await run('dev')).value?.map(({ written }) => written)).toEqual([false, false]);
  expect((await run('qa')).value).toEqual([]);
});

it('writes nothing with --dry-run', async () => {
  expect((await run('dev', true)).value?.map(({ path, written }) => [path, written])).toEqual([[archive, false], ['build/functions/dist/dev/dev-mlops-pagerduty.zip', false]]);
  expect(existsSync(join(directory, archive))).toBe(false);
});

it('names an environment that is not there', async () => {
  expect((await run('dve')).diagnostics?.map(({ code, fix }) => [code, fix])).toEqual([['config/unknown-environment', expect.stringContaining('dev')]]);
});
