import type { z } from 'zod';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { renameOrChoose } from '../diag/did-you-mean.ts';
import { problem } from '../diag/problem.ts';
import { ended } from '../diag/sentence.ts';
import { show } from '../diag/show.ts';
import { keysOf, metaOf, schemaAt, valueAt } from './schema-walk.ts';
import type { Step } from './yaml-place.ts';
import type { Source } from './yaml-source.ts';

/** Where validated data comes from: the place of its root in a document, and what the root is called in sentences. */
export interface Origin {
  readonly source: Source;
  readonly path: readonly Step[];
  /** For example `envs.dev`; empty for the root of the file. */
  readonly name: string;
}

type Issue = z.core.$ZodIssue;

const expected: Readonly<Record<string, string>> = {
  string: 'text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'a mapping of keys', record: 'a mapping of keys', null: 'nothing',
};
const kindOf = (value: unknown): string => (Array.isArray(value) ? 'a list' : value === null ? 'empty' : typeof value === 'boolean' ? 'a boolean' : (expected[typeof value] ?? typeof value));

const named = (origin: Origin, path: readonly Step[]): string => {
  const tail = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  const whole = `${origin.name}${tail}`.replace(/^\./, '');
  return whole === '' ? 'the file' : whole;
};

const meaning = (schema: z.ZodType | undefined): string => {
  if (!schema) return '';
  const { description, unit } = metaOf(schema);
  return description === undefined ? '' : ` Meaning: ${description}${unit === undefined ? '' : ` Unit: ${unit}.`}`;
};

const wrongType = (want: string, value: unknown): string => {
  if (want === 'text' && (typeof value === 'number' || typeof value === 'boolean')) return 'Put it in quotes.';
  if (want.endsWith('number') && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return 'Remove the quotes.';
  if (want === 'true or false' && typeof value === 'string') return 'Write true or false without quotes.';
  if (want === 'a list' && kindOf(value) === 'text') return 'Write it as a list: put "- " before each item on a line of its own.';
  return `Write ${want}.`;
};

const bound = (issue: Issue, what: 'least' | 'most', limit: unknown): string => {
  const origin = 'origin' in issue ? issue.origin : '';
  if (origin === 'string') return `has to have at ${what} ${String(limit)} characters`;
  if (origin === 'array') return `has to have at ${what} ${String(limit)} item${limit === 1 ? '' : 's'}`;
  return 'inclusive' in issue && issue.inclusive === false ? `has to be ${what === 'least' ? 'more' : 'less'} than ${String(limit)}` : `has to be at ${what} ${String(limit)}`;
};

const pathOf = (issue: Issue): readonly Step[] => issue.path.map((step) => (typeof step === 'number' ? step : String(step)));

/** The branch of a union that fits the value best: one that does not already fail by its type. */
const bestBranch = (issue: z.core.$ZodIssueInvalidUnion): readonly Issue[] =>
  issue.errors.find((branch) => !branch.some((inner) => inner.path.length === 0 && inner.code === 'invalid_type')) ?? issue.errors[0] ?? [];

/**
 * Zod's findings as diagnostics. `origins` are the places the data was laid together from, the strongest first: each finding points
 * to the first that says something there. Unsorted; not empty when `issues` is not. Pure.
 */
export const problemsOf = (issues: readonly Issue[], schema: z.ZodType, data: unknown, origins: readonly [Origin, ...Origin[]]): readonly Diagnostic[] => {
  const originOf = (path: readonly Step[]): Origin => origins.find(({ source, path: root }) => source.has([...root, ...path])) ?? origins[0];

  const one = (issue: Issue, above: readonly Step[]): readonly Diagnostic[] => {
    const path = [...above, ...pathOf(issue)];
    const origin = originOf(path);
    const at = origin.source.span([...origin.path, ...path]);
    const value = valueAt(data, path);
    const node = schemaAt(schema, path);
    const name = named(origin, path);
    switch (issue.code) {
      case 'unrecognized_keys': {
        const known = node ? keysOf(node) : [];
        return issue.keys.map((key) => {
          const from = originOf([...path, key]);
          return problem('config/unknown-key', from.source.span([...from.path, ...path, key], 'key'), `"${key}" is not a key of ${named(from, path)}.`, renameOrChoose(key, known));
        });
      }
      case 'invalid_type': {
        const want = expected[issue.expected] ?? issue.expected;
        if (value === undefined) {
          const parent = originOf(path.slice(0, -1));
          return [problem('config/missing-key', parent.source.span([...parent.path, ...path.slice(0, -1)], 'key'), `${named(parent, path)} is missing.`, `Add the key; it takes ${want}.${meaning(node)}`)];
        }
        return [problem('config/wrong-type', at, `${name} is ${show(value)} (${kindOf(value)}), but ${want} is expected.`, `${wrongType(want, value)}${meaning(node)}`)];
      }
      case 'invalid_value': {
        if (value === undefined) return [problem('config/missing-key', origin.source.span([...origin.path, ...path], 'key'), `${name} is missing.`, `Add the key; it takes ${issue.values.map((v) => show(v)).join(' or ')}.`)];
        const choices = issue.values.map(String);
        return [problem('config/wrong-value', at, `${name} is ${show(value)}, which is not one of the allowed values.`, renameOrChoose(String(value), choices, 30))];
      }
      case 'invalid_union': return bestBranch(issue).flatMap((inner) => one(inner, path));
      case 'invalid_key': {
        const key = path.at(-1) ?? '';
        return [problem('config/wrong-value', origin.source.span([...origin.path, ...path], 'key'), `The key ${show(String(key))} of ${named(origin, path.slice(0, -1))} ${issue.issues[0]?.message ?? 'is not allowed'}.`, 'Rename it.')];
      }
      case 'too_small': return [problem('config/wrong-value', at, `${name} is ${show(value)}; it ${bound(issue, 'least', issue.minimum)}.`, `Raise it.${meaning(node)}`)];
      case 'too_big': return [problem('config/wrong-value', at, `${name} is ${show(value)}; it ${bound(issue, 'most', issue.maximum)}.`, `Lower it.${meaning(node)}`)];
      default: {
        const text = issue.message.replace(/\.$/, '');
        const sentence = ended(/^(is|has|must|may|needs) /.test(text) ? `${name} ${show(value)} ${text}` : `${name} is ${show(value)}: ${text}`);
        return [problem('config/wrong-value', at, sentence, `Correct the value.${meaning(node)}`)];
      }
    }
  };
  return issues.flatMap((issue) => one(issue, []));
};
