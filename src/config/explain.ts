import type { z } from 'zod';
import type { Result, Span } from '../diag/diagnostic.ts';
import { renameOrChoose } from '../diag/did-you-mean.ts';
import { problem } from '../diag/problem.ts';
import { find } from './explain-parts.ts';
import { isMapping } from './plain-data.ts';
import { paths } from './platform-settings.ts';
import { childOf, isActing, keysOf, metaOf, schemaAt, valueAt } from './schema-walk.ts';
import type { Sources } from './sources.ts';

/** Why a key has its value. */
export type ValueOrigin =
  /** A line of a file says so. */
  | { readonly from: 'file'; readonly at: Span }
  /** No file says anything; `text` names the default, for example "default of tier dev". */
  | { readonly from: 'default'; readonly text: string };

/** What `argoeks explain` says about one key. */
export interface Explanation {
  readonly path: string;
  /** Plain data; undefined where the key is absent and has no default. */
  readonly value: unknown;
  readonly origin: ValueOrigin;
  readonly unit?: string;
  readonly doc?: string;
  /** False when the key's output comes with a later part of the platform. */
  readonly acting: boolean;
  /** Default of each tier, where they differ. */
  readonly byTier?: Readonly<Record<string, unknown>>;
  /** Keys below, for a mapping. */
  readonly keys?: readonly string[];
  /** Keys each item may have, for a list of mappings. */
  readonly itemKeys?: readonly string[];
}

/** Steps of a path, where a key may itself hold dots (labels do): the longest run of words that is a key wins. */
const stepsOf = (schema: z.ZodType, data: unknown, words: readonly string[]): { readonly steps: readonly string[] } | { readonly unknown: string; readonly known: readonly string[]; readonly steps: readonly string[] } => {
  const steps: string[] = [];
  for (let i = 0; i < words.length; ) {
    const node = schemaAt(schema, steps);
    const here = valueAt(data, steps);
    const known = [...new Set([...(node ? keysOf(node) : []), ...(isMapping(here) ? Object.keys(here) : [])])];
    const run = Array.from({ length: words.length - i }, (_, n) => words.length - n).find((end) => {
      const key = words.slice(i, end).join('.');
      return known.includes(key) || (Array.isArray(here) && /^\d+$/.test(key) && Number(key) < here.length);
    });
    if (run === undefined) return { unknown: words[i] ?? '', known: Array.isArray(here) ? here.map((_, n) => String(n)) : known, steps };
    steps.push(words.slice(i, run).join('.'));
    i = run;
  }
  return { steps };
};

/**
 * Says of any key what its value is and why: `envs.<env>.…`, `envs.<env>.components.<id>.…`, `clusters.<name>.…`, `tags.…`,
 * `platform.…`, `gitops.…`, `edge.…`, `org.…`. List items by number. A path that does not exist is `config/unknown-key` with the
 * nearest key. Pure.
 */
export const explain = (sources: Sources, path: string): Result<Explanation> => {
  const words = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.').filter((word) => word !== '');
  const top: Span = { file: paths.platform, line: 1, column: 1 };
  const refuse = (unknown: string, known: readonly string[], before: readonly string[], at = top, fix = renameOrChoose(unknown, known, 30)): Result<Explanation> => ({
    diagnostics: [problem('config/unknown-key', at, unknown === '' ? 'No key is named.' : `"${unknown}" is not a key of ${before.join('.') || 'the configuration'}.`, fix)],
  });
  const found = find(sources, words);
  if ('unknown' in found) return refuse(found.unknown, found.known, found.before);
  const { part, rest, before } = found;
  const walked = stepsOf(part.schema, part.data, rest);
  const placeOf = (steps: readonly string[]): Span | undefined => {
    const by = part.decidedBy?.get(steps.join('.'));
    const [first] = part.places;
    if (by && first) return first.source.span(by);
    const said = part.places.find(({ source, path: root }) => source.has([...root, ...steps]));
    return said?.source.span([...said.path, ...steps]);
  };
  if ('unknown' in walked) {
    const inList = Array.isArray(valueAt(part.data, walked.steps)) && walked.known.length === 0;
    return refuse(walked.unknown, walked.known, [...before, ...walked.steps], placeOf(walked.steps) ?? top, inList ? `The list is empty. Ask for the list itself: ${[...before, ...walked.steps].join('.')}` : undefined);
  }
  const { steps } = walked;
  // What decides is the end of the chain: max follows desired, desired follows size.
  const computedText = (key: string): string | undefined => {
    const from = part.computedFrom?.[key];
    if (from === undefined) return undefined;
    const at = placeOf([from]);
    if (at) return `computed from ${from} (${at.file}:${at.line}:${at.column})`;
    return computedText(from) ?? `computed from ${from}, ${part.defaultText}`;
  };
  const node = schemaAt(part.schema, steps);
  const meta = node ? metaOf(node) : {};
  const value = valueAt(part.data, steps);
  // The endpoint is decided from two keys: asked for, but open to nobody, it stays private.
  const staysPrivate = before[0] === 'clusters' && before[2] === 'kubernetes' && steps.join('.') === 'api.public' && value === false && valueAt(part.data, ['api', 'public_cidrs', 0]) === undefined;
  const at = staysPrivate ? undefined : placeOf(steps);
  const text = staysPrivate ? 'private, as kubernetes.api.public_cidrs is empty' : computedText(steps.join('.')) ?? part.defaultText;
  const item = node && childOf(node, 0);
  const itemKeys = Array.isArray(value) && item ? keysOf(item) : [];
  const keys = isMapping(value) ? [...new Set([...(node ? keysOf(node) : []), ...Object.keys(value)])] : [];
  return {
    diagnostics: [],
    value: {
      path: [...before, ...steps].join('.'), value,
      origin: at && value !== undefined ? { from: 'file', at } : { from: 'default', text: value === undefined ? 'not set, and no default' : text },
      ...(meta.unit === undefined ? {} : { unit: meta.unit }),
      ...(meta.description === undefined ? {} : { doc: meta.description }),
      acting: isActing(part.schema, steps),
      ...(meta.byTier === undefined ? {} : { byTier: meta.byTier }),
      ...(keys.length > 0 ? { keys } : {}),
      ...(itemKeys.length > 0 ? { itemKeys } : {}),
    },
  };
};
