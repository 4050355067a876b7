import { didYouMean } from '../../diag/did-you-mean.ts';
import { typeOf, valueRules, wrongType } from './field-rules.ts';
import { builtIns } from './schema-store.ts';
import type { KubeSchema } from './schema-store.ts';

/** One fault of an object. `path` is in kubectl's form: `spec.containers[0].image`, empty for the whole. */
export interface SchemaIssue {
  readonly path: string;
  readonly message: string;
}

interface Place {
  readonly path: string;
  readonly custom: boolean;
  /** False inside anyOf, oneOf, allOf and not: those only state rules, the fields are named outside. */
  readonly strict: boolean;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const plainKey = /^[A-Za-z_][\w-]*$/;
const field = (path: string, key: string): string => {
  if (!plainKey.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
};

/** Follows `$ref`, and the `allOf` of one reference by which OpenAPI adds a default to it. */
const resolved = (schema: KubeSchema): KubeSchema => {
  if (schema.$ref !== undefined) return resolved(builtIns().definitions[schema.$ref.replace('#/definitions/', '')] ?? {});
  const [only, ...more] = schema.allOf ?? [];
  return only?.$ref !== undefined && more.length === 0 && schema.properties === undefined ? resolved(only) : schema;
};

const embeddedFields = new Set(['apiVersion', 'kind', 'metadata']);

const isOpen = (schema: KubeSchema, { custom, strict }: Place): boolean => {
  if (!strict || schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true) return true;
  // A custom resource keeps only what its schema names; a built-in object without named fields is open (RawExtension, FieldsV1).
  return !custom && schema.properties === undefined;
};

const unknownField = (key: string, known: readonly string[]): string => {
  const near = didYouMean(key, known);
  return `"${key}" is not a field here${near === undefined ? '' : `; did you mean "${near}"?`}`;
};

const objectIssues = (schema: KubeSchema, value: Readonly<Record<string, unknown>>, place: Place, issues: SchemaIssue[]): void => {
  const { properties = {}, additionalProperties } = schema;
  for (const [key, child] of Object.entries(value)) {
    // The API server drops null fields before it validates, but keeps nulls in the free maps of custom resources.
    const inFreeMap = place.custom && properties[key] === undefined && typeof additionalProperties === 'object';
    if (child === undefined || (child === null && properties[key]?.nullable !== true && !inFreeMap)) continue;
    const at = { ...place, path: field(place.path, key) };
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (known) checkValue(known, child, at, issues);
    else if (typeof additionalProperties === 'object') checkValue(additionalProperties, child, at, issues);
    else if (schema['x-kubernetes-embedded-resource'] === true && embeddedFields.has(key)) continue;
    else if (!isOpen(schema, place)) issues.push({ path: at.path, message: unknownField(key, Object.keys(properties)) });
  }
  for (const key of schema.required ?? []) {
    const missing = value[key] === undefined || (value[key] === null && properties[key]?.nullable !== true);
    // In custom resources defaults come before validation; defaults in built-in schemas are Go's zero values and fill nothing.
    const filled = place.custom && properties[key]?.default !== undefined;
    if (missing && !filled) issues.push({ path: field(place.path, key), message: 'is required' });
  }
};

const issuesOf = (schema: KubeSchema, value: unknown, place: Place): readonly SchemaIssue[] => {
  const issues: SchemaIssue[] = [];
  checkValue(schema, value, place, issues);
  return issues;
};

const junctionIssues = (schema: KubeSchema, value: unknown, place: Place, issues: SchemaIssue[]): void => {
  const loose = { ...place, strict: false };
  for (const one of schema.allOf ?? []) checkValue(one, value, loose, issues);
  const fits = (one: KubeSchema): boolean => issuesOf(one, value, loose).length === 0;
  if (schema.anyOf && !schema.anyOf.some(fits)) {
    issues.push({ path: place.path, message: `fits none of its forms: ${schema.anyOf.map((one) => issuesOf(one, value, loose)[0]?.message ?? '').join(' / ')}` });
  }
  if (schema.oneOf) {
    const fitting = schema.oneOf.filter(fits).length;
    if (fitting !== 1) issues.push({ path: place.path, message: `must fit exactly one of its ${schema.oneOf.length} forms, fits ${fitting}` });
  }
  if (schema.not && fits(schema.not)) issues.push({ path: place.path, message: 'holds a combination of fields that is not allowed' });
};

/** Adds to `issues` what the API server would refuse under `fieldValidation=Strict`; CEL rules are not evaluated. */
export const checkValue = (given: KubeSchema, value: unknown, place: Place, issues: SchemaIssue[]): void => {
  const schema = resolved(given);
  if (value === null && schema.nullable === true) return;
  const wrong = wrongType(schema, value);
  if (wrong !== undefined) {
    issues.push({ path: place.path, message: wrong });
    return;
  }
  for (const message of valueRules(schema, value, place.custom)) issues.push({ path: place.path, message });
  if (isRecord(value)) {
    if (schema.type === 'object' || schema.properties !== undefined || schema.required !== undefined) objectIssues(schema, value, place, issues);
  } else if (Array.isArray(value) && schema.items) {
    const items = schema.items;
    value.forEach((item: unknown, i) => checkValue(items, item, { ...place, path: `${place.path}[${i}]` }, issues));
  } else if (schema.type === 'object') {
    issues.push({ path: place.path, message: `must be an object, not ${typeOf(value)}` });
  }
  junctionIssues(schema, value, place, issues);
};
