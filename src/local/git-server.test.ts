import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { publish } from './git-remote.ts';
import { serveGit } from './git-server.ts';

const directory = mkdtempSync(join(tmpdir(), 'argoeks-git-'));
afterAll(() => rmSync(directory, { recursive: true }));

it('lets git clone what was published, shallow and whole, and takes nothing', async () => {
  mkdirSync(join(directory, 'repo/kubernetes'), { recursive: true });
  writeFileSync(join(directory, 'repo/kubernetes/a.yaml'), 'a: 1\n');
  const { revision } = await publish(join(directory, 'repo'), join(directory, 'git'));
  const server = await serveGit(join(directory, 'git/platform.git'), 0);
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/platform.git`;
  try {
    for (const [name, depth] of [['shallow', ['--depth=1']], ['whole', []]] as const) {
      await promisify(execFile)('git', ['clone', '--quiet', ...depth, url, join(directory, name)]);
      expect(readFileSync(join(directory, name, 'kubernetes/a.yaml'), 'utf8')).toBe('a: 1\n');
      expect(execFileSync('git', ['-C', join(directory, name), 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()).toBe(revision);
    }
    expect((await fetch(`${url}/info/refs?service=git-receive-pack`)).status).toBe(404);
  } finally {
    server.close();
  }
});
