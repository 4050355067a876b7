import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ComponentEntries } from '../../src/config/component-settings.ts';
import { load } from '../../src/config/load.ts';
import { codes } from '../../src/diag/codes.ts';
import { toText } from '../../src/diag/text.ts';

/**
 * One folder per code of the areas `config` and `lock`, called like the code with "-" for "/". It holds the files that differ from
 * `base/`, `expected.txt` with what the user reads, and optionally `case.json`: files to leave out, files given as text (where bytes
 * matter) or repeated, and facts of the call.
 */
const root = join(import.meta.dirname, 'errors');

const Case = z.strictObject({
  without: z.array(z.string()).default([]),
  texts: z.record(z.string(), z.string()).default({}),
  repeat: z.record(z.string(), z.strictObject({ head: z.string(), text: z.string(), times: z.int() })).default({}),
  reallocate: z.array(z.string()).default([]),
});

const components: ComponentEntries = new Map([
  ['argocd', { settings: z.strictObject({ replicas: z.int().min(1).default(1).meta({ description: 'Replicas of the server.', unit: 'replicas' }) }), defaultOn: 'hub', engine: 'argocd' }],
  ['karpenter', { settings: z.strictObject({ cpu_limit: z.int().default(2000) }), defaultOn: true }],
  ['keda', { settings: z.strictObject({ log_level: z.enum(['info', 'debug']) }), defaultOn: false }],
]);

const regions = {
  'us-east-1': { partition: 'aws', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] },
  'us-west-1': { partition: 'aws', zones: ['us-west-1a', 'us-west-1c'] },
  'cn-north-1': { partition: 'aws-cn', zones: ['cn-north-1a', 'cn-north-1b', 'cn-north-1d'] },
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

const readCase = (folder: string): { readonly files: ReadonlyMap<string, string>; readonly settings: z.infer<typeof Case> } => {
  const settings = Case.parse(existsSync(join(folder, 'case.json')) ? JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) : {});
  const files = new Map<string, string>();
  for (const from of [join(root, 'base'), folder]) {
    for (const file of filesBelow(from)) if (!['expected.txt', 'case.json'].includes(file)) files.set(file, readFileSync(join(from, file), 'utf8'));
  }
  for (const [file, text] of Object.entries(settings.texts)) files.set(file, text);
  for (const [file, { head, text, times }] of Object.entries(settings.repeat)) files.set(file, head + text.repeat(times));
  for (const file of settings.without) files.delete(file);
  return { files, settings };
};

const folderOf = (code: string): string => code.replace('/', '-');
const loaded = Object.keys(codes).filter((code) => /^(config|lock)\//.test(code));

describe('errors', () => {
  it('the base of all cases has nothing to complain about', () => {
    const { files } = readCase(join(root, 'base'));
    expect(load(files, undefined, components, { regions }).diagnostics).toEqual([]);
  });

  it('every code has a case, and every case a code', () => {
    expect(readdirSync(root).filter((name) => name !== 'base').sort()).toEqual(loaded.map(folderOf).sort());
  });

  it.each(loaded)('%s', async (code) => {
    const folder = join(root, folderOf(code));
    const { files, settings } = readCase(folder);
    const { value, diagnostics } = load(files, files.get('argoeks.lock.yaml'), components, { regions, charts: { cilium: '1.18.1' }, reallocate: settings.reallocate });
    expect(diagnostics.map((d) => d.code)).toContain(code);
    expect(value === undefined).toBe(diagnostics.some((d) => d.severity === 'error'));
    await expect(`${toText(diagnostics, { sources: files })}\n`).toMatchFileSnapshot(join(folder, 'expected.txt'));
  });
});
