import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { diskAt } from './disk.ts';
import { systemProcesses } from './process.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'argoeks-disk-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('writes whole files for the owner alone and leaves no temporary ones', async () => {
  const disk = diskAt(root);
  await disk.write('a/b.json', 'one');
  await disk.write('a/b.json', 'two');
  expect(await disk.read('a/b.json')).toBe('two');
  expect(await readdir(join(root, 'a'))).toEqual(['b.json']);
  expect((await stat(join(root, 'a/b.json'))).mode & 0o077).toBe(0);
});

it('creates once, appends, lists without what is left out, removes', async () => {
  const disk = diskAt(root);
  expect([await disk.create('lock', 'x'), await disk.create('lock', 'y')]).toEqual([true, false]);
  await disk.append('d/j.jsonl', '1\n');
  await disk.append('d/j.jsonl', '2\n');
  await disk.write('d/.terraform/x', '');
  expect(await disk.list('d', ['.terraform'])).toEqual(['d/j.jsonl']);
  expect(await disk.read('d/j.jsonl')).toBe('1\n2\n');
  await disk.remove('d');
  expect([await disk.list('d'), await disk.read('d/j.jsonl')]).toEqual([[], undefined]);
});

it('refuses paths that leave it', async () => {
  await expect(async () => diskAt(root).read('../x')).rejects.toThrow('leaves its directory');
});

it('knows itself among processes and not a later one with the same id', () => {
  const me = systemProcesses.self();
  expect(systemProcesses.isAlive(me)).toBe(true);
  expect(systemProcesses.isAlive({ ...me, started: '1' })).toBe(false);
});

it('stops a program in order, and by force when it does not obey', async () => {
  const stop = new AbortController();
  const lines: string[] = [];
  const running = systemProcesses.run({
    program: 'sh', args: ['-c', 'trap "" INT; echo up; while :; do sleep 0.05; done'], graceMs: 100, signal: stop.signal,
    onLine: (line) => {
      lines.push(line);
      stop.abort();
    },
  });
  expect((await running).code).toBe(128 + 9);
  expect(lines).toEqual(['up']);
});

it('says that a program is not installed', async () => {
  await expect(systemProcesses.run({ program: 'argoeks-no-such-program', args: [] })).rejects.toMatchObject({ kind: 'missing' });
});
