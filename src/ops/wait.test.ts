import { describe, expect, it } from 'vitest';
import { PortError } from '../ports/port-error.ts';
import { SimClock } from '../sim/clock.ts';
import { SimDisk } from '../sim/disk.ts';
import { SimProcesses } from '../sim/processes.ts';
import { takeLock } from './lock.ts';
import { StepFailure } from './step.ts';
import { waitFor, type Look } from './wait.ts';

const at = { file: 'configuration/clusters/dev.yaml', line: 4, column: 3 };

const wait = (look: () => Promise<Look<string>>, clock = new SimClock(), notes: string[] = []) =>
  waitFor({ what: 'nodes', at, clock, signal: new AbortController().signal, deadlineMs: 60_000, everyMs: 2_000, fix: 'Look at the nodes.', note: (n) => notes.push(n), look });

describe('waitFor', () => {
  it('returns what it waited for and notes each new cause once', async () => {
    const notes: string[] = [];
    const answers: Look<string>[] = [{ cause: 'none yet' }, { cause: 'none yet' }, { cause: 'one of two' }, { value: 'both' }];
    expect(await wait(async () => answers.shift() ?? { value: 'late' }, new SimClock(), notes)).toBe('both');
    expect(notes).toEqual(['waiting for nodes: none yet', 'waiting for nodes: one of two']);
  });

  it('ends at the deadline with the last cause and the next step', async () => {
    const clock = new SimClock();
    const begun = clock.now();
    const failure = await wait(async () => ({ cause: 'the CNI is not ready' }), clock).catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(StepFailure);
    expect((failure as StepFailure).diagnostics).toEqual([{ code: 'ops/deadline', severity: 'error', at, summary: 'Waited 60 s for nodes; still: the CNI is not ready.', fix: 'Look at the nodes.' }]);
    expect(clock.now() - begun).toBe(60_000);
  });

  it('treats an unreachable server as "not yet" and a refusal as the end', async () => {
    let calls = 0;
    const up = async (): Promise<Look<string>> => {
      calls += 1;
      if (calls < 3) throw new PortError('unreachable', 'list', 'nodes', 'connection refused');
      return { value: 'up' };
    };
    expect(await wait(up)).toBe('up');
    await expect(wait(async () => Promise.reject(new PortError('denied', 'list', 'nodes', 'forbidden')))).rejects.toThrow('forbidden');
  });
});

describe('lock', () => {
  const base = { clock: new SimClock(), name: 'dev', command: 'argoeks env apply', at };

  it('admits one run at a time and frees the environment at its end', async () => {
    const disk = new SimDisk();
    const first = await takeLock({ ...base, disk, processes: new SimProcesses() });
    await expect(takeLock({ ...base, disk, processes: new SimProcesses() })).rejects.toThrow('is working on dev');
    await first.release();
    const second = await takeLock({ ...base, disk, processes: new SimProcesses() });
    expect(second.recovered).toBeUndefined();
  });

  it('takes over the lock of a dead process, also when its id lives on as another process', async () => {
    const disk = new SimDisk();
    disk.files.set('locks/dev.json', JSON.stringify({ pid: 1, started: 'before the reboot', command: 'argoeks env apply', since: 0 }));
    const lock = await takeLock({ ...base, disk, processes: new SimProcesses() });
    expect(lock.recovered?.started).toBe('before the reboot');
  });

  it('takes over an unreadable lock', async () => {
    const disk = new SimDisk();
    disk.files.set('locks/dev.json', '{"pid":');
    await expect(takeLock({ ...base, disk, processes: new SimProcesses() })).resolves.toBeDefined();
  });
});
