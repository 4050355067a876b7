import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPackageDefinition, Server, ServerCredentials } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall, ServiceClientConstructor } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { loadSchema } from '../../src/sim/provider/schema/schema-json.ts';
import type { NestingMode, ProviderName, Schema, SchemaAttribute, SchemaBlock } from '../../src/sim/provider/schema/schema-json.ts';

const proto = new URL('../../src/sim/provider/wire/plugin6.proto', import.meta.url).pathname;
const nesting: Readonly<Record<NestingMode, number>> = { single: 1, list: 2, set: 3, map: 4 };

const attribute = ([name, { type, nested_type: nested, ...flags }]: readonly [string, SchemaAttribute]): object => ({
  name, ...flags,
  ...(type === undefined ? {} : { type: Buffer.from(JSON.stringify(type)) }),
  ...(nested === undefined ? {} : { nested_type: { attributes: Object.entries(nested.attributes).map(attribute), nesting: nesting[nested.nesting_mode] } }),
});

const block = ({ attributes = {}, block_types: types = {} }: SchemaBlock): object => ({
  attributes: Object.entries(attributes).map(attribute),
  block_types: Object.entries(types).map(([name, { nesting_mode: mode, block: inner, min_items = 0, max_items = 0 }]) => ({ type_name: name, block: block(inner), nesting: nesting[mode], min_items, max_items })),
});

const schema = (given: Schema): object => ({ version: given.version, block: block(given.block) });
const schemas = (each: Readonly<Record<string, Schema>>): object => Object.fromEntries(Object.entries(each).map(([type, given]) => [type, schema(given)]));

/** Providers that know the true schema and nothing else: enough for `terraform validate`. */
export interface SchemaProviders {
  /** Attaches them to a terraform process. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const serve = async (name: ProviderName, socket: string): Promise<Server> => {
  const known = loadSchema(name);
  const answer = {
    provider: schema(known.provider), resource_schemas: schemas(known.resources), data_source_schemas: schemas(known.data_sources),
    server_capabilities: { get_provider_schema_optional: true },
  };
  const loaded = loadPackageDefinition(loadSync(proto, { keepCase: true })) as unknown as { readonly tfplugin6: { readonly Provider: ServiceClientConstructor } };
  const { service } = loaded.tfplugin6.Provider;
  const server = new Server({ 'grpc.max_send_message_length': -1 });
  server.addService(service, Object.fromEntries(Object.keys(service).map((method) => [method, (_: ServerUnaryCall<unknown, unknown>, done: sendUnaryData<unknown>) => done(null, method === 'GetProviderSchema' ? answer : {})])));
  await new Promise<void>((resolve, reject) => server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), (error) => (error ? reject(error) : resolve())));
  return server;
};

/** Starts one server for each provider on a socket of its own. Changes: a temporary folder, until `stop`. */
export const startSchemaProviders = async (names: readonly ProviderName[]): Promise<SchemaProviders> => {
  const folder = await mkdtemp(join(tmpdir(), 'schema-provider-'));
  const config = join(folder, 'terraformrc');
  await writeFile(config, '');
  const servers = await Promise.all(names.map((name) => serve(name, join(folder, name))));
  const attach = Object.fromEntries(names.map((name) => [`registry.terraform.io/hashicorp/${name}`, { Protocol: 'grpc', ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: { Network: 'unix', String: join(folder, name) } }]));
  return {
    env: { TF_REATTACH_PROVIDERS: JSON.stringify(attach), TF_CLI_CONFIG_FILE: config, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
    stop: async () => {
      for (const server of servers) server.forceShutdown();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
