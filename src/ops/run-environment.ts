import type { Diagnostic } from '../diag/diagnostic.ts';
import { runSteps, type RunResult } from './engine.ts';
import type { RunEvent } from './events.ts';
import { findingsOf } from './failure.ts';
import { journalFormat, newestUnfinished, openJournal, runName, type RunHistory, type RunRequest } from './journal.ts';
import { takeLock } from './lock.ts';
import type { Site } from './site.ts';
import type { Step } from './step.ts';

export interface RunOptions {
  readonly parallelism: number;
  readonly emit: (event: RunEvent) => void;
  readonly signal?: AbortSignal;
}

/** A run that was asked for, or the one that is being continued. */
export interface RunStart {
  readonly request: RunRequest;
  readonly resume?: RunHistory;
}

/** What `--resume` continues, or a finding when there is nothing. */
export const findRun = async (site: Site, kind: string): Promise<{ readonly history?: RunHistory; readonly diagnostics: readonly Diagnostic[] }> => {
  const { environment, records } = site;
  const history = await newestUnfinished(records, environment.name, kind);
  if (history) return { history, diagnostics: [] };
  return { diagnostics: [{ code: 'ops/nothing-to-resume', severity: 'error', at: environment.at, summary: `No ${kind} of ${environment.name} was cut off or failed.`, fix: `Start one without --resume: argoeks env ${kind} --env ${environment.name}` }] };
};

/** Runs work that needs the environment for itself. The lock of a dead run is taken over; a live one is a finding. */
export const withLock = async <T>(site: Site, command: string, work: () => Promise<T>): Promise<{ readonly value?: T; readonly diagnostics: readonly Diagnostic[] }> => {
  const { environment, records, processes, clock } = site;
  const taken = await takeLock({ disk: records, processes, clock, name: environment.name, command, at: environment.at }).catch((error: unknown) => {
    const findings = findingsOf(error, environment.at);
    if (!findings) throw error;
    return findings;
  });
  if (!('release' in taken)) return { diagnostics: taken };
  try {
    return { value: await work(), diagnostics: [] };
  } finally {
    await taken.release();
  }
};

/** Runs steps with a journal, or continues the run that the journal describes. Needs the lock. */
export const runJournaled = async (site: Site, { request, resume }: RunStart, steps: readonly Step[], { parallelism, emit, signal }: RunOptions): Promise<RunResult> => {
  const { environment, records, clock } = site;
  const run = resume?.run ?? runName(clock.now(), request.kind);
  const record = await openJournal(records, environment.name, run);
  if (resume) await record({ type: 'resume', time: clock.now() });
  else await record({ type: 'run', format: journalFormat, run, time: clock.now(), request, steps: steps.map(({ id, title, needs }) => ({ id, title, needs })) });
  return runSteps(steps, { run, kind: request.kind, environment: environment.name, clock, parallelism, record, emit, ...(signal ? { signal } : {}), ...(resume ? { finished: resume.finished, resumed: true } : {}) });
};

