import { z } from 'zod';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { renameOrChoose } from '../diag/did-you-mean.ts';
import { problem } from '../diag/problem.ts';
import { isMapping } from './plain-data.ts';
import { keysOf, schemaAt, unwrap } from './schema-walk.ts';
import type { Step } from './yaml-place.ts';
import type { Source } from './yaml-source.ts';

/** Ways to all keys and items without a value in plain data. Pure. */
export const emptyWays = (data: unknown, path: readonly Step[] = []): readonly (readonly Step[])[] => {
  if (data === null || data === undefined) return [path];
  if (typeof data !== 'object') return [];
  return Array.isArray(data) ? data.flatMap((item, i) => emptyWays(item, [...path, i])) : Object.entries(data).flatMap(([key, item]) => emptyWays(item, [...path, key]));
};

/**
 * Keys without a value count as absent, but must exist all the same: those below `root` that `schema` does not know. `name` is what
 * the root is called in sentences. Pure.
 */
export const unknownEmptyKeys = ({ empty, span }: Source, schema: z.ZodType, root: readonly Step[] = [], name = ''): readonly Diagnostic[] =>
  empty.filter((path) => path.length > root.length && root.every((step, i) => path[i] === step)).flatMap((path) => {
    const inside = path.slice(root.length);
    const key = String(inside.at(-1));
    const parent = schemaAt(schema, inside.slice(0, -1));
    if (!parent || !(unwrap(parent) instanceof z.ZodObject) || keysOf(parent).includes(key)) return [];
    const above = inside.slice(0, -1).reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`), name) || 'the file';
    return [problem('config/unknown-key', span(path, 'key'), `"${key}" is not a key of ${above}.`, renameOrChoose(key, keysOf(parent)))];
  });

/** `data` with an empty mapping where `path` leads to nothing; everything above it has to be there. Pure. */
export const filled = (data: unknown, [step, ...rest]: readonly Step[]): unknown => {
  if (step === undefined) return data ?? {};
  if (Array.isArray(data)) return data.map((item: unknown, i) => (i === step ? filled(item, rest) : item));
  return isMapping(data) ? { ...data, [step]: filled(data[step], rest) } : data;
};
