import type { Engine, Models } from '../engine/engine.ts';
import { conformBlock } from '../schema/conform.ts';
import type { SchemaBlock } from '../schema/schema-json.ts';
import type { ProblemPath, ProviderProblem } from '../problem.ts';
import { isRecord } from '../values.ts';
import type { Attributes, Value } from '../values.ts';
import { packValue, unpackValue } from './msgpack.ts';
import type { Message, Method } from './plugin-server.ts';
import { schemaAnswer } from './schema-message.ts';

const SEVERITY = { error: 1, warning: 2 } as const;

const pathMessage = (path: ProblemPath): object => ({
  steps: path.map((step) => (typeof step === 'number' ? { element_key_int: step } : { attribute_name: step })),
});

/** Steps into a set can't be written as a path that Terraform finds; the set as a whole is named instead. */
function withoutSets(block: SchemaBlock, path: ProblemPath): ProblemPath {
  const [name, index, ...rest] = path;
  const nested = block.block_types?.[String(name)];
  if (name === undefined || index === undefined) return path;
  if (typeof index !== 'number' || nested === undefined || nested.nesting_mode === 'set') return [name];
  return [name, index, ...withoutSets(nested.block, rest)];
}

const diagnostics = (problems: readonly ProviderProblem[], block?: SchemaBlock): object[] =>
  problems.map((p) => ({
    severity: SEVERITY[p.severity], summary: p.summary, detail: p.detail,
    ...(p.path && p.path.length > 0 ? { attribute: pathMessage(block ? withoutSets(block, p.path) : p.path) } : {}),
  }));

const valueOf = (m: unknown): Value => unpackValue((m as { msgpack?: Uint8Array } | null | undefined)?.msgpack);
const message = (v: Value): object => ({ msgpack: packValue(v) });
const recordOr = (v: Value): Attributes => (isRecord(v) ? v : {});

/** What is needed beside the models to answer one connection. */
export interface Connection {
  /** Called once, with the provider's configuration; gives the engine, or the problems of the configuration. */
  configure(config: Attributes): { engine?: Engine; problems: readonly ProviderProblem[] };
  /** For checks that come before the configuration. */
  readonly unconfigured: Engine;
}

/** The methods of the plugin protocol for one connection of one provider. */
export function pluginMethods(models: Models, connection: Connection): Readonly<Record<string, Method>> {
  let configured: Engine | undefined;
  const engine = (): Engine => configured ?? connection.unconfigured;
  const typeOf = (m: Message): string => String(m['type_name']);
  const block = (m: Message): SchemaBlock => {
    const schema = models.schema.resources[typeOf(m)];
    if (schema === undefined) throw new Error(`resource type ${typeOf(m)} is not simulated`);
    return schema.block;
  };
  const dataBlock = (m: Message): SchemaBlock => models.schema.data_sources[typeOf(m)]?.block ?? {};
  const ephemeralBlock = (m: Message): SchemaBlock => models.schema.ephemeral_resources[typeOf(m)]?.block ?? {};
  const shaped = (b: SchemaBlock, v: Value): Attributes => conformBlock(b, recordOr(v));
  const shapedOrNull = (b: SchemaBlock, v: Value): Attributes | null => (isRecord(v) ? conformBlock(b, v) : null);
  return {
    GetMetadata: () => ({
      server_capabilities: { plan_destroy: false, get_provider_schema_optional: true },
      resources: Object.keys(models.schema.resources).map((type_name) => ({ type_name })),
      data_sources: Object.keys(models.schema.data_sources).map((type_name) => ({ type_name })),
      ephemeral_resources: Object.keys(models.schema.ephemeral_resources).map((type_name) => ({ type_name })),
    }),
    GetProviderSchema: () => schemaAnswer(models.schema),
    ConfigureProvider: (m) => {
      const answer = connection.configure(shaped(models.schema.provider.block, valueOf(m['config'])));
      configured = answer.engine;
      return { diagnostics: diagnostics(answer.problems) };
    },
    ValidateResourceConfig: (m) => ({ diagnostics: diagnostics(engine().validate(typeOf(m), shaped(block(m), valueOf(m['config']))), block(m)) }),
    ValidateDataResourceConfig: (m) => ({ diagnostics: diagnostics(engine().validateData(typeOf(m), shaped(dataBlock(m), valueOf(m['config'])))) }),
    UpgradeResourceState: (m) => {
      const json = (m['raw_state'] as { json?: Uint8Array } | null)?.json;
      const state = json === undefined ? null : (JSON.parse(Buffer.from(json).toString('utf8')) as Value);
      return { value: message(shapedOrNull(block(m), state)) };
    },
    ReadResource: async (m) => {
      const { value, problems } = await engine().read(typeOf(m), shaped(block(m), valueOf(m['current_state'])));
      return { new_state: message(value), diagnostics: diagnostics(problems), private: m['private'] };
    },
    PlanResourceChange: (m) => {
      const proposed = valueOf(m['proposed_new_state']);
      if (!isRecord(proposed)) return { planned_state: message(null), planned_private: m['prior_private'], legacy_type_system: true };
      const b = block(m);
      const { planned, requiresReplace } = engine().plan(typeOf(m), shaped(b, valueOf(m['config'])), shaped(b, proposed), shapedOrNull(b, valueOf(m['prior_state'])));
      // Defaults on arguments that are not computed are allowed only to providers of the old SDK, which this one mimics.
      return { planned_state: message(planned), requires_replace: requiresReplace.map((p) => pathMessage(withoutSets(b, p))), planned_private: m['prior_private'], legacy_type_system: true };
    },
    ApplyResourceChange: async (m) => {
      const b = block(m);
      const planned = shapedOrNull(b, valueOf(m['planned_state']));
      const prior = shapedOrNull(b, valueOf(m['prior_state']));
      if (planned === null && prior === null) return { new_state: message(null) };
      const { value, problems } = planned === null ? await engine().destroy(typeOf(m), prior ?? {}) : await engine().apply(typeOf(m), planned, prior, shaped(b, valueOf(m['config'])));
      return { new_state: message(value), diagnostics: diagnostics(problems), private: m['planned_private'], legacy_type_system: true };
    },
    ImportResourceState: (m) => {
      const { value, problems } = engine().importState(typeOf(m), String(m['id']));
      return { imported_resources: value === null ? [] : [{ type_name: typeOf(m), state: message(value) }], diagnostics: diagnostics(problems) };
    },
    ReadDataSource: async (m) => {
      const { value, problems } = await engine().readData(typeOf(m), shaped(dataBlock(m), valueOf(m['config'])));
      return { value: message(value), diagnostics: diagnostics(problems) };
    },
    ValidateEphemeralResourceConfig: (m) => ({ diagnostics: diagnostics(engine().validateEphemeral(typeOf(m), shaped(ephemeralBlock(m), valueOf(m['config'])))) }),
    OpenEphemeralResource: (m) => {
      const { value, problems } = engine().open(typeOf(m), shaped(ephemeralBlock(m), valueOf(m['config'])));
      return { result: message(value), diagnostics: diagnostics(problems) };
    },
  };
}
