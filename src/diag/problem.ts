import type { Code } from './codes.ts';
import { codes } from './codes.ts';
import type { Diagnostic, Span } from './diagnostic.ts';

/** A diagnostic of a catalogued code, with the severity of the catalogue. */
export const problem = (code: Code, at: Span, summary: string, fix: string): Diagnostic => ({ code, severity: codes[code].severity, at, summary, fix });

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order in which diagnostics are shown: file, line, column, code, text. No locale is involved. */
export const byPlace = (a: Diagnostic, b: Diagnostic): number =>
  text(a.at.file, b.at.file) || a.at.line - b.at.line || a.at.column - b.at.column || text(a.code, b.code) || text(a.summary, b.summary);

/** Sorted by place, each finding once. Pure. */
export const tidy = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => {
  const unique = new Map(diagnostics.map((d) => [`${d.at.file}\n${d.at.line}\n${d.at.column}\n${d.code}\n${d.summary}`, d]));
  return [...unique.values()].sort(byPlace);
};

/** True when one of them is an error: then there is no value to go on with. */
export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some((d) => d.severity === 'error');
