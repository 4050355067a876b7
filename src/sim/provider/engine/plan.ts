import type { ProblemPath } from '../problem.ts';
import type { SchemaAttribute, SchemaBlock } from '../schema/schema-json.ts';
import { UNKNOWN, isKnown, isList, isRecord, sameValue, textMap } from '../values.ts';
import type { Attributes, Value } from '../values.ts';
import type { ResourceModel } from './model.ts';

/** What is planned for one resource. */
export interface Planned {
  readonly attributes: Attributes;
  readonly requiresReplace: readonly ProblemPath[];
}

interface Level {
  readonly config: Attributes;
  readonly proposed: Attributes;
  /** The object of the state at this place; undefined where it is new. */
  readonly prior: Attributes | undefined;
  readonly path: string;
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function planAttribute(a: SchemaAttribute, name: string, at: Level, model: ResourceModel): Value {
  if (a.write_only === true) return null;
  const configured = at.config[name] ?? null;
  const proposed = at.proposed[name] ?? null;
  if (configured !== null) return a.nested_type ? planNestedAttribute(a, proposed, at, name, model) : configured;
  const fallback = model.defaults?.[join(at.path, name)];
  if (fallback !== undefined) return fallback;
  if (a.computed !== true) return null;
  // Once computed, even null stays: an unknown value here would make every later plan show a change.
  return at.prior === undefined ? UNKNOWN : (at.prior[name] ?? null);
}

function planNestedAttribute(a: SchemaAttribute, proposed: Value, at: Level, name: string, model: ResourceModel): Value {
  const block = { attributes: a.nested_type?.attributes ?? {} };
  const configured = at.config[name] ?? null;
  const prior = at.prior?.[name] ?? null;
  const one = (config: Value, next: Value, before: Value): Value =>
    isRecord(config) && isRecord(next) ? planBlock(block, { config, proposed: next, prior: isRecord(before) ? before : undefined, path: join(at.path, name) }, model) : next;
  if (isList(configured) && isList(proposed)) return configured.map((c, i) => one(c, proposed[i] ?? c, isList(prior) ? (prior[i] ?? null) : null));
  return one(configured, proposed, prior);
}

function planElements(block: SchemaBlock, name: string, at: Level, model: ResourceModel, isSet: boolean): Value {
  const configured = at.config[name] ?? null;
  if (configured === UNKNOWN) return UNKNOWN;
  const path = join(at.path, name);
  const priors = at.prior?.[name] ?? null;
  const proposed = at.proposed[name] ?? null;
  if (!isList(configured)) return proposed;
  if (configured.length === 0 && model.computedBlocks?.includes(path) === true) return at.prior === undefined ? UNKNOWN : priors;
  return configured.map((config, i) => {
    const next = (isList(proposed) && !isSet ? proposed[i] : undefined) ?? config;
    if (!isRecord(config) || !isRecord(next)) return next;
    const before = isList(priors) ? (isSet ? priors.find((p) => isRecord(p) && matches(config, p)) : priors[i]) : undefined;
    return planBlock(block, { config, proposed: next, prior: isRecord(before) ? before : undefined, path }, model);
  });
}

const agrees = (config: Value, prior: Value): boolean => {
  if (config === null || (isList(config) && config.length === 0)) return true;
  if (isRecord(config) && isRecord(prior)) return matches(config, prior);
  if (isList(config) && isList(prior) && config.length === prior.length && config.every(isRecord)) return config.every((v, i) => agrees(v, prior[i] ?? null));
  return sameValue(config, prior);
};

/** True if an element of a set in the state is the one that the configuration means: equal in all that is configured, blocks inside it too. */
const matches = (config: Attributes, prior: Attributes): boolean => Object.entries(config).every(([k, v]) => agrees(v, prior[k] ?? null));

function planBlock(block: SchemaBlock, at: Level, model: ResourceModel): Attributes {
  const out: Record<string, Value> = {};
  for (const [name, a] of Object.entries(block.attributes ?? {})) out[name] = planAttribute(a, name, at, model);
  for (const [name, b] of Object.entries(block.block_types ?? {})) {
    if (b.nesting_mode === 'single') {
      const config = at.config[name] ?? null;
      out[name] = isRecord(config) ? planBlock(b.block, { config, proposed: config, prior: undefined, path: join(at.path, name) }, model) : config;
    } else out[name] = planElements(b.block, name, at, model, b.nesting_mode === 'set');
  }
  return out;
}

/** Paths of values that differ, among those that force a replacement. A list of blocks is compared element by element. */
function replacing(before: Value, after: Value, steps: readonly string[], done: ProblemPath): ProblemPath[] {
  const [step, ...rest] = steps;
  if (step === undefined) return sameValue(before, after) ? [] : [done];
  if (isRecord(before) && isRecord(after)) return replacing(before[step] ?? null, after[step] ?? null, rest, [...done, step]);
  if (isList(before) && isList(after)) {
    if (before.length !== after.length) return [done];
    return after.flatMap((v, i) => replacing(before[i] ?? null, v, steps, [...done, i]));
  }
  return sameValue(before, after) ? [] : [done];
}

function tagsAll(planned: Attributes, defaults: Readonly<Record<string, string>>): Value {
  const own = planned['tags'] ?? null;
  return isKnown(own) ? { ...defaults, ...textMap(own) } : UNKNOWN;
}

const changed = (names: readonly string[], before: Attributes, after: Attributes): boolean => {
  const looked = names.includes('*') ? Object.keys(after).filter((n) => n !== 'tags' && n !== 'tags_all') : names;
  return looked.some((n) => !sameValue(before[n] ?? null, after[n] ?? null));
};

/**
 * Plans one resource as the provider would: configured values, else defaults, else what is in the state, else unknown.
 * `prior` is null on create. The result has the schema's shape. Pure.
 */
export function planResource(
  block: SchemaBlock,
  model: ResourceModel,
  input: { config: Attributes; proposed: Attributes; prior: Attributes | null; defaultTags: Readonly<Record<string, string>>; region: string },
): Planned {
  const { config, proposed, prior } = input;
  const out: Record<string, Value> = { ...planBlock(block, { config, proposed, prior: prior ?? undefined, path: '' }, model) };
  if (block.attributes?.['region'] !== undefined && (config['region'] ?? null) === null) out['region'] = prior?.['region'] ?? input.region;
  if (block.attributes?.['tags_all'] !== undefined) out['tags_all'] = tagsAll(out, input.defaultTags);
  if (prior === null) return { attributes: out, requiresReplace: [] };
  for (const [name, causes] of Object.entries(model.recompute ?? {})) {
    if ((config[name] ?? null) === null && changed(causes, prior, out)) out[name] = UNKNOWN;
  }
  const forcing = [...(model.forceNew ?? []), ...(model.forceNewIf?.(prior, out) ?? []), ...(block.attributes?.['region'] === undefined ? [] : ['region'])];
  const requiresReplace = forcing.flatMap((path) => replacing(prior, out, path.split('.'), []));
  return { attributes: out, requiresReplace };
}
