import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isAlive, type ProcessIdentity } from '../process-identity.ts';
import { contentHash } from '../tools/cache-key.ts';

/** A program the supervisor keeps running. */
export interface ChildSpec {
  /** Unique in the world, `<owner>/<program>`. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly log: string;
}

/** A process as the state file keeps it. */
export interface RecordedChild extends ProcessIdentity {
  readonly log: string;
  readonly spec: string;
}

/** Where children are recorded so that a later supervisor finds them. */
export interface ChildRegister {
  get(name: string): RecordedChild | undefined;
  set(name: string, child: RecordedChild | undefined): void;
}

/** Pause before start number `n` (from 0) of a child that keeps dying, in milliseconds: 0.2 s doubled each time, at most 10 s. Pure. */
export const backoffMs = (n: number): number => Math.min(10_000, 200 * 2 ** n);

/** A child that ran this long is healthy again: its next death is not held against it. */
const steadyMs = 30_000;
const logLimitBytes = 20 * 1024 * 1024;
const watchEveryMs = 400;

/** Identifies what a child was started with. Pure. */
export const specHash = ({ program, args, env, cwd }: ChildSpec): string =>
  contentHash([['spec', JSON.stringify([program, args, Object.entries(env).sort(), cwd])]]).slice(0, 16);

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && statSync(path).size > logLimitBytes) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/** Starts a program in a process group of its own, so that neither Ctrl-C nor the supervisor's death reaches it. */
function start(spec: ChildSpec): ProcessIdentity | undefined {
  const log = openLog(spec.log);
  try {
    const child = spawn(spec.program, spec.args, { cwd: spec.cwd, env: spec.env, detached: true, stdio: ['ignore', log, log] });
    child.on('error', () => undefined);
    child.unref();
    return child.pid === undefined ? undefined : identify(child.pid);
  } finally {
    closeSync(log);
  }
}

/** Asks a process to end, insists after `graceMs`. Resolves when it is gone. */
export async function stop(identity: ProcessIdentity, graceMs = 8_000): Promise<void> {
  const signal = (name: 'SIGTERM' | 'SIGKILL'): void => {
    try {
      process.kill(-identity.pid, name);
    } catch {
      try { process.kill(identity.pid, name); } catch { /* it ended meanwhile */ }
    }
  };
  if (!isAlive(identity)) return;
  signal('SIGTERM');
  for (const until = Date.now() + graceMs; isAlive(identity) && Date.now() < until;) await sleep(30);
  if (isAlive(identity)) signal('SIGKILL');
  while (isAlive(identity)) await sleep(30);
}

/** Keeps a set of programs running: adopts what a previous supervisor left, restarts what dies, with growing pauses. */
export class Children {
  readonly #register: ChildRegister;
  readonly #wanted = new Map<string, { spec: ChildSpec; deaths: number; startedAt: number; notBefore: number }>();
  readonly #timer: NodeJS.Timeout;

  constructor(register: ChildRegister) {
    this.#register = register;
    this.#timer = setInterval(() => this.#watch(), watchEveryMs);
  }

  /** Makes sure this child runs with exactly this spec. A running one with another spec is replaced. */
  async ensure(spec: ChildSpec): Promise<void> {
    const recorded = this.#register.get(spec.name);
    if (recorded && recorded.spec !== specHash(spec)) {
      await stop(recorded);
      // Its end was wanted: the successor starts without a pause.
      this.#register.set(spec.name, undefined);
    }
    const now = Date.now();
    this.#wanted.set(spec.name, { spec, deaths: 0, startedAt: now, notBefore: now });
    this.#watchOne(spec.name);
  }

  /** Stops a child for good. */
  async remove(name: string): Promise<void> {
    this.#wanted.delete(name);
    const recorded = this.#register.get(name);
    if (recorded) await stop(recorded);
    this.#register.set(name, undefined);
  }

  /** Whether the child runs now, and how often it died since it was asked for. */
  look(name: string): { alive: boolean; deaths: number } {
    const recorded = this.#register.get(name);
    return { alive: recorded !== undefined && isAlive(recorded), deaths: this.#wanted.get(name)?.deaths ?? 0 };
  }

  /** Whether the child runs, also one that an earlier supervisor started. */
  isAlive(name: string): boolean {
    return this.look(name).alive;
  }

  /** Stops watching; the children go on. */
  close(): void {
    clearInterval(this.#timer);
    this.#wanted.clear();
  }

  #watch(): void {
    for (const name of this.#wanted.keys()) this.#watchOne(name);
  }

  #watchOne(name: string): void {
    const child = this.#wanted.get(name);
    if (!child) return;
    const recorded = this.#register.get(name);
    if (recorded && recorded.pid > 0 && isAlive(recorded)) return;
    const now = Date.now();
    if (recorded) {
      child.deaths = now - child.startedAt > steadyMs ? 1 : child.deaths + 1;
      child.notBefore = now + backoffMs(child.deaths - 1);
      this.#register.set(name, undefined);
    }
    if (now < child.notBefore) return;
    child.startedAt = now;
    const identity = start(child.spec);
    // A program that can't even be started is recorded as dead, so that it is tried again with a pause.
    this.#register.set(name, { ...(identity ?? { pid: -1, startTime: '' }), log: child.spec.log, spec: specHash(child.spec) });
  }
}
