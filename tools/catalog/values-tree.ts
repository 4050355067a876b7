/** What may be written below one value path: a leaf's type names joined by `|`, or the known keys below it. */
export type ValuesNode = string | { readonly [key: string]: ValuesNode };
interface Mutable { [key: string]: string | Mutable }

/** Keys whose content is the user's own in every chart: maps handed through to Kubernetes as they are. */
const freeKey =
  /^(.*(annotations|labels|selector|securitycontext|strategy|matchlabels|config)|affinity|resources|tolerations|env|envfrom|data|secretdata|configmapdata|grafana\.ini|datasources|dashboardproviders|capabilities|probe|lifecycle|hostaliases|dnsconfig|extraenv|limits|requests)$/i;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const typeName = (value: unknown): string => {
  if (value === null || value === undefined) return 'any';
  if (Array.isArray(value)) return 'array';
  if (isRecord(value)) return 'map';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
};

/** Keys and types of a chart's default values. An empty map is free, a null may become anything. Pure. */
export const treeOfDefaults = (values: Record<string, unknown>, free: ReadonlySet<string>, at = ''): Mutable => {
  const tree: Mutable = {};
  for (const [key, value] of Object.entries(values)) {
    const path = at === '' ? key : `${at}.${key}`;
    if (isRecord(value) && Object.keys(value).length > 0 && !free.has(path) && !freeKey.test(key)) tree[key] = treeOfDefaults(value, free, path);
    else tree[key] = isRecord(value) ? 'map' : typeName(value);
  }
  return tree;
};

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly patternProperties?: unknown;
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
}

const resolve = (schema: Schema, root: Record<string, unknown>): Schema => {
  if (schema.$ref === undefined) return schema;
  let found: unknown = root;
  for (const part of schema.$ref.replace(/^#\//, '').split('/')) found = isRecord(found) ? found[part] : undefined;
  return isRecord(found) ? resolve(found as Schema, root) : {};
};

const schemaTypes = (schema: Schema, root: Record<string, unknown>): readonly string[] => {
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((one) => resolve(one, root));
  if (schema.type !== undefined) return [schema.type].flat();
  return parts.length > 0 ? parts.flatMap((one) => schemaTypes(one, root)) : ['any'];
};

/** Keys and types that a `values.schema.json` states. Pure. */
export const treeOfSchema = (given: Schema, root: Record<string, unknown>): string | Mutable => {
  const schema = resolve(given, root);
  const properties = schema.properties;
  if (properties && Object.keys(properties).length > 0 && !schema.patternProperties) {
    return Object.fromEntries(Object.entries(properties).map(([key, below]) => [key, treeOfSchema(below, root)]));
  }
  const names = [...new Set(schemaTypes(schema, root))].map((name) => (name === 'object' ? 'map' : name));
  return names.includes('any') ? 'any' : names.sort().join('|');
};

/** Lays schema knowledge over default values: keys of both, the schema's types where both have a leaf. Pure. */
export const mergeTrees = (defaults: Mutable, schema: Mutable, free: ReadonlySet<string>, at = ''): Mutable => {
  const merged: Mutable = { ...defaults };
  for (const [key, node] of Object.entries(schema)) {
    const path = at === '' ? key : `${at}.${key}`;
    const known = merged[key];
    if (known === undefined) merged[key] = freeKey.test(key) || free.has(path) ? 'map' : node;
    else if (typeof known === 'object') merged[key] = typeof node === 'object' ? mergeTrees(known, node, free, path) : known;
    else if (typeof node === 'object') merged[key] = known === 'map' && (freeKey.test(key) || free.has(path)) ? 'map' : node;
    else if (node !== 'any' && known !== 'map') merged[key] = node;
  }
  return merged;
};

/** Adds a path that a template reads but `values.yaml` leaves out (commented defaults), as `any`. Changes `tree`. */
export const addPath = (tree: Mutable, path: readonly string[]): void => {
  const [head, ...rest] = path;
  if (head === undefined) return;
  const known = tree[head];
  if (known === undefined && rest.length > 0 && !(head in tree)) {
    const below: Mutable = {};
    addPath(below, rest);
    tree[head] = below;
  } else if (known === undefined) tree[head] = 'any';
  else if (typeof known === 'object' && rest.length > 0) addPath(known, rest);
};

/** Sorted copy, so that extraction is deterministic. Pure. */
export const sortTree = (tree: Mutable): Mutable =>
  Object.fromEntries(
    Object.keys(tree)
      .sort()
      .map((key) => {
        const node = tree[key] ?? 'any';
        return [key, typeof node === 'object' ? sortTree(node) : node];
      }),
  );
