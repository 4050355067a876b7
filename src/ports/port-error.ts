/** How the world failed. */
export type PortErrorKind = 'denied' | 'missing' | 'conflict' | 'throttled' | 'unreachable' | 'failed';

/** Thrown by ports when the world behind them failed; `ops/` turns it into a diagnostic with a next step. */
export class PortError extends Error {
  readonly kind: PortErrorKind;
  readonly operation: string;
  readonly resource: string;
  constructor(kind: PortErrorKind, operation: string, resource: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PortError';
    this.kind = kind;
    this.operation = operation;
    this.resource = resource;
  }
}
