/** A value that is known only after apply. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** A value of Terraform's type system. Lists and sets are arrays, maps and objects are records. */
export type Value = null | string | number | boolean | typeof UNKNOWN | readonly Value[] | Attributes;

/** Attributes of one object, by the names of the schema. */
export interface Attributes {
  readonly [name: string]: Value;
}

/** True for a map or an object. */
export const isRecord = (v: Value | undefined): v is Attributes => typeof v === 'object' && v !== null && !Array.isArray(v);

/** True for a list or a set. `Array.isArray` alone does not narrow readonly arrays. */
export const isList = (v: Value | undefined): v is readonly Value[] => Array.isArray(v);

/** The text, or undefined if the value is unknown, null or no text. */
export const text = (v: Value | undefined): string | undefined => (typeof v === 'string' ? v : undefined);

/** The texts of a list or set; empty if it is unknown or null. */
export const texts = (v: Value | undefined): string[] => (isList(v) ? v.filter((x) => typeof x === 'string') : []);

/** A map of texts; empty if it is unknown or null. */
export const textMap = (v: Value | undefined): Record<string, string> =>
  isRecord(v) ? Object.fromEntries(Object.entries(v).filter((e): e is [string, string] => typeof e[1] === 'string')) : {};

/** The objects of a list, set or single block. */
export const records = (v: Value | undefined): Attributes[] => (isRecord(v) ? [v] : isList(v) ? v.filter(isRecord) : []);

/** The first object of a block. */
export const first = (v: Value | undefined): Attributes | undefined => records(v)[0];

/** True if no part of the value is unknown. */
export function isKnown(v: Value): boolean {
  if (v === UNKNOWN) return false;
  if (isList(v)) return v.every(isKnown);
  return isRecord(v) ? Object.values(v).every(isKnown) : true;
}

/** Text that is equal for equal values, whatever the order of keys. Unknown values have a text of their own. */
export function canonical(v: Value): string {
  if (v === UNKNOWN) return '?';
  if (isList(v)) return `[${v.map(canonical).join(',')}]`;
  if (isRecord(v)) return `{${Object.keys(v).toSorted().map((k) => `${JSON.stringify(k)}:${canonical(v[k] ?? null)}`).join(',')}}`;
  return JSON.stringify(v);
}

/** Equality of two values; sets must have been sorted (see `conform`). */
export const sameValue = (a: Value, b: Value): boolean => canonical(a) === canonical(b);

/** Reads all values at a dotted path, going through lists ("rule.apply.kms_key"). Absent parts give nothing. */
export function valuesAt(root: Value, path: string): Value[] {
  let found: Value[] = [root];
  for (const step of path.split('.')) {
    found = found.flatMap((v) => records(v)).map((r): Value => r[step] ?? null);
  }
  return found.flatMap((v): readonly Value[] => (isList(v) && !v.some(isRecord) ? v : [v])).filter((v) => v !== null);
}
