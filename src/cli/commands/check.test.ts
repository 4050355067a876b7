import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Context } from '../command.ts';
import { check } from './check.ts';

const product = join(import.meta.dirname, '../../..');
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'check-'));
  for (const path of ['configuration', 'build/functions/hello', 'argoeks.lock.yaml']) cpSync(join(product, path), join(directory, path), { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const checked = async () => {
  const { value = expect.fail('nothing checked') } = await check.run({}, { directory } as Context);
  return { saved: Object.fromEntries(value.savings.map(({ environment, usd }) => [environment, usd])), text: check.human(value, { verbose: false } as never) };
};

it('says what a promise for a year would save, and more where more always runs', async () => {
  const before = await checked();
  expect(before.text).toMatch(/ {2}prod: about \d+ USD a month; argoeks cost --env prod says with which/);
  const file = join(directory, 'configuration/platform.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('size: large', 'size: xlarge'));
  expect((await checked()).saved['prod']).toBeGreaterThan(before.saved['prod'] ?? 0);
});

it('points at the function whose code is missing', async () => {
  rmSync(join(directory, 'build'), { recursive: true });
  const { diagnostics = [], sources } = await check.run({}, { directory } as Context);
  const [missing = expect.fail('nothing missing')] = diagnostics.filter(({ code }) => code === 'functions/no-package');
  expect(sources?.get(missing.at.file)?.split('\n')[missing.at.line - 1]).toContain('- name: hello-dev');
});
