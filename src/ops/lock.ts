import type { Span } from '../diag/diagnostic.ts';
import type { Clock } from '../ports/clock.ts';
import type { Disk } from '../ports/disk.ts';
import type { ProcessIdentity, Processes } from '../ports/process.ts';
import { StepFailure } from './step.ts';

/** Who holds an environment, as written in its lock file. */
export interface LockHolder extends ProcessIdentity {
  readonly command: string;
  readonly since: number;
}

export interface Lock {
  /** Set when the lock of a dead process was taken over. */
  readonly recovered?: LockHolder;
  release(): Promise<void>;
}

export interface LockOptions {
  readonly disk: Disk;
  readonly processes: Processes;
  readonly clock: Clock;
  /** Name of what is locked: an environment. */
  readonly name: string;
  readonly command: string;
  readonly at: Span;
}

const parse = (text: string | undefined): LockHolder | undefined => {
  try {
    const holder = JSON.parse(text ?? '') as Partial<LockHolder>;
    return typeof holder.pid === 'number' && typeof holder.started === 'string' ? { pid: holder.pid, started: holder.started, command: String(holder.command), since: Number(holder.since) } : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Makes sure that only one run acts on an environment from this repository. A lock whose holder is dead (process id and start time)
 * is taken over. Throws `StepFailure` `ops/locked`, which names the holder. Terraform's state lock guards against other machines.
 */
export const takeLock = async ({ disk, processes, clock, name, command, at }: LockOptions): Promise<Lock> => {
  const file = `locks/${name}.json`;
  const mine: LockHolder = { ...processes.self(), command, since: clock.now() };
  const text = JSON.stringify(mine);
  let recovered: LockHolder | undefined;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await disk.create(file, text))
      return {
        ...(recovered ? { recovered } : {}),
        release: async () => {
          if ((await disk.read(file)) === text) await disk.remove(file);
        },
      };
    const holder = parse(await disk.read(file));
    if (holder && processes.isAlive(holder))
      throw new StepFailure([
        {
          code: 'ops/locked',
          severity: 'error',
          at,
          summary: `"${holder.command}" (process ${holder.pid}, since ${new Date(holder.since).toISOString()}) is working on ${name}.`,
          fix: `Wait until it ends, or stop it with Ctrl-C or "kill -INT ${holder.pid}".`,
        },
      ]);
    recovered = holder;
    await disk.remove(file);
  }
  throw new StepFailure([{ code: 'ops/locked', severity: 'error', at, summary: `Several commands try to work on ${name} at once.`, fix: 'Start one of them again.' }]);
};
