import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Type of a value as Terraform writes it in JSON: `"string"`, `["list","string"]`, `["object",{"a":"bool"}]`. */
export type CtyType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', CtyType]
  | readonly ['object', { readonly [name: string]: CtyType }];

/** How often a nested block or nested attribute may occur, and as what. */
export type NestingMode = 'single' | 'list' | 'set' | 'map';

/** One argument or result of a resource. Either `type` or (protocol 6) `nested_type` is set. */
export interface SchemaAttribute {
  readonly type?: CtyType;
  readonly nested_type?: {
    readonly attributes: { readonly [name: string]: SchemaAttribute };
    readonly nesting_mode: NestingMode;
  };
  readonly required?: true;
  readonly optional?: true;
  readonly computed?: true;
  readonly sensitive?: true;
  readonly write_only?: true;
  readonly deprecated?: true;
}

/** A nested block and how often it may be written. Zero or absent counts mean "no limit". */
export interface SchemaNestedBlock {
  readonly nesting_mode: NestingMode;
  readonly block: SchemaBlock;
  readonly min_items?: number;
  readonly max_items?: number;
}

/** The body of a provider, a resource, a data source or a nested block. */
export interface SchemaBlock {
  readonly attributes?: { readonly [name: string]: SchemaAttribute };
  readonly block_types?: { readonly [name: string]: SchemaNestedBlock };
}

/** A block with the version of its state. */
export interface Schema {
  readonly version: number;
  readonly block: SchemaBlock;
}

/** Schema of one provider, cut to the types in use: what `catalog/schema/<provider>-<version>.json.gz` holds. */
export interface ProviderSchema {
  /** Where the facts come from, in words. */
  readonly source: string;
  /** Short name, e.g. "aws"; the source address is `hashicorp/<name>`. */
  readonly name: string;
  readonly version: string;
  readonly provider: Schema;
  readonly resources: { readonly [type: string]: Schema };
  readonly data_sources: { readonly [type: string]: Schema };
  /** Values that are asked for anew by each run and kept nowhere. */
  readonly ephemeral_resources: { readonly [type: string]: Schema };
}

/** Versions of the provider schemas that the catalogue holds; also the versions that generated roots require. */
export const PROVIDER_VERSIONS = { aws: '6.66.0', helm: '3.1.1', tls: '4.1.0' } as const;

/** Short name of a provider that we know the schema of. */
export type ProviderName = keyof typeof PROVIDER_VERSIONS;

/** File of one provider's schema in the catalogue. */
export const schemaFile = (name: ProviderName): URL =>
  new URL(`../../../../catalog/schema/${name}-${PROVIDER_VERSIONS[name]}.json.gz`, import.meta.url);

/** Schemas of ephemeral resources of all providers, by provider and type. */
export const ephemeralSchemaFile = new URL('../../../../catalog/schema/ephemeral.json', import.meta.url);

const ephemeralTypes = JSON.parse(readFileSync(ephemeralSchemaFile, 'utf8')) as { readonly [name: string]: ProviderSchema['ephemeral_resources'] | undefined };

/** Reads one provider's schema from the catalogue. Throws if the file is missing, which is a bug of the checkout. */
export function loadSchema(name: ProviderName): ProviderSchema {
  const schema = JSON.parse(gunzipSync(readFileSync(schemaFile(name))).toString('utf8')) as Omit<ProviderSchema, 'ephemeral_resources'>;
  return { ...schema, ephemeral_resources: ephemeralTypes[name] ?? {} };
}
