/** What a chart's templates do with `.Values`. */
export interface TemplateReads {
  /** Paths handed through whole (`toYaml`, `range`, `omit`): anything may stand below them. */
  readonly free: ReadonlySet<string>;
  /** Every path that is read. */
  readonly read: readonly string[];
}

const path = String.raw`\.Values\.([A-Za-z_][\w.]*\w)`;
const wholes = [
  new RegExp(String.raw`\btoYaml \(?${path}`, 'g'),
  new RegExp(String.raw`\btoJson \(?${path}`, 'g'),
  new RegExp(String.raw`\brange [^}]*?${path}`, 'g'),
  new RegExp(String.raw`\bomit \(?\$?${path}`, 'g'),
  new RegExp(String.raw`${path}\)?\s*\|\s*(?:toYaml|toJson|nindent)`, 'g'),
  new RegExp(String.raw`\bwith \(?\$?${path}\s*-?\}\}[^{]*\{\{-?\s*(?:tpl \()?\(?(?:toYaml|toJson|range)`, 'g'),
];

/** `dig "a" "b" default .Values.x` reads x.a.b; the last string is the default. */
const dug = new RegExp(String.raw`\bdig ((?:"[\w-]+" )+)(?:"[^"]*"|\S+) ${path}`, 'g');

/** Reads the templates' text for uses of `.Values`. Pure; a heuristic: it can miss paths built from variables, never invents one. */
export const templateReads = (texts: readonly string[]): TemplateReads => {
  const free = new Set<string>();
  const read = new Set<string>();
  for (const text of texts) {
    for (const pattern of wholes) for (const found of text.matchAll(pattern)) if (found[1]) free.add(found[1]);
    for (const [, keys = '', root] of text.matchAll(dug)) read.add([root, ...[...keys.matchAll(/"([^"]+)"/g)].map(([, key]) => key)].join('.'));
    for (const found of text.matchAll(new RegExp(path, 'g'))) if (found[1]) read.add(found[1]);
  }
  return { free, read: [...read].sort() };
};
