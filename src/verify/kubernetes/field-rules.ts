import type { KubeSchema } from './schema-store.ts';

const patterns = new Map<string, RegExp | undefined>();

/** Go's RE2 in JavaScript; undefined for what only RE2 has. An inline `(?i)` at the start becomes a flag. */
const compiled = (pattern: string): RegExp | undefined => {
  if (!patterns.has(pattern)) {
    const insensitive = pattern.includes('(?i)');
    let made: RegExp | undefined;
    try {
      made = new RegExp(pattern.replaceAll('(?i)', ''), insensitive ? 'iu' : 'u');
    } catch {
      made = undefined;
    }
    patterns.set(pattern, made);
  }
  return patterns.get(pattern);
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** How a value's type is called in messages. */
export const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
};

const isOfType = (type: string, value: unknown): boolean => {
  const actual = typeOf(value);
  return actual === type || (type === 'number' && actual === 'integer');
};

/** What a value must be, if it is not: a sentence for the type rule of `schema`, or undefined. Pure. */
export const wrongType = (schema: KubeSchema, value: unknown): string | undefined => {
  if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') {
    return ['integer', 'string'].includes(typeOf(value)) ? undefined : `must be an integer or a string, not ${typeOf(value)}`;
  }
  if (schema.type === undefined || isOfType(schema.type, value)) return undefined;
  return `must be ${/^[aio]/.test(schema.type) ? 'an' : 'a'} ${schema.type}, not ${typeOf(value)} (${JSON.stringify(value).slice(0, 60)})`;
};

/** Complaints about a text. Pure. */
const textRules = (schema: KubeSchema, value: string): readonly string[] => {
  const wrong: string[] = [];
  const length = Array.from(value).length;
  if (schema.minLength !== undefined && length < schema.minLength) wrong.push(`must have at least ${schema.minLength} characters`);
  if (schema.maxLength !== undefined && length > schema.maxLength) wrong.push(`must have at most ${schema.maxLength} characters, not ${length}`);
  if (schema.pattern !== undefined && compiled(schema.pattern)?.test(value) === false) wrong.push(`"${value}" must match ${schema.pattern}`);
  if (schema.format === 'byte' && !base64.test(value)) wrong.push('must be base64');
  return wrong;
};

const numberRules = (schema: KubeSchema, value: number): readonly string[] => {
  const wrong: string[] = [];
  const { minimum, maximum, exclusiveMinimum = false, exclusiveMaximum = false, multipleOf } = schema;
  if (minimum !== undefined && (value < minimum || (exclusiveMinimum && value === minimum))) wrong.push(`${value} must be ${exclusiveMinimum ? 'above' : 'at least'} ${minimum}`);
  if (maximum !== undefined && (value > maximum || (exclusiveMaximum && value === maximum))) wrong.push(`${value} must be ${exclusiveMaximum ? 'below' : 'at most'} ${maximum}`);
  if (multipleOf !== undefined && value % multipleOf !== 0) wrong.push(`${value} must be a multiple of ${multipleOf}`);
  return wrong;
};

const listRules = (schema: KubeSchema, value: readonly unknown[], custom: boolean): readonly string[] => {
  const wrong: string[] = [];
  if (schema.minItems !== undefined && value.length < schema.minItems) wrong.push(`must have at least ${schema.minItems} items`);
  if (schema.maxItems !== undefined && value.length > schema.maxItems) wrong.push(`must have at most ${schema.maxItems} items, not ${value.length}`);
  const keys = schema['x-kubernetes-list-map-keys'];
  // Built-in lists may hold duplicates (ports that differ by protocol only are told apart by server-side apply's own keys).
  const identify =
    custom && schema['x-kubernetes-list-type'] === 'map' && keys
      ? (item: unknown) => JSON.stringify(keys.map((key) => (isRecord(item) ? (item[key] ?? schema.items?.properties?.[key]?.default) : item)))
      : custom && (schema['x-kubernetes-list-type'] === 'set' || schema.uniqueItems === true)
        ? (item: unknown) => JSON.stringify(item)
        : undefined;
  if (identify) {
    const seen = new Set<string>();
    for (const item of value) {
      const id = identify(item);
      if (seen.has(id)) wrong.push(`holds ${id} twice`);
      seen.add(id);
    }
  }
  return wrong;
};

/** Complaints of all rules that concern one value alone (not its children and not its type). Pure. */
export const valueRules = (schema: KubeSchema, value: unknown, custom: boolean): readonly string[] => {
  const wrong: string[] = [];
  if (schema.enum && !schema.enum.some((one) => JSON.stringify(one) === JSON.stringify(value))) {
    wrong.push(`${JSON.stringify(value)} must be one of ${schema.enum.map((one) => JSON.stringify(one)).join(', ')}`);
  }
  if (typeof value === 'string') wrong.push(...textRules(schema, value));
  else if (typeof value === 'number') wrong.push(...numberRules(schema, value));
  else if (Array.isArray(value)) wrong.push(...listRules(schema, value, custom));
  else if (isRecord(value)) {
    const count = Object.values(value).filter((one) => one !== null && one !== undefined).length;
    if (schema.minProperties !== undefined && count < schema.minProperties) wrong.push(`must have at least ${schema.minProperties} fields`);
    if (schema.maxProperties !== undefined && count > schema.maxProperties) wrong.push(`must have at most ${schema.maxProperties} fields, not ${count}`);
  }
  return wrong;
};
