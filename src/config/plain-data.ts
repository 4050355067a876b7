/** A mapping of plain data. */
export type Mapping = Readonly<Record<string, unknown>>;

/** True for a mapping: neither a list nor null. */
export const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `value` where it is a mapping, else an empty one: for looking into data that was not validated yet. */
export const mappingOr = (value: unknown): Mapping => (isMapping(value) ? value : {});

/** Lays `over` on `base`: mappings key by key, everything else as a whole. Neither is changed. Pure. */
export const layered = (base: unknown, over: unknown): unknown => {
  if (over === undefined) return base;
  if (!isMapping(base) || !isMapping(over)) return over;
  const keys = [...Object.keys(base), ...Object.keys(over).filter((key) => !Object.hasOwn(base, key))];
  return Object.fromEntries(keys.map((key) => [key, Object.hasOwn(over, key) ? layered(Object.hasOwn(base, key) ? base[key] : undefined, over[key]) : base[key]]));
};

/** Freezes a value and everything in it, and returns it. */
export const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFreeze(item);
  }
  return value;
};

/** Order of texts by UTF-16 code unit: the same on every machine. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
