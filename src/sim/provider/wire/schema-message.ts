import type { ProviderSchema, Schema, SchemaAttribute, SchemaBlock } from '../schema/schema-json.ts';

const BLOCK_NESTING = { single: 1, list: 2, set: 3, map: 4 } as const;

const attributeMessage = ([name, a]: [string, SchemaAttribute]): object => ({
  name,
  ...(a.type === undefined ? {} : { type: Buffer.from(JSON.stringify(a.type)) }),
  ...(a.nested_type === undefined ? {} : {
    nested_type: { attributes: Object.entries(a.nested_type.attributes).map(attributeMessage), nesting: BLOCK_NESTING[a.nested_type.nesting_mode] },
  }),
  required: a.required ?? false,
  optional: a.optional ?? false,
  computed: a.computed ?? false,
  sensitive: a.sensitive ?? false,
  deprecated: a.deprecated ?? false,
  write_only: a.write_only ?? false,
});

const blockMessage = (b: SchemaBlock): object => ({
  attributes: Object.entries(b.attributes ?? {}).map(attributeMessage),
  block_types: Object.entries(b.block_types ?? {}).map(([type_name, n]) => ({
    type_name, block: blockMessage(n.block), nesting: BLOCK_NESTING[n.nesting_mode], min_items: n.min_items ?? 0, max_items: n.max_items ?? 0,
  })),
});

const schemaMessage = (s: Schema): object => ({ version: s.version, block: blockMessage(s.block) });

const each = (from: { readonly [type: string]: Schema }): Record<string, object> =>
  Object.fromEntries(Object.entries(from).map(([type, s]) => [type, schemaMessage(s)]));

/** The answer to GetProviderSchema, as the protocol's message. Pure. */
export const schemaAnswer = (schema: ProviderSchema): Readonly<Record<string, object>> => ({
  provider: schemaMessage(schema.provider),
  resource_schemas: each(schema.resources),
  data_source_schemas: each(schema.data_sources),
  ephemeral_resource_schemas: each(schema.ephemeral_resources),
  // Terraform then asks for the schema once per command and not once per instance.
  server_capabilities: { plan_destroy: false, get_provider_schema_optional: true },
});
