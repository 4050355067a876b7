import type { ChartRelease } from '../../model/workload.ts';

export type Json = Readonly<Record<string, unknown>>;
export const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const laid = (below: Json, above: Json): Json => {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const known = merged[key];
    merged[key] = isRecord(known) && isRecord(value) ? laid(known, value) : value;
  }
  return merged;
};

/** Values of a release as Helm sees them: the cluster's own laid over the shared ones. Pure. */
export const mergedValues = ({ values, clusterValues }: ChartRelease): Json => laid(values, clusterValues);

/** Calls `visit` for every mapping in a tree of values, with its path ('' at the top) and the mapping it stands in. */
export const walkValues = (node: Json, visit: (node: Json, path: string, parent: Json) => void, path = '', parent: Json = {}): void => {
  visit(node, path, parent);
  for (const [key, child] of Object.entries(node)) if (isRecord(child)) walkValues(child, visit, path === '' ? key : `${path}.${key}`, node);
};
