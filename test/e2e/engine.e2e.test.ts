import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rootsOf } from '../../src/ops/roots.ts';
import { environmentFixture } from '../fixtures/platform.ts';

const environment = environmentFixture({ tier: 'dev', clusters: 2 });
const roots = rootsOf(environment);
const runner = join(import.meta.dirname, 'engine-runner.ts');

/** A root of three slow objects in a row; a mark in a file tells how often each was made. */
const configuration = (directory: string, root: string, failing = false): string => `
terraform {
  backend "local" { path = "${directory}/state/${root.replaceAll('/', '_')}.tfstate" }
}
resource "terraform_data" "a" {
  input = "a"
  provisioner "local-exec" { command = "sleep 0.2" }
}
resource "terraform_data" "b" {
  input = terraform_data.a.output
  provisioner "local-exec" { command = "${failing ? `test -e ${directory}/mended` : 'sleep 0.2'}" }
}
output "done" { value = terraform_data.b.id }
`;

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'argoeks-engine-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const write = async (failing?: string): Promise<void> => {
  for (const { id } of roots) {
    await mkdir(join(directory, id), { recursive: true });
    await writeFile(join(directory, id, 'main.tf'), configuration(directory, id, id === failing));
  }
};

interface Result {
  readonly outcome: string;
  readonly states: Readonly<Record<string, string>>;
  readonly diagnostics: readonly { readonly code: string; readonly summary: string; readonly fix: string }[];
}

/** Runs the runner; with `killAt`, kills it with SIGKILL as soon as it has printed that many lines. */
const run = (mode: string, killAt?: number): Promise<Result | undefined> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', runner, directory, mode], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stderr.on('data', (d: Buffer) => (err += d.toString()));
    child.stdout.on('data', (d: Buffer) => {
      out += d.toString();
      if (killAt !== undefined && out.split('\n').length > killAt) child.kill('SIGKILL');
    });
    child.on('close', (code, signal) => {
      const last = out.trim().split('\n').at(-1) ?? '';
      if (signal === 'SIGKILL') resolve(undefined);
      else if (code !== 0) reject(new Error(err));
      else resolve(JSON.parse(last) as Result);
    });
  });

const resources = async (): Promise<Readonly<Record<string, number>>> => {
  const files = await readdir(join(directory, 'state'));
  const counts = await Promise.all(
    files.filter((f) => f.endsWith('.tfstate')).map(async (file): Promise<[string, number]> => {
      const state = JSON.parse(await readFile(join(directory, 'state', file), 'utf8')) as { resources: readonly { instances: readonly { status?: string }[] }[] };
      return [file, state.resources.filter((r) => r.instances.every((i) => i.status !== 'tainted')).length];
    }),
  );
  return Object.fromEntries(counts.sort(([a], [b]) => (a < b ? -1 : 1)));
};

const complete = Object.fromEntries(roots.map(({ id }): [string, number] => [`${id.replaceAll('/', '_')}.tfstate`, 2]).sort(([a], [b]) => (a < b ? -1 : 1)));

it('real Terraform: applies in order, changes nothing twice, destroys with a receipt', async () => {
  await write();
  expect((await run('apply'))?.outcome).toBe('done');
  expect(await resources()).toEqual(complete);
  const again = await run('apply');
  expect(Object.entries(again?.states ?? {}).filter(([id]) => id.startsWith('apply:')).map(([, s]) => s)).toEqual(roots.map(() => 'unchanged'));
  expect((await run('destroy'))?.outcome).toBe('done');
  expect(Object.values(await resources())).toEqual(roots.map(() => 0));
  const receipts = await readdir(join(directory, '.argoeks/receipts'));
  const receipt = JSON.parse(await readFile(join(directory, '.argoeks/receipts', receipts[0] ?? ''), 'utf8')) as { leftovers: unknown[]; destroyed: Record<string, string[]> };
  expect(receipt.leftovers).toEqual([]);
  expect(Object.values(receipt.destroyed).flat()).toHaveLength(roots.length * 2);
});

it('real Terraform: killed with SIGKILL three times, a resumed run finishes', async () => {
  await write();
  let kills = 0;
  for (const at of [6, 11, 16]) if ((await run(kills === 0 ? 'apply' : 'resume', at)) === undefined) kills += 1;
  expect(kills).toBeGreaterThan(0);
  const result = await run('resume');
  expect(result?.diagnostics).toEqual([]);
  expect(result?.outcome).toBe('done');
  expect(await resources()).toEqual(complete);
});

it('real Terraform: a failing root names cause and next step, blocks what needs it, and --resume finishes once it is mended', async () => {
  const failing = roots.find((r) => r.stage === 'cluster')?.id ?? '';
  await write(failing);
  const result = await run('apply');
  expect(result?.outcome).toBe('failed');
  expect(result?.states[`apply:${failing}`]).toBe('failed');
  expect(result?.diagnostics[0]?.code).toBe('terraform/apply-failed');
  expect(result?.diagnostics[0]?.summary).toContain('local-exec');
  expect(result?.diagnostics[0]?.fix).toContain('--resume');
  expect(Object.values(result?.states ?? {}).filter((s) => s === 'blocked').length).toBeGreaterThan(0);
  await writeFile(join(directory, 'mended'), '');
  const mended = await run('resume');
  expect(mended?.outcome).toBe('done');
  expect(mended?.states['apply:terraform/environments/dev']).toBe('skipped');
  expect(await resources()).toEqual(complete);
});
