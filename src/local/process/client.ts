import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LocalFailure } from '../failure.ts';
import { contentHash } from '../tools/cache-key.ts';
import { tail } from '../tools/run.ts';
import { Answer, Ping, type Method, type methods } from './protocol.ts';
import { layout, readState } from './state.ts';
import type { z } from 'zod';

const sourceDir = dirname(dirname(fileURLToPath(import.meta.url)));
const startDeadlineMs = 20_000;
// Node's own agent gives up on a silent answer after 5 s; a control plane may take longer.
const agent = new Agent({ keepAlive: false });

/** Identifies the code of the local platform, so that a supervisor of an older checkout is replaced. Reads `src/local`. */
export function buildId(dir = sourceDir): string {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort();
  return contentHash(files.map((name) => [name, readFileSync(join(dir, name))] as const)).slice(0, 16);
}

// What this process was started with; files that change later are none of its business.
const ownBuild = buildId();

/** Calls the supervisor. Throws LocalFailure with what it says; `undefined` timeout waits as long as it takes. */
export function call<M extends Method>(socketPath: string, method: M, input: z.input<(typeof methods)[M]>, timeoutMs?: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(input);
    const unreachable = (error: Error): void => reject(new LocalFailure(`Asking the local platform's supervisor (${method})`, error.message, 'run `argoeks local up` again; it starts a new one'));
    const out = request({ socketPath, path: `/${method}`, method: 'POST', headers: { 'content-length': Buffer.byteLength(text) }, timeout: timeoutMs ?? 0, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', unreachable);
      response.on('end', () => {
        try {
          const answer = Answer.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
          if (answer.ok) resolve(answer.value);
          else reject(new LocalFailure(answer.attempted, answer.reason, answer.nextStep));
        } catch (error) {
          unreachable(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    out.on('timeout', () => out.destroy(new Error('no answer')));
    out.on('error', unreachable);
    out.end(text);
  });
}

/** The socket of a supervisor that answers, or undefined. */
export async function runningSupervisor(worldDir: string): Promise<{ socketPath: string; build: string; pid: number } | undefined> {
  const state = readState(worldDir);
  if (!state) return undefined;
  const socketPath = layout.socket(state.socketDir);
  try {
    return { socketPath, ...Ping.parse(await call(socketPath, 'ping', {}, 3_000)) };
  } catch {
    return undefined;
  }
}

/**
 * Makes sure a supervisor of this very code runs for the world and returns its socket. One that crashed is replaced; the new one adopts
 * the children that still run. Effects: a detached process, files below `worldDir`.
 */
export async function ensureSupervisor(worldDir: string): Promise<string> {
  mkdirSync(layout.logs(worldDir), { recursive: true, mode: 0o700 });
  const running = await runningSupervisor(worldDir);
  if (running?.build === ownBuild) return running.socketPath;
  if (running) await call(running.socketPath, 'handOver', {}, 10_000).catch(() => undefined);
  const logPath = layout.log(worldDir, 'supervisor');
  const log = openSync(logPath, 'a', 0o600);
  try {
    spawn(process.execPath, [join(sourceDir, 'supervisor-main.ts'), worldDir], { cwd: worldDir, detached: true, stdio: ['ignore', log, log] }).unref();
  } finally {
    closeSync(log);
  }
  for (const until = Date.now() + startDeadlineMs; Date.now() < until;) {
    const started = await runningSupervisor(worldDir);
    if (started && started.pid !== running?.pid) return started.socketPath;
    await sleep(50);
  }
  throw new LocalFailure('Starting the local platform\'s supervisor', tail(readFileSync(logPath, 'utf8')), `read ${logPath}`);
}
