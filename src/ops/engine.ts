import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Clock } from '../ports/clock.ts';
import { digest } from './digest.ts';
import { eventFormat, type RunEvent, type RunEventBody, type RunOutcome } from './events.ts';
import { findingsOf } from './failure.ts';
import { ordered } from './graph.ts';
import type { Finished, JournalRecord } from './journal.ts';
import { StepFailure, Stopped, type Step, type StepContext, type StepOutcome } from './step.ts';

export interface EngineOptions {
  readonly run: string;
  readonly kind: string;
  readonly environment: string;
  readonly clock: Clock;
  /** How many steps run at the same time, at least 1. */
  readonly parallelism: number;
  /** Writes a line that survives a crash. */
  readonly record: (record: JournalRecord) => Promise<void>;
  readonly emit: (event: RunEvent) => void;
  /** Steps that an earlier attempt of this run finished. */
  readonly finished?: ReadonlyMap<string, Finished>;
  readonly resumed?: boolean;
  readonly signal?: AbortSignal;
}

export type StepState = 'done' | 'unchanged' | 'skipped' | 'failed' | 'stopped' | 'blocked';

export interface RunResult {
  readonly outcome: RunOutcome;
  readonly states: ReadonlyMap<string, StepState>;
  readonly data: ReadonlyMap<string, unknown>;
  readonly diagnostics: readonly Diagnostic[];
}

/** How long a step that was told to stop may take to do so before the run ends without it. */
const stopGraceMs = 120_000;

interface Attempt {
  readonly outcome?: StepOutcome | undefined;
  readonly error?: unknown;
}

/**
 * Runs steps in the order of their needs, as many at once as allowed. A failed step blocks what needs it and nothing else.
 * On resume a step is skipped when the journal has it finished with equal inputs and nothing it needs was done again.
 * Bugs (anything that is no finding) stop the run and are thrown after running steps have ended.
 */
export const runSteps = async (given: readonly Step[], options: EngineOptions): Promise<RunResult> => {
  const { clock, parallelism, record } = options;
  const steps = ordered(given);
  const states = new Map<string, StepState>();
  const data = new Map<string, unknown>();
  const diagnostics: Diagnostic[] = [];
  const begun = clock.now();
  const bugs: unknown[] = [];
  const stop = new AbortController();
  const halt = (): void => stop.abort(new Stopped());
  if (options.signal?.aborted) halt();
  options.signal?.addEventListener('abort', halt, { once: true });
  const emit = (body: RunEventBody): void => options.emit({ format: eventFormat, time: clock.now(), ...body });

  const contextOf = (step: Step, signal: AbortSignal): StepContext => ({
    run: options.run,
    signal,
    note: (text) => emit({ type: 'step-note', step: step.id, text }),
    data: (id) => data.get(id),
  });

  const attempt = async (step: Step): Promise<Attempt> => {
    const own = new AbortController();
    const signal = AbortSignal.any([own.signal, stop.signal]);
    const ended = new AbortController();
    const work: Promise<Attempt> = step
      .run(contextOf(step, signal))
      .then((outcome) => ({ outcome }), (error: unknown) => ({ error }))
      .finally(() => ended.abort());
    const guard = async (): Promise<Attempt> => {
      const watched = AbortSignal.any([ended.signal, stop.signal]);
      if (step.deadlineMs === undefined) await new Promise<void>((resolve) => (watched.aborted ? resolve() : watched.addEventListener('abort', () => resolve(), { once: true })));
      else await clock.sleep(step.deadlineMs, watched);
      if (ended.signal.aborted) return work;
      const late = !stop.signal.aborted;
      own.abort(new Stopped());
      await clock.sleep(stopGraceMs, ended.signal);
      if (!late) return ended.signal.aborted ? work : { error: new Stopped() };
      const settled = ended.signal.aborted ? await work : undefined;
      if (settled && (settled.error === undefined || settled.error instanceof StepFailure)) return settled;
      const seconds = Math.round((step.deadlineMs ?? 0) / 1000);
      return { error: new StepFailure([{ code: 'ops/deadline', severity: 'error', at: step.at, summary: `"${step.title}" was not done after ${seconds} s.`, fix: 'See what it last waited for, mend that, and continue with --resume.' }]) };
    };
    return guard();
  };

  const finish = async (step: Step, inputs: string, since: number, { outcome, error }: Attempt): Promise<void> => {
    const ms = clock.now() - since;
    if (error === undefined) {
      const summary = outcome?.summary ?? 'done';
      data.set(step.id, outcome?.data);
      await record({ type: 'done', time: clock.now(), step: step.id, inputs, summary, ...(outcome?.data === undefined ? {} : { data: outcome.data }) });
      states.set(step.id, outcome?.unchanged ? 'unchanged' : 'done');
      emit({ type: 'step-done', step: step.id, summary, unchanged: outcome?.unchanged ?? false, ms });
      return;
    }
    if (error instanceof Stopped || (stop.signal.aborted && !(error instanceof StepFailure))) {
      states.set(step.id, 'stopped');
      emit({ type: 'step-stopped', step: step.id, ms });
      return;
    }
    const findings = findingsOf(error, step.at);
    if (!findings) throw error;
    diagnostics.push(...findings);
    await record({ type: 'failed', time: clock.now(), step: step.id, diagnostics: findings });
    states.set(step.id, 'failed');
    emit({ type: 'step-failed', step: step.id, ms, diagnostics: findings });
  };

  const execute = async (step: Step): Promise<void> => {
    const since = clock.now();
    let inputs = '';
    try {
      inputs = step.inputs ? digest(await step.inputs()) : '';
    } catch (error) {
      return finish(step, inputs, since, { error });
    }
    const before = options.finished?.get(step.id);
    if (before && !step.isRepeated && before.inputs === inputs && step.needs.every((need) => ['skipped', 'unchanged'].includes(states.get(need) ?? ''))) {
      data.set(step.id, before.data);
      states.set(step.id, 'skipped');
      emit({ type: 'step-skipped', step: step.id, why: `finished earlier: ${before.summary}` });
      return;
    }
    await record({ type: 'start', time: clock.now(), step: step.id, inputs });
    emit({ type: 'step-started', step: step.id });
    return finish(step, inputs, since, await attempt(step));
  };

  emit({ type: 'run-started', run: options.run, kind: options.kind, environment: options.environment, resumed: options.resumed ?? false, steps: steps.map(({ id, title, needs }) => ({ id, title, needs })) });
  const waiting = new Set(steps);
  const running = new Map<string, Promise<void>>();
  const isGood = (id: string): boolean => ['done', 'unchanged', 'skipped'].includes(states.get(id) ?? '');
  const block = (): void => {
    for (const step of steps) {
      if (!waiting.has(step)) continue;
      const by = step.needs.find((need) => ['failed', 'blocked', 'stopped'].includes(states.get(need) ?? ''));
      if (!by) continue;
      waiting.delete(step);
      states.set(step.id, 'blocked');
      emit({ type: 'step-blocked', step: step.id, by });
    }
  };
  for (;;) {
    block();
    for (const step of steps) {
      if (stop.signal.aborted || running.size >= Math.max(1, parallelism)) break;
      if (!waiting.has(step) || !step.needs.every(isGood)) continue;
      waiting.delete(step);
      const work = execute(step).catch((error: unknown) => {
        bugs.push(error);
        states.set(step.id, 'failed');
        halt();
      });
      running.set(step.id, work.finally(() => running.delete(step.id)));
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  options.signal?.removeEventListener('abort', halt);
  if (bugs.length > 0) throw bugs[0];
  for (const step of waiting) states.set(step.id, 'blocked');
  const outcome: RunOutcome = [...states.values()].includes('failed') ? 'failed' : waiting.size > 0 || [...states.values()].includes('stopped') ? 'stopped' : 'done';
  await record({ type: 'end', time: clock.now(), outcome });
  emit({ type: 'run-ended', outcome, ms: clock.now() - begun });
  return { outcome, states, data, diagnostics };
};
