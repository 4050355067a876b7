import { readFileSync } from 'node:fs';

/** A process that can be recognised again later: ids are reused, the pair of id and start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in clock ticks since boot, from `/proc/<pid>/stat`; empty where there is no `/proc`. */
  readonly startTime: string;
}

/** Start time in clock ticks, from field 22 of the text of `/proc/<pid>/stat`. The program's name may hold spaces and brackets. Pure. */
export function startTimeIn(stat: string): string {
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return afterName[19] ?? '';
}

const stateIn = (stat: string): string => stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);

function statOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
}

/** The identity of a running process, or undefined when it has ended. Reads `/proc`. */
export function identify(pid: number): ProcessIdentity | undefined {
  const stat = statOf(pid);
  if (stat !== undefined) return stateIn(stat) === 'Z' ? undefined : { pid, startTime: startTimeIn(stat) };
  try {
    process.kill(pid, 0);
    return { pid, startTime: '' };
  } catch {
    return undefined;
  }
}

/** Whether exactly this process, and not a later one with its id, still runs. Zombies count as ended. */
export function isAlive(identity: ProcessIdentity): boolean {
  const now = identify(identity.pid);
  return now !== undefined && now.startTime === identity.startTime;
}
