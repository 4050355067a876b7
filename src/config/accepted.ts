import type { Span } from '../diag/diagnostic.ts';
import { eachLeaf } from './placeholders.ts';
import { byText, mappingOr } from './plain-data.ts';
import { platformSettings } from './platform-settings.ts';
import { isActing, metaOf, schemaAt } from './schema-walk.ts';
import type { Sources } from './sources.ts';
import type { Step } from './yaml-place.ts';

/** A key that stands in the file, is valid, and has no effect yet. */
export interface AcceptedKey {
  /** For example `envs.dev.budgets.amount`. */
  readonly key: string;
  readonly doc: string;
  readonly at: Span;
}

/** The way to the outermost list: a list is one key, whatever stands in it. */
const wholeLists = (path: readonly Step[]): readonly Step[] => {
  const index = path.findIndex((step) => typeof step === 'number');
  return index < 0 ? path : path.slice(0, index);
};

/**
 * Keys set in platform.yaml whose output comes with a later part of the platform: `argoeks check` lists them, so that nothing is
 * ignored in silence. Sorted by key. A list is one key. Empty mappings and lists count as not set. Pure.
 */
export const accepted = ({ platformFile, environments }: Sources): readonly AcceptedKey[] => {
  const found: AcceptedKey[] = [];
  const add = (root: readonly Step[], path: readonly Step[], doc: string): void => {
    found.push({ key: [...root, ...path].join('.'), doc, at: platformFile.span([...root, ...path], 'key') });
  };
  for (const { schema, origin, raw, decidedBy } of environments.values()) {
    eachLeaf(raw, (leaf) => {
      const path = wholeLists(leaf);
      if (decidedBy.has(path.join('.')) || isActing(schema, path)) return;
      const node = schemaAt(schema, path);
      add(origin.path, path, (node && metaOf(node).description) ?? '');
    });
  }
  const { envs: _, ...rest } = mappingOr(platformFile.value);
  eachLeaf(rest, (leaf) => {
    const path = wholeLists(leaf);
    if (isActing(platformSettings, path)) return;
    const node = schemaAt(platformSettings, path);
    add([], path, (node && metaOf(node).description) ?? '');
  });
  return [...new Map(found.map((one) => [one.key, one])).values()].sort((a, b) => byText(a.key, b.key));
};
