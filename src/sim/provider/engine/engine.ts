import { conformBlock } from '../schema/conform.ts';
import type { ProviderSchema, Schema } from '../schema/schema-json.ts';
import { faultText, problemOf } from '../problem.ts';
import type { ProblemPath, ProviderProblem } from '../problem.ts';
import type { FaultAction, FaultPlan } from '../store/faults.ts';
import type { SimObject } from '../store/store.ts';
import { UNKNOWN, isKnown } from '../values.ts';
import type { Attributes } from '../values.ts';
import { Refused, make, nameOf, phrase, regionOf } from './change.ts';
import type { Account, DataModel, EphemeralModel, ResourceModel } from './model.ts';
import { planResource } from './plan.ts';
import { validateResource } from './validate.ts';

/** What the local platform does for real when an object comes or goes. An `Error` that it throws becomes a diagnostic. */
export interface ProviderHooks {
  /** Types that there is something to do for; absent: all. */
  readonly types?: ReadonlySet<string>;
  /** After the object was stored. What it returns replaces computed attributes. If it throws, the object stays and Terraform marks it tainted. */
  afterCreate?(type: string, object: SimObject): Promise<Attributes | undefined>;
  afterUpdate?(type: string, object: SimObject): Promise<Attributes | undefined>;
  /** Before the object is removed. If it throws, the object stays. */
  beforeDelete?(type: string, object: SimObject): Promise<void>;
}

/** A value with what there is to say about it. */
export interface Answer<T> {
  readonly value: T;
  readonly problems: readonly ProviderProblem[];
}

/** All that one provider knows: its schema and the tables that go with it. */
export interface Models {
  readonly schema: ProviderSchema;
  readonly resources: Readonly<Record<string, ResourceModel>>;
  readonly data: Readonly<Record<string, DataModel>>;
  readonly ephemeral?: Readonly<Record<string, EphemeralModel>>;
}

/** What an engine works on. */
export interface EngineWorld {
  readonly account: Account;
  readonly faults: FaultPlan;
  readonly hooks: ProviderHooks;
}

/** The id an object is kept under, as far as the attributes have it. */
const idOf = (model: ResourceModel, attributes: Attributes): string => String(attributes[model.idAttribute ?? 'id'] ?? '');

const pause = (ms: number): Promise<void> => (ms > 0 ? new Promise((done) => setTimeout(done, ms)) : Promise.resolve());

/** The work of one configured provider, apart from the wire: plain values in, plain values and problems out. */
export class Engine {
  readonly #models: Models;
  readonly #world: EngineWorld;

  constructor(models: Models, world: EngineWorld) {
    this.#models = models;
    this.#world = world;
  }

  #of(type: string): { schema: Schema; model: ResourceModel } {
    const schema = this.#models.schema.resources[type];
    const model = this.#models.resources[type];
    if (schema === undefined || model === undefined) throw new Error(`resource type ${type} is not simulated`);
    return { schema, model };
  }

  validate(type: string, config: Attributes): readonly ProviderProblem[] {
    return validateResource(config, this.#of(type).model);
  }

  validateData(type: string, config: Attributes): readonly ProviderProblem[] {
    return this.#models.data[type]?.validate?.(config) ?? [];
  }

  plan(type: string, config: Attributes, proposed: Attributes, prior: Attributes | null): { planned: Attributes; requiresReplace: readonly ProblemPath[] } {
    const { schema, model } = this.#of(type);
    const { account } = this.#world;
    const found = planResource(schema.block, model, { config, proposed, prior, defaultTags: account.defaultTags, region: account.region });
    return { planned: conformBlock(schema.block, found.attributes), requiresReplace: found.requiresReplace };
  }

  /** The object as the account has it; null if it is gone. */
  async read(type: string, state: Attributes): Promise<Answer<Attributes | null>> {
    const { schema, model } = this.#of(type);
    const { account } = this.#world;
    const id = idOf(model, state);
    const failure = await this.#interfere(type, 'read', [id, nameOf(model, state)]);
    if (failure !== undefined) return { value: state, problems: [{ severity: 'error', summary: `reading ${model.label} (${id}): ${failure}`, detail: '' }] };
    const object = account.store.get(type, regionOf(schema.block, state, account), id);
    return { value: object === undefined ? null : conformBlock(schema.block, object.attributes), problems: [] };
  }

  /** `config` holds what is written only: nothing else says it. */
  async apply(type: string, planned: Attributes, prior: Attributes | null, config: Attributes = {}): Promise<Answer<Attributes | null>> {
    const { schema, model } = this.#of(type);
    const { account, hooks } = this.#world;
    const before = prior === null ? undefined : account.store.get(type, regionOf(schema.block, prior, account), idOf(model, prior));
    const action = prior === null ? 'create' : 'update';
    const doing = phrase(action === 'create' ? 'creating' : 'updating', model, planned);
    try {
      const failure = await this.#interfere(type, action, [nameOf(model, planned), planned[model.idAttribute ?? 'id'] === UNKNOWN ? '' : idOf(model, planned)]);
      if (failure !== undefined) throw new Refused(`${doing}: ${failure}`);
      if (prior !== null && before === undefined) throw new Refused(`${doing}: the object no longer exists`);
      const { object, spawned } = make(type, schema.block, model, planned, before, account, config);
      const isAwaited = hooks.types?.has(type) ?? true;
      const hook = isAwaited ? (action === 'create' ? hooks.afterCreate : hooks.afterUpdate)?.bind(hooks) : undefined;
      account.store.put(before === undefined && hook !== undefined ? { ...object, unfinished: true } : object);
      if (before === undefined) for (const o of spawned) if (account.store.get(o.type, o.region, o.id) === undefined) account.store.put(o);
      return hook === undefined ? { value: object.attributes, problems: [] } : await this.#afterwards(doing, object, schema, hook);
    } catch (e) {
      const problem = e instanceof Refused ? { severity: 'error' as const, summary: e.message, detail: '' } : problemOf(doing, e);
      return { value: prior, problems: [problem] };
    }
  }

  async #afterwards(doing: string, object: SimObject, schema: Schema, hook: (type: string, o: SimObject) => Promise<Attributes | undefined>): Promise<Answer<Attributes | null>> {
    const { store } = this.#world.account;
    try {
      const extra = await hook(object.type, object);
      const attributes = extra === undefined ? object.attributes : conformBlock(schema.block, { ...object.attributes, ...extra });
      store.put({ ...object, attributes });
      return { value: attributes, problems: [] };
    } catch (e) {
      store.put(object);
      return { value: object.attributes, problems: [problemOf(doing, e)] };
    }
  }

  async destroy(type: string, prior: Attributes): Promise<Answer<Attributes | null>> {
    const { schema, model } = this.#of(type);
    const { account, hooks } = this.#world;
    const region = regionOf(schema.block, prior, account);
    const id = idOf(model, prior);
    const doing = `deleting ${model.label} (${id})`;
    const failed = (summary: string): Answer<Attributes> => ({ value: prior, problems: [{ severity: 'error', summary, detail: '' }] });
    const failure = await this.#interfere(type, 'delete', [id, nameOf(model, prior)]);
    if (failure !== undefined) return failed(`${doing}: ${failure}`);
    const object = account.store.get(type, region, id);
    if (object === undefined) return { value: null, problems: [] };
    try {
      // The configuration may differ from the account in what only the provider knows (force_destroy…).
      const fault = model.blockers?.({ ...object, attributes: { ...object.attributes, ...prior } }, account);
      if (fault) return failed(`${doing}: ${faultText(fault)}`);
      await hooks.beforeDelete?.(type, object);
      if (model.isAdopted === true) account.store.put({ ...object, origin: 'aws' });
      else account.store.delete(type, region, id);
      return { value: null, problems: [] };
    } catch (e) {
      return { value: prior, problems: [problemOf(doing, e)] };
    }
  }

  /** State for an import: the object with this id in the provider's region or in none. */
  importState(type: string, id: string): Answer<Attributes | null> {
    const { schema, model } = this.#of(type);
    const { account } = this.#world;
    const object = account.store.get(type, regionOf(schema.block, {}, account), id);
    if (object !== undefined) return { value: conformBlock(schema.block, object.attributes), problems: [] };
    return { value: null, problems: [{ severity: 'error', summary: `Cannot import non-existent remote object: ${model.label} (${id})`, detail: '' }] };
  }

  async readData(type: string, config: Attributes): Promise<Answer<Attributes>> {
    const schema = this.#models.schema.data_sources[type];
    const model = this.#models.data[type];
    if (schema === undefined || model === undefined) throw new Error(`data source ${type} is not simulated`);
    if (!isKnown(config)) return { value: config, problems: [] };
    const failure = await this.#interfere(type, 'read', []);
    if (failure !== undefined) return { value: config, problems: [{ severity: 'error', summary: `reading ${type}: ${failure}`, detail: '' }] };
    const { account } = this.#world;
    const region = typeof config['region'] === 'string' ? config['region'] : account.region;
    try {
      const found = model.read(config, { ...account, region });
      const given = Object.fromEntries(Object.entries(config).filter(([, v]) => v !== null && !(Array.isArray(v) && v.length === 0)));
      const withRegion = schema.block.attributes?.['region'] === undefined ? {} : { region };
      return { value: conformBlock(schema.block, { ...withRegion, ...found, ...given }), problems: [] };
    } catch (e) {
      return { value: config, problems: [problemOf(`reading ${type}`, e)] };
    }
  }

  validateEphemeral(type: string, config: Attributes): readonly ProviderProblem[] {
    return this.#models.ephemeral?.[type]?.validate?.(config) ?? [];
  }

  /** The value of an ephemeral resource, for one run of Terraform. */
  open(type: string, config: Attributes): Answer<Attributes> {
    const schema = this.#models.schema.ephemeral_resources[type];
    const model = this.#models.ephemeral?.[type];
    if (schema === undefined || model === undefined) throw new Error(`ephemeral resource ${type} is not simulated`);
    const { account } = this.#world;
    const region = typeof config['region'] === 'string' ? config['region'] : account.region;
    try {
      const given = Object.fromEntries(Object.entries(config).filter(([, v]) => v !== null));
      return { value: conformBlock(schema.block, { region, ...model.open(config, { ...account, region }), ...given }), problems: [] };
    } catch (e) {
      return { value: config, problems: [problemOf(`opening ${type}`, e)] };
    }
  }

  async #interfere(type: string, action: FaultAction, names: readonly string[]): Promise<string | undefined> {
    await pause(this.#world.faults.delayMs(type, action));
    return this.#world.faults.take(type, action, names);
  }
}
