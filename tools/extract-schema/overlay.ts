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

function overlayBlock(ours: SchemaBlock, theirs: SchemaBlock | undefined): SchemaBlock {
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
