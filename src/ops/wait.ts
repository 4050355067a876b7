import type { Span } from '../diag/diagnostic.ts';
import type { Clock } from '../ports/clock.ts';
import { PortError } from '../ports/port-error.ts';
import { StepFailure, Stopped } from './step.ts';

/** Answer of one look at the world. `cause` says in one sentence why it is not so yet; `hopeless` ends the wait at once. */
export type Look<T> = { readonly value: T } | { readonly cause: string; readonly hopeless?: boolean };

export interface WaitOptions<T> {
  /** What is waited for, as the object of "waiting for …". */
  readonly what: string;
  readonly at: Span;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  /** Milliseconds between two looks. */
  readonly everyMs: number;
  /** What the user does when it never comes. */
  readonly fix: string;
  readonly note: (text: string) => void;
  look(): Promise<Look<T>>;
}

/**
 * Looks again and again until something is so. An unreachable or throttling world counts as "not yet", with that as the cause.
 * Throws `StepFailure` with code `ops/deadline` (or `ops/hopeless`), the last cause and the next step; `Stopped` when told to.
 */
export const waitFor = async <T>({ what, at, clock, signal, deadlineMs, everyMs, fix, note, look }: WaitOptions<T>): Promise<T> => {
  const begun = clock.now();
  let cause = '';
  for (;;) {
    if (signal.aborted) throw new Stopped();
    const seen = await look().catch((error: unknown): Look<T> => {
      if (error instanceof PortError && ['unreachable', 'throttled', 'conflict'].includes(error.kind)) return { cause: error.message };
      throw error;
    });
    if ('value' in seen) return seen.value;
    if (seen.cause !== cause) note(`waiting for ${what}: ${seen.cause}`);
    cause = seen.cause;
    const waitedMs = clock.now() - begun;
    const ended = cause.replace(/\.?$/, '.');
    if (seen.hopeless) throw new StepFailure([{ code: 'ops/hopeless', severity: 'error', at, summary: `Waiting for ${what} makes no sense: ${ended}`, fix }]);
    if (waitedMs >= deadlineMs)
      throw new StepFailure([{ code: 'ops/deadline', severity: 'error', at, summary: `Waited ${Math.round(waitedMs / 1000)} s for ${what}; still: ${ended}`, fix }]);
    await clock.sleep(Math.min(everyMs, deadlineMs - waitedMs), signal);
  }
};
