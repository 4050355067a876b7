import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

function holderOf(path: string): ProcessIdentity | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof read === 'object' && read !== null && 'pid' in read && 'startTime' in read
      && typeof read.pid === 'number' && typeof read.startTime === 'string') return { pid: read.pid, startTime: read.startTime };
  } catch {
    return undefined;
  }
  return undefined;
}

/** Takes the lock if it is free or its holder has ended. Effect: the lock file, which appears whole or not at all. */
export function tryLock(path: string): boolean {
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify(identify(process.pid)));
  try {
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        linkSync(own, path);
        return true;
      } catch {
        const holder = holderOf(path);
        if (holder && isAlive(holder)) return false;
        rmSync(path, { force: true });
      }
    }
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Runs `work` while holding a lock file that other processes on this machine respect; `onWait` is called once if it has to wait. */
export async function withLock<T>(path: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  if (!tryLock(path)) {
    onWait();
    do await sleep(250); while (!tryLock(path));
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
