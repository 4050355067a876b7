import type { Schema, SchemaAttribute, SchemaBlock, SchemaNestedBlock } from '../../src/sim/provider/schema/schema-json.ts';

/** A schema as `terraform providers schema -json` prints it, as far as the overlay reads it. */
export type PrintedSchema = Schema;

function overlayAttribute(ours: SchemaAttribute, theirs: SchemaAttribute | undefined): SchemaAttribute {
  return {
    ...ours,
    ...(theirs?.sensitive === true ? { sensitive: true } : {}),
    ...(theirs?.deprecated === true ? { deprecated: true } : {}),
  };
}

function overlayNested(ours: SchemaNestedBlock, theirs: SchemaNestedBlock | undefined): SchemaNestedBlock {
  if (theirs === undefined) return ours;
  const isBounded = theirs.max_items !== undefined && ours.max_items === undefined;
  const isLonger = theirs.min_items !== undefined && theirs.min_items > 1;
  return {
    ...ours,
    block: overlayBlock(ours.block, theirs.block),
    ...(isBounded ? { max_items: theirs.max_items } : {}),
    ...(isLonger ? { min_items: theirs.min_items } : {}),
  };
}

/** Statements of WAF rules that hold statements: the true schema repeats all kinds below each, which is 2 MB for one resource. */
const recursive: ReadonlySet<string> = new Set(['and_statement', 'or_statement', 'not_statement', 'scope_down_statement']);

const withoutRecursion = (block: SchemaBlock): SchemaBlock => ({
  ...(block.attributes ? { attributes: block.attributes } : {}),
  ...(block.block_types
    ? { block_types: Object.fromEntries(Object.entries(block.block_types).flatMap(([name, b]) => (recursive.has(name) ? [] : [[name, { ...b, block: withoutRecursion(b.block) }]]))) }
    : {}),
});

/** Blocks that bindings type as `any`, in the true schema's words and without recursion. Terraform refuses a dynamic value inside a set of blocks. */
const named = (ours: SchemaBlock, theirs: SchemaBlock | undefined): SchemaBlock => {
  const found = Object.entries(ours.attributes ?? {}).flatMap(([name, { type }]) => {
    const block = type === 'dynamic' ? theirs?.block_types?.[name] : undefined;
    return block ? [[name, { ...block, block: withoutRecursion(block.block) }] as const] : [];
  });
  if (found.length === 0) return ours;
  const names = new Set(found.map(([name]) => name));
  const attributes = Object.fromEntries(Object.entries(ours.attributes ?? {}).filter(([name]) => !names.has(name)));
  return { attributes, block_types: { ...ours.block_types, ...Object.fromEntries(found) } };
};

function overlayBlock(bound: SchemaBlock, theirs: SchemaBlock | undefined): SchemaBlock {
  const ours = named(bound, theirs);
  const map = <T>(from: { readonly [k: string]: T }, f: (value: T, name: string) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(from).map(([name, value]) => [name, f(value, name)]));
  return {
    ...(ours.attributes ? { attributes: map(ours.attributes, (a, n) => overlayAttribute(a, theirs?.attributes?.[n])) } : {}),
    ...(ours.block_types ? { block_types: map(ours.block_types, (b, n) => overlayNested(b, theirs?.block_types?.[n])) } : {}),
  };
}

/**
 * Adds to a schema read from bindings what bindings do not carry: sensitive, deprecated, counts above one and the state's
 * version. `theirs` is the true schema of an older provider version; arguments that it lacks stay as they are.
 */
export function overlay(ours: Schema, theirs: PrintedSchema | undefined): Schema {
  return { version: theirs?.version ?? ours.version, block: overlayBlock(ours.block, theirs?.block) };
}
