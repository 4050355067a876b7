import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRepository } from './read-repository.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'argoeks-read-'));
  mkdirSync(join(directory, 'configuration/clusters'), { recursive: true });
});
afterEach(() => { rmSync(directory, { recursive: true }); });

describe('readRepository', () => {
  it('leaves out what is not there', async () => {
    expect([...(await readRepository(directory)).files.keys()]).toEqual([]);
  });
  it('reports a directory where a file is expected', async () => {
    mkdirSync(join(directory, 'configuration/platform.yaml'));
    await expect(readRepository(directory)).rejects.toMatchObject({ diagnostics: [{ code: 'config/missing-file', at: { file: 'configuration/platform.yaml' }, summary: 'configuration/platform.yaml is a directory, but a file is expected.' }] });
  });
  it('reports a registry that is a link to nothing', async () => {
    writeFileSync(join(directory, 'configuration/clusters/a.yaml'), '');
    symlinkSync(join(directory, 'gone'), join(directory, 'configuration/clusters/b.yaml'));
    await expect(readRepository(directory)).rejects.toMatchObject({ diagnostics: [{ summary: 'configuration/clusters/b.yaml is a link to a file that does not exist.' }] });
  });
});
