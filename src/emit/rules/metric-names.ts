/** Words that PromQL itself uses where a metric could stand. */
const keywords = new Set(['and', 'or', 'unless', 'bool', 'offset', 'atan2', 'inf', 'nan', 'start', 'end']);

/** Parts of an expression that name labels, values and times, not metrics. */
const others: readonly RegExp[] = [
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g,
  /\{[^}]*\}/g,
  /\[[^\]]*\]/g,
  /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g,
  /\b(?:by|without|on|ignoring|group_left|group_right)\b/g,
];

/** Names of the metrics that a PromQL expression reads, each once, in order. `{__name__=…}` is not understood. Pure. */
export const metricNames = (expr: string): readonly string[] => {
  const bare = others.reduce((text, part) => text.replace(part, ' '), expr);
  const words = bare.matchAll(/(?<![\w:.])[a-zA-Z_:][\w:]*(?!\s*\()(?![\w:])/g);
  return [...new Set([...words].map(([word]) => word).filter((word) => !keywords.has(word.toLowerCase())))];
};
