import { describe, expect, test } from 'vitest';
import type { SchemaBlock } from '../schema/schema-json.ts';
import { loadSchema } from '../schema/schema-json.ts';
import { awsData } from './data.ts';
import { awsModels } from './models.ts';

const schema = loadSchema('aws');

/** True if a dotted path names an attribute or block. */
function isInSchema(block: SchemaBlock, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  const nested = block.block_types?.[name];
  if (nested !== undefined) return isInSchema(nested.block, rest);
  return rest.length === 0 && block.attributes?.[name] !== undefined;
}

describe('the tables of the simulated AWS provider', () => {
  test('there is one for each type of the schema, and no other', () => {
    expect(Object.keys(awsModels).toSorted()).toEqual(Object.keys(schema.resources).toSorted());
    expect(Object.keys(awsData).toSorted()).toEqual(Object.keys(schema.data_sources).toSorted());
  });

  test.each(Object.entries(awsModels))('%s names only arguments that exist', (type, model) => {
    const block = schema.resources[type]?.block ?? {};
    const named = [
      ...(model.forceNew ?? []), ...(model.computedBlocks ?? []), ...Object.keys(model.defaults ?? {}), ...Object.keys(model.rules ?? {}), ...Object.keys(model.recompute ?? {}),
      ...(model.references ?? []).map((r) => r.path), ...(model.conflicts ?? []).flat(), ...(model.exactlyOne ?? []).flat(),
    ];
    expect(named.filter((path) => !isInSchema(block, path.split('.')))).toEqual([]);
  });

  test.each(Object.entries(awsModels))('%s has defaults only for optional arguments', (type, model) => {
    const attributes = schema.resources[type]?.block.attributes ?? {};
    for (const path of Object.keys(model.defaults ?? {}).filter((p) => !p.includes('.'))) expect({ path, optional: attributes[path]?.optional }).toEqual({ path, optional: true });
  });
});
