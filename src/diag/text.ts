import { createColors } from 'picocolors';
import type { Diagnostic, Severity } from './diagnostic.ts';
import { byPlace } from './problem.ts';
import { printable } from './show.ts';

/** How diagnostics are written for people. */
export interface TextOptions {
  /** ANSI colours; the caller knows whether the output is a terminal. */
  readonly colour?: boolean;
  /** At most so many are shown; errors come before warnings and notes when there is no room for all. */
  readonly most?: number;
  /** Texts of the files, for the snippet; a file that is not here gets none. */
  readonly sources?: ReadonlyMap<string, string>;
}

const widest = 160;

const snippet = (diagnostic: Diagnostic, lines: readonly string[], dim: (text: string) => string, mark: (text: string) => string): readonly string[] => {
  const line = lines[diagnostic.at.line - 1];
  if (line === undefined || line.trim() === '') return [];
  const start = diagnostic.at.column - 1;
  const cut = Math.max(0, start + 40 - widest);
  const shown = printable(line.replaceAll('\t', ' ').slice(cut, cut + widest));
  const token = /^(?:"[^"]*"|'[^']*'|[^\s,\]}#]+?(?=:?(?:[\s,\]}#]|$)))/.exec(line.slice(start))?.[0] ?? ' ';
  const number = String(diagnostic.at.line);
  const gutter = ' '.repeat(number.length);
  return [
    `  ${dim(`${number} │`)} ${shown}`,
    `  ${dim(`${gutter} │`)} ${' '.repeat(Math.max(0, start - cut))}${mark('^'.repeat(Math.max(1, Math.min(token.length, widest - start + cut))))}`,
  ];
};

/** One line per kind: "3 errors, 1 warning"; empty for none. */
export const countText = (diagnostics: readonly Diagnostic[]): string =>
  (['error', 'warning', 'note'] as const satisfies readonly Severity[])
    .map((severity) => ({ severity, n: diagnostics.filter((d) => d.severity === severity).length }))
    .filter(({ n }) => n > 0)
    .map(({ severity, n }) => `${n} ${severity}${n === 1 ? '' : 's'}`)
    .join(', ');

/**
 * Diagnostics as text: place, severity, code; the sentence; the line of the file with a caret; the next action. Sorted by place.
 * Pure. Ends without a line break; empty for no diagnostics.
 */
export const toText = (diagnostics: readonly Diagnostic[], options: TextOptions = {}): string => {
  const colours = createColors(options.colour ?? false);
  const paint: Readonly<Record<Severity, (text: string) => string>> = { error: colours.red, warning: colours.yellow, note: colours.cyan };
  const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };
  const split = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const known = split.get(file) ?? (options.sources?.get(file) ?? '').split(/\r\n|\n/);
    split.set(file, known);
    return known;
  };
  const chosen = diagnostics.toSorted((a, b) => rank[a.severity] - rank[b.severity] || byPlace(a, b)).slice(0, options.most ?? 20).sort(byPlace);
  const blocks = chosen.map((d) =>
    [
      `${colours.bold(`${d.at.file}:${d.at.line}:${d.at.column}`)} ${paint[d.severity](d.severity)} ${colours.dim(d.code)}`,
      `  ${printable(d.summary).replaceAll('\n', '\n  ')}`,
      ...snippet(d, linesOf(d.at.file), colours.dim, paint[d.severity]),
      `  ${colours.bold('fix:')} ${printable(d.fix).replaceAll('\n', '\n  ')}`,
    ].join('\n'),
  );
  const hidden = diagnostics.length - chosen.length;
  return [...blocks, ...(hidden > 0 ? [`… and ${hidden} more.`] : [])].join('\n\n');
};
