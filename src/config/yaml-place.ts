import type { Document, LineCounter, Node, ParsedNode } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq, visit } from 'yaml';
import type { Alias } from 'yaml';
import type { Span } from '../diag/diagnostic.ts';

/** One key or index of a way into a document. */
export type Step = string | number;

/** Finds places in one parsed document. Nothing is computed before it is asked for. */
export interface Places {
  /** Place of the value at `path`, or of its key; where it does not exist, of the deepest key or item on the way that does. */
  span(path: readonly Step[], which?: 'key' | 'value'): Span;
  /** True when the document itself says something at `path` (also through an alias or a merge). */
  has(path: readonly Step[]): boolean;
}

interface Found {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

const keyText = (key: unknown): string | undefined => (isScalar(key) ? String(key.value) : undefined);
const isMergeKey = (key: unknown): boolean => isScalar(key) && (key.value === '<<' || (typeof key.value === 'symbol' && key.value.description === '<<'));

/** Places of one document. Pure apart from a cache; costs nothing until a place is asked for. */
export const placesOf = (file: string, document: Document.Parsed<ParsedNode>, lines: LineCounter): Places => {
  let anchors: Map<string, Node[]> | undefined;

  const collectAnchors = (): Map<string, Node[]> => {
    const found = new Map<string, Node[]>();
    visit(document, { Node: (_, node) => {
      if ('anchor' in node && typeof node.anchor === 'string' && !isAlias(node)) found.set(node.anchor, [...(found.get(node.anchor) ?? []), node]);
    } });
    return found;
  };
  const resolve = (alias: Alias): Node | undefined => {
    anchors ??= collectAnchors();
    const before = (node: Node): boolean => (node.range?.[0] ?? 0) < (alias.range?.[0] ?? 0);
    return anchors.get(alias.source)?.filter(before).at(-1);
  };
  const target = (node: Node | undefined): Node | undefined => (isAlias(node) ? resolve(node) : node);

  const child = (parent: Node | undefined, step: Step): Found | undefined => {
    const node = target(parent);
    if (isSeq(node)) {
      const item = node.items[Number(step)];
      return item === undefined || isPair(item) ? undefined : { key: undefined, value: item as Node };
    }
    if (!isMap(node)) return undefined;
    const own = node.items.find((pair) => keyText(pair.key) === String(step));
    if (own) return { key: own.key as Node, value: (own.value ?? undefined) as Node | undefined };
    for (const pair of node.items) {
      if (!isMergeKey(pair.key)) continue;
      const source = target(pair.value as Node);
      for (const item of isSeq(source) ? (source.items as Node[]) : [source]) {
        const found = child(item, step);
        if (found) return found;
      }
    }
    return undefined;
  };

  const walk = (path: readonly Step[]): { readonly found: Found; readonly depth: number } => {
    let found: Found = { key: undefined, value: document.contents ?? undefined };
    for (const [depth, step] of path.entries()) {
      const next = child(found.value, step);
      if (!next) return { found, depth };
      found = next;
    }
    return { found, depth: path.length };
  };

  const place = (node: Node | undefined): Span | undefined => {
    if (!node?.range) return undefined;
    const { line, col } = lines.linePos(node.range[0]);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };

  return {
    span(path, which = 'value') {
      const { found, depth } = walk(path);
      const exact = depth === path.length;
      const nodes = exact && which === 'value' ? [found.value, found.key] : [found.key, found.value];
      return place(nodes[0]) ?? place(nodes[1]) ?? { file, line: 1, column: 1 };
    },
    has: (path) => walk(path).depth === path.length,
  };
};
