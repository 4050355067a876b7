import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { charts } from '../../../catalog/charts.ts';
import type { ChartId } from '../../../catalog/charts.ts';
import { didYouMean } from '../../diag/did-you-mean.ts';
import { typeOf } from './field-rules.ts';

/** A value that the pinned chart does not know, or that it would not understand. `path` is dotted, as in `--set`. */
export interface ValueIssue {
  readonly path: string;
  readonly message: string;
  /** The key that was probably meant. */
  readonly nearest?: string;
}

/** Leaf: type names joined by `|`; `map` and `any` take whatever stands below. */
type ValuesNode = string | { readonly [key: string]: ValuesNode };
interface ChartValues {
  readonly version: string;
  /** The chart has a values.schema.json: Helm itself refuses wrong types, so they are reported. */
  readonly schema: boolean;
  readonly values: { readonly [key: string]: ValuesNode };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const loaded = new Map<ChartId, ChartValues>();

const chartValues = (id: ChartId): ChartValues => {
  const known = loaded.get(id);
  if (known) return known;
  const read = JSON.parse(readFileSync(fileURLToPath(new URL(`../../../catalog/values/${id}.json`, import.meta.url)), 'utf8')) as ChartValues;
  if (read.version !== charts[id].version) throw new Error(`catalog/values/${id}.json is of ${read.version}, the pin is ${charts[id].version}.`);
  loaded.set(id, read);
  return read;
};

const isChartId = (id: string): id is ChartId => Object.hasOwn(charts, id);

const leafFault = (types: string, value: unknown, strictTypes: boolean): string | undefined => {
  const names = types.split('|');
  const actual = typeOf(value);
  if (names.includes('any') || names.includes('map') || names.includes(actual) || (actual === 'integer' && names.includes('number'))) {
    return isRecord(value) && !names.some((name) => ['any', 'map'].includes(name)) ? `is a ${types} in this chart, not a map` : undefined;
  }
  const scalar = ['string', 'integer', 'number', 'boolean'];
  // Without a schema the default's type is a hint only: charts quote and cast scalars freely, but never take a map for a scalar.
  if (!strictTypes && scalar.includes(actual) && names.some((name) => scalar.includes(name))) return undefined;
  if (!strictTypes && names.includes('null')) return undefined;
  return `is ${types.replaceAll('|', ' or ')} in this chart, not ${actual === 'object' ? 'a map' : actual}`;
};

const walk = (tree: Readonly<Record<string, ValuesNode>>, values: Readonly<Record<string, unknown>>, at: string, schema: boolean, issues: ValueIssue[]): void => {
  for (const [key, value] of Object.entries(values)) {
    const path = at === '' ? key : `${at}.${key}`;
    const node = Object.hasOwn(tree, key) ? tree[key] : undefined;
    if (node === undefined) {
      const nearest = didYouMean(key, Object.keys(tree));
      issues.push({ path, message: `the chart does not know this value${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`, ...(nearest === undefined ? {} : { nearest }) });
      // null takes a default away.
    } else if (value === null || value === undefined) continue;
    else if (typeof node !== 'string') {
      if (isRecord(value)) walk(node, value, path, schema, issues);
      else issues.push({ path, message: `is a map in this chart, not ${typeOf(value)}` });
    } else {
      const fault = leafFault(node, value, schema);
      if (fault !== undefined) issues.push({ path, message: fault });
    }
  }
};

/**
 * Values that the pinned chart does not know, in the order of `values`. Below free maps (annotations, selectors, resources, defaults of `{}`,
 * maps that a template prints whole) everything is allowed. Where the chart has a schema, wrong types are found too. Reads the catalogue at
 * first use. Throws for a chart id that is not in `catalog/charts.ts`.
 */
export const checkValues = (chartId: string, values: Readonly<Record<string, unknown>>): readonly ValueIssue[] => {
  if (!isChartId(chartId)) throw new Error(`catalog/charts.ts has no chart "${chartId}".`);
  const { values: tree, schema } = chartValues(chartId);
  const issues: ValueIssue[] = [];
  walk(tree, values, '', schema, issues);
  return issues;
};
