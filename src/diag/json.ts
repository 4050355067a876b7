import type { Diagnostic } from './diagnostic.ts';
import { byPlace } from './problem.ts';

/** Version of the JSON shape; raised when a field changes its meaning or goes away. */
export const diagnosticsFormat = 1;

/** All diagnostics as a JSON value for `--json`, sorted by place, none left out. Pure. */
export const toJson = (diagnostics: readonly Diagnostic[]): { readonly format: number; readonly diagnostics: readonly Diagnostic[] } => ({
  format: diagnosticsFormat,
  diagnostics: diagnostics.toSorted(byPlace).map(({ code, severity, at, summary, fix }) => ({ code, severity, at: { file: at.file, line: at.line, column: at.column }, summary, fix })),
});
