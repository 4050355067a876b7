import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Context } from '../command.ts';
import { functionsPackage } from './functions-package.ts';

const directory = join(import.meta.dirname, '../../..');
const context = { directory, dryRun: true } as Context;

it('packs the example of the default configuration to the same bytes on every machine, and nothing with --dry-run', async () => {
  const archive = join(directory, 'build/functions/dist/dev/hello-dev.zip');
  rmSync(archive, { force: true });
  const { value } = await functionsPackage.run({ env: 'dev' }, context);
  expect(value?.map(({ path, written }) => [path, written])).toEqual([['build/functions/dist/dev/hello-dev.zip', false]]);
  expect(value?.[0]?.sha256).toBe('ec975815b1ab886b9eaad50675363b88933ced44ed495d671e906d2235b93438');
  expect(existsSync(archive)).toBe(false);
});

it('names an environment that is not there', async () => {
  expect((await functionsPackage.run({ env: 'dve' }, context)).diagnostics?.map(({ code, fix }) => [code, fix])).toEqual([['config/unknown-environment', expect.stringContaining('dev')]]);
});
