/** Words that PromQL itself uses where a metric could stand. */
const keywords = new Set(['and', 'or', 'unless', 'bool', 'offset', 'atan2', 'inf', 'nan', 'start', 'end']);

/** Words before a list of labels. */
const grouping = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);

const token = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\{(?:[^}"']|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\}|\[[^\]]*\]|[a-zA-Z_:][\w:]*|[\d.]+(?:[a-zA-Z]\w*)?|\(|\)|[^\s]/g;

/** A metric as an expression reads it. */
export interface Selector {
  readonly metric: string;
  /** Where its name ends. */
  readonly end: number;
  /** Where its braces begin, if it has any. */
  readonly braces?: number;
}

/**
 * The selectors of a PromQL expression, in order. Selectors without a name (`{__name__=…}`) are not understood, nor are comments; promtool's own parser
 * is asked in `test/e2e/dashboards.e2e.test.ts` whether it sees the same. Pure.
 */
export const selectors = (expr: string): readonly Selector[] => {
  const tokens = [...expr.matchAll(token)].map((match) => ({ text: match[0], at: match.index }));
  const found: Selector[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const { text, at } = tokens[i] ?? { text: '', at: 0 };
    if (!/^[a-zA-Z_:]/.test(text)) continue;
    const next = tokens[i + 1];
    if (grouping.has(text)) {
      if (next?.text === '(') while (i < tokens.length && tokens[i]?.text !== ')') i += 1;
      continue;
    }
    if (keywords.has(text.toLowerCase()) || next?.text === '(' || (next !== undefined && grouping.has(next.text) && isAggregator(text))) continue;
    found.push({ metric: text, end: at + text.length, ...(next?.text.startsWith('{') ? { braces: next.at } : {}) });
  }
  return found;
};

/** `sum by (x) (…)`: an aggregation whose grouping stands before what it aggregates. */
const isAggregator = (word: string): boolean => aggregators.has(word.toLowerCase());
const aggregators = new Set(['sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar', 'topk', 'bottomk', 'count_values', 'quantile', 'limitk', 'limit_ratio']);

/** The expression with one more matcher on everything it reads. Pure. */
export const withMatcher = (expr: string, matcher: string): string =>
  selectors(expr).toReversed().reduce((text, { end, braces }) => {
    if (braces === undefined) return `${text.slice(0, end)}{${matcher}}${text.slice(end)}`;
    const rest = text.slice(braces + 1);
    return `${text.slice(0, braces)}{${matcher}${/^\s*\}/.test(rest) ? '' : ','}${rest}`;
  }, expr);
