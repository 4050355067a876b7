import { align } from './align.ts';
import { escapeText, guard, holeEnd, holeStart, padMark } from './hcl-text.ts';

/** Plain data that a construct is made from: strings are what differs between clusters, everything else is the shape. */
export type Data = string | number | boolean | undefined | readonly Data[] | { readonly [key: string]: Data };

/** Text of one file with holes: `texts` has one entry more than `holes`. */
interface TemplateFile {
  readonly name: string;
  readonly texts: readonly string[];
  readonly holes: readonly number[];
  /** Keys are among the holes, so padding is settled after they are filled. */
  readonly unaligned: boolean;
}

/** The files of one root, with a hole wherever a string of its data appears. */
export type Template = readonly TemplateFile[];

/** A rendered file of a root: name relative to the root. */
export interface RootFile {
  readonly name: string;
  readonly text: string;
}

const mapStrings = (data: Data, change: (text: string) => string): Data => {
  if (typeof data === 'string') return change(data);
  if (Array.isArray(data)) return data.map((item: Data) => mapStrings(item, change));
  if (typeof data === 'object') return Object.fromEntries(Object.entries(data).map(([key, value]) => [guard(key), mapStrings(value, change)]));
  return data;
};

/** Key under which two data give the same template: everything but the strings. Pure. */
export const shapeOf = (data: unknown): string => JSON.stringify(data, (_, value: unknown) => (typeof value === 'string' ? 0 : value === 0 ? '0' : value));

const collect = (data: unknown, into: string[]): void => {
  if (typeof data === 'string') into.push(data);
  else if (Array.isArray(data)) for (const item of data) collect(item, into);
  else if (typeof data === 'object' && data !== null) for (const key in data) collect((data as Record<string, unknown>)[key], into);
};

/** Every string of the data in the order of its holes. */
export const stringsOf = (data: unknown): readonly string[] => {
  const found: string[] = [];
  collect(data, found);
  return found;
};

/** The data with a numbered hole in place of each string. */
export const withHoles = <D>(data: D): D => {
  let next = 0;
  return mapStrings(data as Data, () => `${holeStart}${next++}${holeEnd}`) as D;
};

/** The data ready to be rendered directly: strings can't be taken for expressions. */
export const guarded = <D>(data: D): D => mapStrings(data as Data, guard) as D;

/** Cuts rendered files with holes into a template. Pure. */
export const templateOf = (files: readonly RootFile[]): Template =>
  files.map(({ name, text }) => {
    const parts = align(text, true).split(/\uE000(\d+)\uE001/);
    return {
      name,
      texts: parts.filter((_, i) => i % 2 === 0),
      holes: parts.filter((_, i) => i % 2 === 1).map(Number),
      unaligned: parts.some((part) => part.includes(padMark)),
    };
  });

/** Fills a template with the strings of one root's data. Pure. */
export const fill = (template: Template, strings: readonly string[]): readonly RootFile[] => {
  const escaped = strings.map(escapeText);
  return template.map(({ name, texts, holes, unaligned }) => {
    let text = texts[0] ?? '';
    for (let i = 0; i < holes.length; i += 1) text += (escaped[holes[i] ?? -1] ?? '') + (texts[i + 1] ?? '');
    return { name, text: unaligned ? align(text, false) : text };
  });
};
