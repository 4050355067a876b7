const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON merge patch (RFC 7396): objects are merged, null removes, anything else replaces. Pure. */
export const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return structuredClone(patch);
  const out: Record<string, unknown> = isObject(target) ? structuredClone({ ...target }) : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete out[key];
    else out[key] = mergePatch(out[key], value);
  }
  return out;
};

/** Label selectors as kubectl takes them: `a=b`, `a==b`, `a!=b`, `a`, `!a`, `a in (b,c)`, `a notin (b,c)`, joined by commas. Pure. */
export const matchesSelector = (labels: Readonly<Record<string, string>>, selector: string): boolean =>
  (selector.match(/[^,()]+(?:\([^)]*\))?/g) ?? []).every((part) => {
    const text = part.trim();
    const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(text);
    if (set) {
      const [, key = '', operator, values = ''] = set;
      const isIn = values.split(',').map((v) => v.trim()).includes(labels[key] ?? '\0');
      return operator === 'in' ? isIn : !isIn;
    }
    const equal = /^([^=!\s]+)\s*(==|=|!=)\s*(.*)$/.exec(text);
    if (equal) {
      const [, key = '', operator, value = ''] = equal;
      return operator === '!=' ? labels[key] !== value : labels[key] === value;
    }
    return text.startsWith('!') ? !(text.slice(1).trim() in labels) : text in labels;
  });

/** Fields that were applied before and are not applied now, as a merge patch that removes them: what server-side apply does for its manager. Pure. */
export const released = (before: unknown, now: unknown): unknown => {
  if (!isObject(before) || !isObject(now)) return {};
  return Object.fromEntries(Object.keys(before).flatMap((key): [string, unknown][] => (key in now ? (isObject(before[key]) && isObject(now[key]) ? [[key, released(before[key], now[key])]] : []) : [[key, null]])));
};
