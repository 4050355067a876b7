import { LineCounter, isAlias, parseAllDocuments, visit } from 'yaml';
import type { Document, ParsedNode, YAMLError } from 'yaml';
import type { Code } from '../diag/codes.ts';
import type { Diagnostic, Result, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { printable } from '../diag/show.ts';
import { emptyWays } from './empty-keys.ts';
import type { Places, Step } from './yaml-place.ts';
import { placesOf } from './yaml-place.ts';

/** One document of a file: its value, and places for anything in it. */
export interface Source extends Places {
  readonly file: string;
  /** Plain data. Keys without a value are left out: they count as absent. */
  readonly value: unknown;
  /** Ways to the keys without a value. */
  readonly empty: readonly (readonly Step[])[];
}

/** Largest file that is read, in bytes of UTF-16 text; parsing it takes about one second. */
export const largestFile = 2 * 1024 * 1024;

/** Most expansions of aliases in one document. */
const mostAliases = 20_000;
/** One broken line confuses the parser for the rest of the file, so only the first complaints are shown. */
const mostSyntaxErrors = 3;

const codeOf = (error: YAMLError): Code => (error.code === 'DUPLICATE_KEY' ? 'config/duplicate-key' : 'config/yaml-syntax');

/** What the parser says when the brackets exhaust its stack. */
const tooDeep = /call stack|Stack overflow/;

const summaryOf = (error: YAMLError, text: string): string => {
  if (tooDeep.test(error.message)) return 'The file is nested too deeply to be read.';
  const key = error.code === 'DUPLICATE_KEY' ? /^("[^"\n]*"|'[^'\n]*'|[^\s:,{}]+)/.exec(text.slice(error.pos[0]))?.[0] : undefined;
  if (key !== undefined) return `The key "${printable(key.replaceAll(/^["']|["']$/g, ''))}" stands twice in the same mapping.`;
  return `The YAML is not valid: ${printable(error.message)}.`.replace('..', '.');
};

const tabFix = 'Indent with spaces.';

const fixOf = (error: YAMLError): string => {
  if (tooDeep.test(error.message)) return 'Remove the superfluous brackets or levels.';
  switch (error.code) {
    case 'DUPLICATE_KEY': return 'Keep one of the two.';
    case 'TAB_AS_INDENT': return tabFix;
    case 'TAG_RESOLVE_FAILED': return 'Remove the tag (the word that begins with "!"); plain values are enough.';
    case 'MISSING_CHAR': return 'Close the quote or bracket, or add the missing character.';
    case 'BLOCK_AS_IMPLICIT_KEY': return 'Put quotes around a value that contains ": ", or begin a new line.';
    case 'BAD_INDENT': return 'Indent the line like its neighbours.';
    default: return 'Correct the line; the mistake may also be in the line above.';
  }
};

/** Drops keys without a value and refuses values that contain themselves. Shared parts stay shared. */
const withoutEmpty = (value: unknown, above: ReadonlySet<unknown>, done: Map<object, unknown>): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (above.has(value)) throw new ReferenceError('an alias contains itself');
  const known = done.get(value);
  if (known !== undefined) return known;
  const inside = new Set(above).add(value);
  const result = Array.isArray(value)
    ? value.map((item) => withoutEmpty(item, inside, done))
    : Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null && item !== undefined).map(([key, item]) => [key, withoutEmpty(item, inside, done)]));
  done.set(value, result);
  return result;
};

const toValue = (file: string, document: Document.Parsed<ParsedNode>, lines: LineCounter): Result<{ readonly data: unknown; readonly empty: Source['empty'] }> => {
  try {
    const whole: unknown = document.toJS({ maxAliasCount: mostAliases });
    const data = withoutEmpty(whole, new Set(), new Map());
    return { value: { data, empty: emptyWays(whole) }, diagnostics: [] };
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    const unresolved = /^Unresolved alias.*: (.*)$/.exec(thrown.message)?.[1];
    let offset = 0;
    visit(document, { Alias: (_, alias) => {
      if (unresolved !== undefined && alias.source !== unresolved) return undefined;
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    } });
    const { line, col } = lines.linePos(offset);
    const at = { file, line: Math.max(1, line), column: Math.max(1, col) };
    if (unresolved !== undefined) return { diagnostics: [problem('config/yaml-syntax', at, `"*${unresolved}" refers to an anchor that does not stand above it.`, `Define "&${unresolved}" further up, or write the value out.`)] };
    if (thrown instanceof ReferenceError) return { diagnostics: [problem('config/too-many-aliases', at, thrown.message.includes('itself') ? 'An alias stands inside its own anchor, so the value would be endless.' : `The aliases of this file expand to more than ${mostAliases.toLocaleString('en')} values.`, 'Write the values out instead of nesting aliases.')] };
    if (thrown instanceof RangeError) return { diagnostics: [problem('config/yaml-syntax', at, 'The file is nested too deeply to be read.', 'Remove the superfluous brackets or levels.')] };
    return { diagnostics: [problem('config/yaml-syntax', at, `The file cannot be read: ${printable(thrown.message)}.`, 'A merge ("<<") needs a mapping, or a list of mappings.')] };
  }
};

const refuse = (code: Code, at: Span, summary: string, fix: string): Result<readonly Source[]> => ({ diagnostics: [problem(code, at, summary, fix)] });

/**
 * Reads a YAML 1.2 file with anchors, merges and several documents. The documents that hold anything, or diagnostics: not text, too
 * large, syntax, duplicate keys, too many aliases. Pure; places are computed only when asked for.
 */
export const readYaml = (file: string, raw: string): Result<readonly Source[]> => {
  const top: Span = { file, line: 1, column: 1 };
  const text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw;
  if (text.length > largestFile) return refuse('config/too-large', top, `The file holds ${(text.length / 2 ** 20).toFixed(1)} MiB; ${largestFile / 2 ** 20} MiB is the limit.`, 'Divide it into several files, or restore it from git if it is not what you wrote.');
  const binary = /[\u0000-\u0008\u000e-\u001f\ufffd]/.exec(text);
  if (binary) {
    const before = text.slice(0, binary.index).split('\n');
    return refuse('config/not-text', { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }, 'The file is not text: it holds bytes that cannot occur in YAML.', 'Restore it from git, or save it as UTF-8 text.');
  }
  const lines = new LineCounter();
  let parsed: readonly Document.Parsed<ParsedNode>[];
  try {
    const documents = parseAllDocuments(text, { lineCounter: lines, merge: true, prettyErrors: false, stringKeys: true });
    parsed = Array.isArray(documents) ? documents : [];
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return refuse('config/yaml-syntax', top, 'The file is nested too deeply to be read.', 'Remove the superfluous brackets or levels.');
  }
  const complaints = parsed.flatMap((document) => [...document.errors, ...document.warnings]).map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return problem(codeOf(error), { file, line: Math.max(1, line), column: Math.max(1, col) }, summaryOf(error, text), fixOf(error));
  });
  const deep = complaints.find((one) => one.summary.includes('nested too deeply'));
  if (deep) return { diagnostics: [deep] };
  // What follows a mistake in its own line is its consequence; after a tab in the indentation, everything is.
  const tabs = complaints.filter((one) => one.fix === tabFix);
  const firstOfLine = (tabs.length > 0 ? tabs : complaints).filter((one, i, all) => one.code === 'config/duplicate-key' || !all.slice(0, i).some((before) => before.at.line === one.at.line));
  if (firstOfLine.length > 0) return { diagnostics: firstOfLine.slice(0, mostSyntaxErrors) };

  const diagnostics: Diagnostic[] = [];
  const sources: Source[] = [];
  for (const document of parsed) {
    if (document.contents === null || (isAlias(document.contents) === false && document.contents.range[0] === document.contents.range[1])) continue;
    const { value, diagnostics: found } = toValue(file, document, lines);
    diagnostics.push(...found);
    if (value && value.data !== null) sources.push({ file, value: value.data, empty: value.empty, ...placesOf(file, document, lines) });
  }
  return diagnostics.length > 0 ? { diagnostics } : { value: sources, diagnostics };
};
