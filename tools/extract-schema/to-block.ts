import type { CtyType, NestingMode, SchemaAttribute, SchemaBlock, SchemaNestedBlock } from '../../src/sim/provider/schema/schema-json.ts';
import type { Bindings, HclField, InputField, Member } from './parse-bindings.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const SCALARS: Record<string, CtyType> = { String: 'string', Number: 'number', Boolean: 'bool', Any: 'dynamic' };

const scalar = (name: string): CtyType => {
  const type = SCALARS[name];
  if (type === undefined) throw new Error(`unknown scalar ${name}`);
  return type;
};

/** Type of an attribute that its accessor reads without a class of its own; undefined if it has one. */
function plainType(text: string): CtyType | undefined {
  const setOf = /Fn\.tolist\(this\.get(?:(\w+)List|List)Attribute\(/.exec(text);
  if (setOf) return ['set', scalar(setOf[1] ?? 'String')];
  const listOf = /this\.get(?:(\w+)List|List)Attribute\(/.exec(text);
  if (listOf) return ['list', scalar(listOf[1] ?? 'String')];
  const mapOf = /this\.get(\w+)MapAttribute\(/.exec(text);
  if (mapOf) return ['map', scalar(mapOf[1] ?? '')];
  const one = /this\.get(\w+)Attribute\(/.exec(text);
  if (one) return scalar(one[1] ?? '');
  const wrapped = /new cdk\w+\.(\w+?)(Map|List)List\(this, "\w+", (true|false)\)/.exec(text);
  if (wrapped) return [wrapped[3] === 'true' ? 'set' : 'list', [wrapped[2] === 'Map' ? 'map' : 'list', scalar(wrapped[1] ?? '')]];
  const map = /new cdk\w+\.(String|Number|Boolean|Any)Map\(this, "\w+"\)/.exec(text);
  if (map) return ['map', scalar(map[1] ?? '')];
  const mapOfLists = /new cdk\w+\.(\w+?)ListMap\(this, "\w+"/.exec(text);
  if (mapOfLists) return ['map', ['list', scalar(mapOfLists[1] ?? '')]];
  if (/interpolationForAttribute\(/.test(text)) return 'dynamic';
  return undefined;
}

interface Nested {
  readonly struct: string;
  readonly mode: NestingMode;
  readonly one: boolean;
}

function nested(member: Member, hcl: HclField | undefined): Nested {
  const m = /new (\w+?)(List|OutputReference|Map)\(this, "\w+"(?:, (true|false))?\)/.exec(member.text);
  if (m === null) throw new Error(`no known accessor: ${member.text.slice(0, 300)}`);
  const struct = m[1] ?? '';
  if (m[2] === 'Map') return { struct, mode: 'map', one: false };
  if (m[2] === 'List') return { struct, mode: m[3] === 'true' ? 'set' : 'list', one: false };
  const mode = hcl?.type === 'list' || hcl?.type === 'set' ? hcl.type : 'single';
  return { struct, mode, one: true };
}

const flags = (m: Member): Pick<SchemaAttribute, 'required' | 'optional' | 'computed' | 'write_only'> => ({
  ...(m.required ? { required: true } : {}),
  ...(m.optional ? { optional: true } : {}),
  ...(m.computed ? { computed: true } : {}),
  ...(/Write-only/.test(m.text) ? { write_only: true } : {}),
});

const wrap = (mode: NestingMode, type: CtyType): CtyType => (mode === 'single' ? type : [mode, type]);

function objectType(block: SchemaBlock): CtyType {
  const fields: Record<string, CtyType> = {};
  for (const [name, a] of Object.entries(block.attributes ?? {})) {
    if (a.type === undefined) throw new Error(`attribute ${name} has a nested type inside an object`);
    fields[name] = a.type;
  }
  return ['object', sorted(fields)];
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));

function finish(attributes: Record<string, SchemaAttribute>, blocks: Record<string, SchemaNestedBlock>): SchemaBlock {
  const block: Mutable<SchemaBlock> = {};
  if (Object.keys(attributes).length > 0) block.attributes = sorted(attributes);
  if (Object.keys(blocks).length > 0) block.block_types = sorted(blocks);
  return block;
}

function nestedBlock({ mode, one }: Nested, required: boolean, block: SchemaBlock): SchemaNestedBlock {
  const counted = mode === 'list' || mode === 'set';
  return { nesting_mode: mode, block, ...(required && counted ? { min_items: 1 } : {}), ...(one && counted ? { max_items: 1 } : {}) };
}

/**
 * Schema of the struct named `struct` from the members of its class: for resources and data sources.
 * `protocol6` writes nested attributes as `nested_type`, else as object types.
 */
export function blockOf(bindings: Bindings, struct: string, protocol6: boolean): SchemaBlock {
  const attributes: Record<string, SchemaAttribute> = {};
  const blocks: Record<string, SchemaNestedBlock> = {};
  const inputs = new Map((bindings.inputs.get(struct) ?? []).map((f) => [f.name, f]));
  for (const member of bindings.members.get(struct) ?? []) {
    const type = plainType(member.text);
    if (type !== undefined) {
      attributes[member.name] = { type, ...flags(member) };
      continue;
    }
    const shape = nested(member, bindings.hcl.get(struct)?.get(member.name));
    const inner = blockOf(bindings, shape.struct, protocol6);
    if (inputs.get(member.name)?.isBlock === true) blocks[member.name] = nestedBlock(shape, member.required, inner);
    else if (protocol6) attributes[member.name] = { nested_type: { attributes: inner.attributes ?? {}, nesting_mode: shape.mode }, ...flags(member) };
    else attributes[member.name] = { type: wrap(shape.mode, objectType(inner)), ...flags(member) };
  }
  return finish(attributes, blocks);
}

function inputType(hcl: HclField): CtyType | undefined {
  const m = /^(string|number|boolean|any)(List|Map|)$/.exec(hcl.storage);
  if (m === null) return undefined;
  const element = m[1] === 'boolean' ? 'bool' : m[1] === 'any' ? 'dynamic' : (m[1] as CtyType);
  if (m[2] === '') return element;
  return [m[2] === 'Map' ? 'map' : hcl.type === 'set' ? 'set' : 'list', element];
}

/** Schema of a provider's own configuration, whose classes have no accessors: read from interfaces and HCL tables. */
export function providerBlock(bindings: Bindings, struct: string, protocol6: boolean): SchemaBlock {
  const attributes: Record<string, SchemaAttribute> = {};
  const blocks: Record<string, SchemaNestedBlock> = {};
  const fields: readonly InputField[] = bindings.inputs.get(struct) ?? [];
  for (const { name, optional, isBlock } of fields) {
    if (name === 'alias') continue;
    const hcl = bindings.hcl.get(struct)?.get(name);
    if (hcl === undefined) throw new Error(`${struct}.${name} is not in the HCL table`);
    const flag = optional ? { optional: true as const } : { required: true as const };
    const type = inputType(hcl);
    if (type !== undefined) {
      attributes[name] = { type, ...flag };
      continue;
    }
    const inner = providerBlock(bindings, hcl.storage.replace(/List$/, ''), protocol6);
    const mode: NestingMode = hcl.type === 'struct' ? 'single' : (hcl.type as NestingMode);
    const shape = { struct: hcl.storage, mode, one: false };
    if (isBlock) blocks[name] = nestedBlock(shape, !optional, inner);
    else attributes[name] = { nested_type: { attributes: inner.attributes ?? {}, nesting_mode: mode }, ...flag };
  }
  return finish(attributes, blocks);
}
