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
