import type { Diagnostic } from '../diag/diagnostic.ts';

/** Version of the event format that `--json` prints; rises when a field changes its meaning or goes away. */
export const eventFormat = 1;

export interface PlannedStep {
  readonly id: string;
  readonly title: string;
  readonly needs: readonly string[];
}

/** What happened in a run, as it happens. `time` is milliseconds since 1970. */
export type RunEvent = { readonly format: typeof eventFormat; readonly time: number } & RunEventBody;

export type RunEventBody =
  | { readonly type: 'run-started'; readonly run: string; readonly kind: string; readonly environment: string; readonly resumed: boolean; readonly steps: readonly PlannedStep[] }
  | { readonly type: 'step-started'; readonly step: string }
  | { readonly type: 'step-note'; readonly step: string; readonly text: string }
  | { readonly type: 'step-done'; readonly step: string; readonly summary: string; readonly unchanged: boolean; readonly ms: number }
  | { readonly type: 'step-skipped'; readonly step: string; readonly why: string }
  | { readonly type: 'step-failed'; readonly step: string; readonly ms: number; readonly diagnostics: readonly Diagnostic[] }
  | { readonly type: 'step-stopped'; readonly step: string; readonly ms: number }
  | { readonly type: 'step-blocked'; readonly step: string; readonly by: string }
  | { readonly type: 'run-ended'; readonly outcome: RunOutcome; readonly ms: number };

/** `stopped`: Ctrl-C or a signal; the run can be resumed, as after `failed`. */
export type RunOutcome = 'done' | 'failed' | 'stopped';
