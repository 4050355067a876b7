/** A place in a file the user wrote. Lines and columns count from 1. */
export interface Span {
  /** Path as the user would type it, relative to the repository, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Severity = 'error' | 'warning' | 'note';

/**
 * Something the user can mend. It is data: returned beside the value, collected, sorted, never thrown inside `src/`.
 * The text is whole sentences in the user's words: `summary` quotes the wrong value, `fix` is the next action.
 */
export interface Diagnostic {
  /** Permanent slug from `src/diag/codes.ts`, for example `config/unknown-key`. */
  readonly code: string;
  readonly severity: Severity;
  readonly at: Span;
  readonly summary: string;
  readonly fix: string;
}

/** A value, when there is one, and everything that was found on the way. `value` is absent when any diagnostic is an error. */
export interface Result<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Carries diagnostics through code that can only throw; turned back into a `Result` by whoever catches it. */
export class Rejected extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => `${d.at.file}:${d.at.line}:${d.at.column} ${d.code} ${d.summary}`).join('\n'));
    this.name = 'Rejected';
    this.diagnostics = diagnostics;
  }
}
