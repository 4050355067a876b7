import type { Diagnostic, Span } from '../diag/diagnostic.ts';

/** One unit of live work. It must be safe to run again after it was cut off anywhere. */
export interface Step {
  /** Unique in its run, stable between runs, for example `apply:terraform/environments/dev`. */
  readonly id: string;
  /** What it does, for people, beginning with a verb in the third person. */
  readonly title: string;
  /** Ids of steps that must be done before. */
  readonly needs: readonly string[];
  /** Line of the configuration that asked for it; findings point here. */
  readonly at: Span;
  /** Milliseconds it may take as a whole; absent when its own waits have deadlines. */
  readonly deadlineMs?: number;
  /** What it would run, for `--dry-run`: command lines or sentences. */
  readonly would?: readonly string[];
  /** It is about the world of this process: a resumed run does it again. */
  readonly isRepeated?: boolean;
  /** Text that is equal between two runs when the step would do the same; a finished step is skipped on resume while it is. */
  inputs?(): Promise<string>;
  run(ctx: StepContext): Promise<StepOutcome | undefined>;
}

export interface StepOutcome {
  /** One line of what came of it, for people. */
  readonly summary: string;
  /** Nothing had to be done. */
  readonly unchanged?: boolean;
  /** Kept in the journal and handed back on resume; never secrets. */
  readonly data?: unknown;
}

export interface StepContext {
  /** Name of the run. */
  readonly run: string;
  /** Aborts on Ctrl-C, on the step's deadline, and when the run is being stopped. */
  readonly signal: AbortSignal;
  /** Says what is going on or waited for right now; shown live, not kept. */
  note(text: string): void;
  /** What earlier steps handed back as `data`, by step id. */
  data(stepId: string): unknown;
}

/** Ends a step with findings the user can act on. */
export class StepFailure extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[], options?: ErrorOptions) {
    super(diagnostics.map((d) => `${d.code} ${d.summary}`).join('\n'), options);
    this.name = 'StepFailure';
    this.diagnostics = diagnostics;
  }
}

/** Ends a step because it was told to stop; not a finding. */
export class Stopped extends Error {
  constructor() {
    super('stopped');
    this.name = 'Stopped';
  }
}
