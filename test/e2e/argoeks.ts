import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const product = fileURLToPath(new URL('../..', import.meta.url));

/** A run of the program: exit code, or undefined when it was killed, and both outputs. */
export interface Ran {
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
}

const finish = (child: ReturnType<typeof spawn>): Promise<Ran> => {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => (out += String(chunk)));
  child.stderr?.on('data', (chunk) => (err += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? undefined, out, err }));
  });
};

/** A fresh repository with the default configuration, as a user has after `argoeks init`. */
export const freshRepository = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'argoeks-e2e-'));
  for (const part of ['configuration', 'build/functions/hello']) cpSync(join(product, part), join(directory, part), { recursive: true });
  return directory;
};

/** Runs the program in a repository to its end. */
export const argoeks = (directory: string, ...words: readonly string[]): Promise<Ran> =>
  finish(spawn(join(product, 'bin/argoeks'), words, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] }));

/** Runs the program with `--json` and kills it with SIGKILL some time after its `nth` step (from 1) on roots or applications began. Returns that step. */
export const killedIn = async (directory: string, nth: number, delayMs: number, ...words: readonly string[]): Promise<string | undefined> => {
  const child = spawn(join(product, 'bin/argoeks'), [...words, '--json'], { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
  let begun = 0;
  let struck: string | undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const step = /^\{"format":.*"type":"step-started","step":"((?:apply|applications):[^"]+)"/.exec(line)?.[1];
    if (step === undefined || ++begun !== nth) return;
    setTimeout(() => child.kill('SIGKILL') && (struck = step), delayMs);
  });
  await finish(child);
  return struck;
};

/** What kubectl prints as JSON for a local cluster. */
export const kubectl = async <T>(directory: string, cluster: string, ...words: readonly string[]): Promise<T> => {
  const ran = await finish(spawn('kubectl', ['--kubeconfig', join(directory, `.argoeks/local/kubeconfig-${cluster}.yaml`), ...words, '-o', 'json'], { stdio: ['ignore', 'pipe', 'pipe'] }));
  if (ran.code !== 0) throw new Error(`kubectl ${words.join(' ')}: ${ran.err}`);
  return JSON.parse(ran.out) as T;
};

/** Processes of this machine whose command line or working directory names the directory. */
export const processesOf = async (directory: string): Promise<readonly string[]> => {
  const ran = await finish(spawn('ps', ['-eo', 'pid=,args='], { stdio: ['ignore', 'pipe', 'pipe'] }));
  return ran.out.split('\n').filter((line) => line.includes(directory) && !line.includes('ps -eo'));
};
