import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { MemoryStore } from './memory-store.ts';
import type { AccountStore, SimObject } from './store.ts';

interface Saved {
  readonly note: string;
  readonly version: 1;
  readonly objects: readonly SimObject[];
}

/** Says in the file itself what it is: people will open it. */
const NOTE = 'Simulated AWS account of the local platform. Nothing in here exists at AWS.';

interface Holder {
  readonly pid: number;
  /** Start of the process in clock ticks after boot: a number that was given to another process does not match. */
  readonly started: string;
}

/** When a process started, from /proc; empty where there is no /proc. Undefined if the process is gone. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** The store is in use by another living process. */
export class StoreLocked extends Error {
  readonly pid: number;
  constructor(file: string, pid: number) {
    super(`The simulated account ${file} is in use by process ${pid}. Wait for it to end, or stop it.`);
    this.pid = pid;
  }
}

function readHolder(lock: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** True where the process that had this account open died without closing it. */
export function wasCutOff(file: string): boolean {
  const holder = readHolder(`${file}.lock`);
  return holder !== undefined && startOf(holder.pid) !== holder.started;
}

function takeLock(lock: string, file: string): void {
  const mine: Holder = { pid: process.pid, started: startOf(process.pid) ?? '' };
  for (let isSecondTry = false; ; isSecondTry = true) {
    try {
      writeFileSync(lock, JSON.stringify(mine), { flag: 'wx' });
      return;
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST' || isSecondTry) throw e;
      const holder = readHolder(lock);
      if (holder !== undefined && startOf(holder.pid) === holder.started) throw new StoreLocked(file, holder.pid);
      rmSync(lock, { force: true });
    }
  }
}

function save(file: string, objects: readonly SimObject[]): void {
  const saved: Saved = { note: NOTE, version: 1, objects };
  const next = `${file}.next`;
  const handle = openSync(next, 'w', 0o600);
  try {
    writeSync(handle, JSON.stringify(saved));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(next, file);
}

/** The objects in the file of a simulated account, without taking its lock; empty if there is none. Throws if it is damaged. */
export function readAccountFile(file: string): readonly SimObject[] {
  if (!existsSync(file)) return [];
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as Saved).objects;
  } catch (e) {
    throw new Error(`The simulated account ${file} can't be read (${e instanceof Error ? e.message : String(e)}). Delete the file to start with an empty account.`, { cause: e });
  }
}

/**
 * An account kept in a JSON file. Every change is written whole and renamed into place before it is reported, so that it
 * survives the death of this process at any moment. Takes the lock beside the file; the lock of a dead process is taken over.
 * What a dead process was still making is gone, and so is what it made for Terraform without getting to say so: `isKnown` tells, and is given
 * only after `wasCutOff`. Terraform would meet these as somebody else's. Throws `StoreLocked`, or an `Error` if the file is damaged.
 */
export function openFileStore(file: string, isKnown: (object: SimObject) => boolean = () => true): AccountStore {
  mkdirSync(dirname(file), { recursive: true });
  const lock = `${file}.lock`;
  takeLock(lock, file);
  try {
    const store: MemoryStore = new MemoryStore(readAccountFile(file), () => save(file, store.all()));
    for (const o of store.all()) if (o.unfinished || (o.origin === 'terraform' && !isKnown(o))) store.delete(o.type, o.region, o.id);
    store.close = (): void => rmSync(lock, { force: true });
    return store;
  } catch (e) {
    rmSync(lock, { force: true });
    throw e;
  }
}
