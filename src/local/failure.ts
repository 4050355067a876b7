import type { Diagnostic, Span } from '../diag/diagnostic.ts';
/** Something on this machine failed: what was attempted, why it failed, and what to do next. The CLI shows all three. */
export class LocalFailure extends Error {
  readonly attempted: string;
  readonly reason: string;
  readonly nextStep: string;
  constructor(attempted: string, reason: string, nextStep: string, options?: ErrorOptions) {
    super(`${attempted} failed: ${reason}\nNext: ${nextStep}`, options);
    this.name = 'LocalFailure';
    this.attempted = attempted;
    this.reason = reason;
    this.nextStep = nextStep;
  }
}

/** The message of anything that was thrown. Pure. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What the user is told of a failure; `at` is the line that asked for what failed. Pure. */
export const failureFinding = ({ attempted, reason, nextStep }: LocalFailure, at: Span): Diagnostic =>
  ({ code: 'ops/local-failed', severity: 'error', at, summary: `${attempted} failed: ${reason.replace(/\.?$/, '.')}`, fix: nextStep });
