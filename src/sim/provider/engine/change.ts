import type { SchemaBlock } from '../schema/schema-json.ts';
import { conformBlock, settle } from '../schema/conform.ts';
import { GLOBAL_REGION, keyOf } from '../store/store.ts';
import type { SimObject } from '../store/store.ts';
import { faultText } from '../problem.ts';
import type { AwsFault } from '../problem.ts';
import { canonical, isKnown, isList, isRecord, text, valuesAt } from '../values.ts';
import type { Attributes, Value } from '../values.ts';
import { hexOf, lettersOf } from './digest.ts';
import type { Account, Change, ResourceModel } from './model.ts';
import { tagProblems } from './tags.ts';

/** AWS (or a planted fault) said no; nothing was changed. The message is what the provider shows. */
export class Refused extends Error {}

const refuse = (doing: string, fault: AwsFault): never => {
  throw new Refused(`${doing}: ${faultText(fault)}`);
};

/** Region that an object is kept under: its own, or the global one for types without a region. */
export const regionOf = (block: SchemaBlock, attributes: Attributes, account: Account): string =>
  block.attributes?.['region'] === undefined ? GLOBAL_REGION : (text(attributes['region']) ?? account.region);

/** The name a user knows an object by. */
export const nameOf = (model: ResourceModel, attributes: Attributes): string =>
  model.name?.(attributes) ?? text(attributes['name']) ?? text(attributes['id']) ?? '';

/** What the provider says it was doing: the name is left out where there is none yet. */
export const phrase = (verb: string, model: ResourceModel, attributes: Attributes): string => {
  const name = nameOf(model, attributes);
  return name === '' ? `${verb} ${model.label}` : `${verb} ${model.label} (${name})`;
};

/** An argument that was not given and that AWS does not compute stays null: else the next plan would differ from the state. */
function mergeKnown(block: SchemaBlock, planned: Attributes, computed: Attributes): Attributes {
  const out: Record<string, Value> = { ...planned };
  for (const [name, value] of Object.entries(computed)) {
    const had = out[name];
    const isNotGiven = (had ?? null) === null && (block.attributes?.[name]?.computed ?? false);
    if (isNotGiven) out[name] = value;
    else if (had !== undefined) out[name] = fill(had, value);
  }
  return out;
}

/** The planned value with what is unknown in it taken from the computed one; where both differ in shape, the computed one. */
function fill(had: Value, value: Value): Value {
  if (isKnown(had)) return had;
  if (isList(had) && isList(value) && had.length === value.length) return had.map((h, i) => fill(h, value[i] ?? null));
  if (isRecord(had) && isRecord(value)) return Object.fromEntries(Object.entries(had).map(([k, h]) => [k, fill(h, value[k] ?? null)]));
  return value;
}

function checkReferences(change: Change, model: ResourceModel, doing: string): void {
  const { store } = change.account;
  for (const r of model.references ?? []) {
    for (const value of valuesAt(change.planned, r.path)) {
      if (typeof value !== 'string' || value === '') continue;
      const isThere = store.list(r.type).some((o) =>
        (o.attributes[r.by ?? 'id'] === value || (r.by === undefined && o.id === value)) && (r.anywhere === true || o.region === GLOBAL_REGION || o.region === change.region));
      if (!isThere) refuse(doing, r.fault(value));
    }
  }
}

function checkTags(change: Change, model: ResourceModel, doing: string): void {
  const tags = change.planned['tags_all'] ?? null;
  const [problem] = isRecord(tags) ? tagProblems(tags, model.tagRules ?? 'default') : [];
  if (problem !== undefined) throw new Refused(`${doing}: ${problem}`);
}

/** What AWS then has of the write-only arguments: the provider hands one over on create, and when its `…_version` changes. */
function writtenOnly(block: SchemaBlock, config: Attributes, planned: Attributes, prior: SimObject | undefined): Attributes {
  const names = Object.entries(block.attributes ?? {}).flatMap(([name, a]) => (a.write_only === true ? [name] : []));
  return Object.fromEntries(names.flatMap((name): [string, Value][] => {
    const version = `${name}_version`;
    const isKept = prior !== undefined && (prior.attributes[version] ?? null) === (planned[version] ?? null);
    const value = isKept ? (prior.writeOnly?.[name] ?? null) : (config[name] ?? null);
    return value === null ? [] : [[name, value]];
  }));
}

interface Made {
  readonly object: SimObject;
  readonly spawned: readonly SimObject[];
}

/**
 * Carries a planned create or update out on paper: checks it against the account and computes what AWS would compute.
 * Changes nothing; the caller stores what is returned. Throws `Refused`.
 */
export function make(type: string, block: SchemaBlock, model: ResourceModel, planned: Attributes, prior: SimObject | undefined, account: Account, config: Attributes = {}): Made {
  const region = regionOf(block, planned, account);
  const doing = phrase(prior ? 'updating' : 'creating', model, planned);
  const writeOnly = writtenOnly(block, config, planned, prior);
  const spawned: SimObject[] = [];
  // Two objects with the same configuration must differ; the ordinal makes them, and stays the same from run to run.
  for (let ordinal = 0; ; ordinal += 1) {
    const seed = `${account.accountId}|${region}|${type}|${canonical(planned)}|${ordinal}`;
    spawned.length = 0;
    const change: Change = {
      type, region, planned, prior: prior?.attributes, writeOnly, account,
      hex: (length, salt = '') => hexOf(seed + salt, length),
      letters: (length, salt = '') => lettersOf(seed + salt, length),
      spawn: (t, id, attributes) => spawned.push({ type: t, region, id, attributes: { region, ...attributes, id }, origin: 'aws' }),
    };
    if (ordinal === 0) {
      checkTags(change, model, doing);
      const no = model.refuse?.(change);
      if (no) refuse(doing, no);
      checkReferences(change, model, doing);
    }
    const computed = model.compute(change);
    const attributes = settle(block, conformBlock(block, mergeKnown(block, planned, computed)));
    const id = prior?.id ?? text(computed['id']) ?? text(attributes['id']) ?? '';
    const isTaken = prior === undefined && model.isShared !== true && account.store.get(type, region, id) !== undefined;
    if (isTaken && computed['id'] !== undefined && ordinal < 1000 && !sameIdAlways(model, change, id)) continue;
    if (isTaken) throw new Refused(`${doing}: ${id} already exists`);
    const owner = keyOf({ type, region, id });
    return {
      object: { type, region, id, attributes, origin: 'terraform', ...(Object.keys(writeOnly).length > 0 ? { writeOnly } : {}) },
      spawned: spawned.map((o) => ({ ...o, owner })),
    };
  }
}

/** True for ids that follow from names: another ordinal gives the same one. */
const sameIdAlways = (model: ResourceModel, change: Change, id: string): boolean =>
  text(model.compute({ ...change, hex: (n, salt = '') => hexOf(`other${salt}`, n), letters: (n, salt = '') => lettersOf(`other${salt}`, n), spawn: () => {} })['id']) === id;
