import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { entryOf } from '../diag/codes.ts';

const sources = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name.endsWith('.ts') && !e.name.endsWith('.test.ts'))
    .map((e) => readFileSync(join(e.parentPath, e.name), 'utf8'));

it('every code about running things has its entry in the catalogue', () => {
  const root = join(import.meta.dirname, '..');
  const used = new Set(['ops', 'cli', 'local', 'adapters'].flatMap((folder) => sources(join(root, folder)).flatMap((text) => [...text.matchAll(/code: '((?:ops|terraform)\/[a-z-]+)'/g)].map((m) => m[1] ?? ''))));
  for (const kind of ['denied', 'missing', 'conflict', 'throttled', 'unreachable', 'failed']) used.add(`ops/${kind}`);
  for (const operation of ['init', 'validate', 'plan', 'apply', 'output', 'state']) used.add(`terraform/${operation}-failed`);
  expect([...used].filter((code) => entryOf(code) === undefined)).toEqual([]);
});
