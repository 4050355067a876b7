import { UNKNOWN, canonical, isKnown, isList, isRecord } from '../values.ts';
import type { Attributes, Value } from '../values.ts';
import type { CtyType, SchemaAttribute, SchemaBlock, SchemaNestedBlock } from './schema-json.ts';

const sortSet = (values: readonly Value[]): Value[] => {
  // Two values that are not known yet may become different ones: Terraform counts both.
  const unique = new Map(values.map((v, i): [string, Value] => [isKnown(v) ? canonical(v) : `${canonical(v)}${i}`, v]));
  return [...unique].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, v]) => v);
};

function conformScalar(type: CtyType, v: Value): Value {
  if (type === 'string') return typeof v === 'string' ? v : String(v);
  if (type === 'number') return typeof v === 'number' ? v : Number(v);
  if (type === 'bool') return typeof v === 'boolean' ? v : v === 'true';
  return v;
}

/** A value in the exact shape of a type: all members of objects present, sets sorted and without doubles. */
export function conformType(type: CtyType, v: Value | undefined): Value {
  if (v === undefined || v === null) return null;
  if (v === UNKNOWN) return UNKNOWN;
  if (typeof type === 'string') return conformScalar(type, v);
  if (type[0] === 'object') {
    const given = isRecord(v) ? v : {};
    return Object.fromEntries(Object.entries(type[1]).map(([name, t]) => [name, conformType(t, given[name])]));
  }
  const [kind, element] = type;
  if (kind === 'map') return isRecord(v) ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, conformType(element, x)])) : null;
  const list = (isList(v) ? v : [v]).map((x) => conformType(element, x));
  return kind === 'set' ? sortSet(list) : list;
}

function conformAttribute(a: SchemaAttribute, v: Value | undefined): Value {
  if (a.type !== undefined) return conformType(a.type, v);
  if (v === undefined || v === null) return null;
  if (v === UNKNOWN || a.nested_type === undefined) return UNKNOWN;
  const { attributes, nesting_mode } = a.nested_type;
  const one = (x: Value): Value => (isRecord(x) ? conformBlock({ attributes }, x) : x);
  if (nesting_mode === 'single') return one(v);
  if (nesting_mode === 'map') return isRecord(v) ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, one(x)])) : null;
  const list = (isList(v) ? v : [v]).map(one);
  return nesting_mode === 'set' ? sortSet(list) : list;
}

function conformNested(b: SchemaNestedBlock, v: Value | undefined): Value {
  if (v === UNKNOWN) return UNKNOWN;
  if (b.nesting_mode === 'single') return isRecord(v) ? conformBlock(b.block, v) : null;
  if (b.nesting_mode === 'map') return isRecord(v) ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, isRecord(x) ? conformBlock(b.block, x) : x])) : {};
  const list = (isList(v) ? v : isRecord(v) ? [v] : []).map((x) => (isRecord(x) ? conformBlock(b.block, x) : x));
  return b.nesting_mode === 'set' ? sortSet(list) : list;
}

/**
 * An object in the exact shape that the schema asks for: every attribute and block present (null or empty where nothing was
 * given), nothing else, sets in one order. Terraform refuses anything less. Pure.
 */
export function conformBlock(block: SchemaBlock, v: Attributes): Attributes {
  const out: Record<string, Value> = {};
  for (const [name, a] of Object.entries(block.attributes ?? {})) out[name] = conformAttribute(a, v[name]);
  for (const [name, b] of Object.entries(block.block_types ?? {})) out[name] = conformNested(b, v[name]);
  return out;
}

const ZERO: Record<string, Value> = { string: '', number: 0, bool: false };

/** What takes the place of an unknown value that nobody computed: the zero of its type. */
export function zeroOf(a: SchemaAttribute): Value {
  if (typeof a.type === 'string') return ZERO[a.type] ?? null;
  const kind = a.type?.[0] ?? a.nested_type?.nesting_mode;
  return kind === 'map' ? {} : kind === 'object' || kind === 'single' ? null : [];
}

/** Replaces what is still unknown by zeros, so that an answer to "apply" is wholly known. Pure. */
export function settle(block: SchemaBlock, v: Attributes): Attributes {
  const out: Record<string, Value> = { ...v };
  for (const [name, a] of Object.entries(block.attributes ?? {})) {
    const value = v[name] ?? null;
    if (value === UNKNOWN) out[name] = zeroOf(a);
    else if (a.nested_type) {
      const inner = { attributes: a.nested_type.attributes };
      out[name] = isList(value) ? value.map((x) => (isRecord(x) ? settle(inner, x) : x)) : isRecord(value) ? settle(inner, value) : value;
    }
  }
  for (const [name, b] of Object.entries(block.block_types ?? {})) {
    const value = v[name] ?? null;
    if (value === UNKNOWN) out[name] = b.nesting_mode === 'single' ? null : [];
    else if (isList(value)) out[name] = value.map((x) => (isRecord(x) ? settle(b.block, x) : x));
    else if (isRecord(value)) out[name] = settle(b.block, value);
  }
  return out;
}
