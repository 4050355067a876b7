import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { show } from '../diag/show.ts';
import { renameOrChoose } from '../diag/did-you-mean.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import { environmentSettings } from './environment-settings.ts';
import type { Origin } from './issues.ts';
import { problemsOf } from './issues.ts';
import { derivedCodes, mended } from './mend.ts';
import type { Mapping } from './plain-data.ts';
import { layered, mappingOr } from './plain-data.ts';
import type { Tier } from './platform.ts';
import { valueAt } from './schema-walk.ts';
import type { Basics } from './tier.ts';
import { defaultDomain, tierOf, tiers } from './tier.ts';
import type { Step } from './yaml-place.ts';
import type { Source } from './yaml-source.ts';

/** Regions by name, from `catalog/regions.json`. */
export type Regions = Readonly<Record<string, { readonly partition: string; readonly zones: readonly string[] }>>;

/** One environment of platform.yaml after validation. */
export interface ResolvedEnvironment {
  readonly basics: Basics;
  readonly schema: ReturnType<typeof environmentSettings>;
  readonly settings: EnvironmentSettings;
  /** What the file says, with its on/off switches carried over to the keys they stand for. */
  readonly raw: Mapping;
  readonly origin: Origin;
  /** Key → key of the environment whose line decided it, where that is another one. */
  readonly decidedBy: ReadonlyMap<string, readonly Step[]>;
  /** False when `features.infrastructure.eks` is false. */
  readonly built: boolean;
  /** True when refused keys were left out, only to find what else is wrong. There is an error then, so nothing is built from it. */
  readonly mended: boolean;
}

interface Switched {
  readonly raw: Mapping;
  readonly decidedBy: ReadonlyMap<string, readonly Step[]>;
  readonly diagnostics: readonly Diagnostic[];
}

const place = ({ file, line, column }: Span): string => `${file}:${line}:${column}`;

/** Two keys that say the same: the first one's value stands for both. Different values are a contradiction. */
const equate = (raw: Mapping, origin: Origin, from: readonly Step[], to: readonly Step[], set: (value: unknown) => Mapping): Switched => {
  const said = valueAt(raw, from);
  if (said === undefined) return { raw, decidedBy: new Map(), diagnostics: [] };
  const other = valueAt(raw, to);
  if (other === undefined) return { raw: layered(raw, set(said)) as Mapping, decidedBy: new Map([[to.join('.'), from]]), diagnostics: [] };
  if (other === said) return { raw, decidedBy: new Map(), diagnostics: [] };
  const at = (path: readonly Step[]): Span => origin.source.span([...origin.path, ...path]);
  return { raw, decidedBy: new Map(), diagnostics: [problem('config/contradiction', at(to), `${origin.name}.${to.join('.')} is ${show(other)}, but ${from.join('.')} is ${show(said)} (${place(at(from))}).`, 'Remove one of the two, or make them agree.')] };
};

/** Switches of `features` that turn a component on or off, by component id. */
export const componentSwitches: Readonly<Record<string, readonly Step[]>> = {
  karpenter: ['features', 'infrastructure', 'karpenter'],
  kserve: ['features', 'serving', 'kserve'],
};

const switched = (raw: Mapping, origin: Origin, componentIds: ReadonlySet<string>): Switched => {
  let state: Switched = { raw, decidedBy: new Map(), diagnostics: [] };
  const apply = (from: readonly Step[], to: readonly Step[], set: (value: unknown) => Mapping): void => {
    const next = equate(state.raw, origin, from, to, set);
    state = { raw: next.raw, decidedBy: new Map([...state.decidedBy, ...next.decidedBy]), diagnostics: [...state.diagnostics, ...next.diagnostics] };
  };
  apply(['region'], ['aws', 'region'], (region) => ({ aws: { region } }));
  apply(['features', 'infrastructure', 'vpc_endpoints'], ['network', 'endpoints', 'enabled'], (enabled) => ({ network: { endpoints: { enabled } } }));
  apply(['features', 'security', 'waf'], ['edge', 'waf', 'enabled'], (enabled) => ({ edge: { waf: { enabled } } }));
  apply(['features', 'security', 'guardduty'], ['security', 'guardduty', 'enabled'], (enabled) => ({ security: { guardduty: { enabled } } }));
  apply(['features', 'serving', 'apigw'], ['edge', 'api_gateway', 'enabled'], (enabled) => ({ edge: { api_gateway: { enabled } } }));
  apply(['features', 'storage', 's3'], ['storage', 'data_lake', 'enabled'], (enabled) => ({ storage: { data_lake: { enabled } } }));
  apply(['features', 'storage', 'redis'], ['data', 'redis', 'enabled'], (enabled) => ({ data: { redis: { enabled } } }));
  for (const [id, from] of Object.entries(componentSwitches)) {
    if (componentIds.has(id)) apply(from, ['components', id, 'enabled'], (enabled) => ({ components: { [id]: { enabled } } }));
  }
  return state;
};

/** Region of an environment or a cluster: it exists, in the right partition. Empty when all is well. */
export const checkRegion = (region: string, partition: string, regions: Regions, at: Span, who: string): readonly Diagnostic[] => {
  const facts = Object.hasOwn(regions, region) ? regions[region] : undefined;
  if (!facts) return [problem('config/unknown-region', at, `${who} names the region ${show(region)}, which this version does not know.`, renameOrChoose(region, Object.keys(regions), 40))];
  if (facts.partition !== partition) return [problem('config/region-partition', at, `${who} lies in ${region}, which belongs to the partition "${facts.partition}", but the environment's partition is "${partition}".`, `Set aws.partition to "${facts.partition}", or choose a region of "${partition}".`)];
  return [];
};

const checkReplicaRegion = ({ storage: { replica_region: replica }, aws: { region, partition } }: EnvironmentSettings, at: Span, regions: Regions, who: string): readonly Diagnostic[] => {
  if (replica === undefined) return [];
  if (replica !== region) return checkRegion(replica, partition, regions, at, `${who}.storage`);
  return [problem('config/wrong-value', at, `${who}.storage.replica_region is ${show(replica)}, where the buckets themselves are.`, 'Name another region: a copy in the same one is lost with it.')];
};

/** Validates one entry of `envs` and applies the defaults of its tier. Pure. */
export const resolveEnvironment = (source: Source, name: string, said: unknown, regions: Regions, componentIds: ReadonlySet<string>): { readonly environment?: ResolvedEnvironment; readonly diagnostics: readonly Diagnostic[] } => {
  const origin: Origin = { source, path: ['envs', name], name: `envs.${name}` };
  const given = mappingOr(said);
  const tier: Tier = tiers.find((known) => known === given['tier']) ?? tierOf(name);
  const basics: Basics = { name, tier, domain: typeof given['domain'] === 'string' ? given['domain'] : defaultDomain(name, tier) };
  const schema = environmentSettings(basics);
  const { raw, decidedBy: switches, diagnostics: contradictions } = switched(given, origin, componentIds);
  const decidedBy = new Map([...switches, ...(given['region'] === undefined && valueAt(given, ['aws', 'region']) !== undefined ? [['region', ['aws', 'region']] as const] : [])]);
  const parsed = schema.safeParse(raw);
  const refused = parsed.success ? [] : problemsOf(parsed.error.issues, schema, raw, [origin]);
  const sound = parsed.success ? { raw, settings: parsed.data } : mended(schema, raw, parsed.error.issues);
  if (!sound) return { diagnostics: [...contradictions, ...refused] };
  const settings: EnvironmentSettings = { ...sound.settings, region: sound.settings.aws.region };
  const at = source.span([...origin.path, ...(decidedBy.get('aws.region') ?? ['aws', 'region'])]);
  const replicas = checkReplicaRegion(settings, source.span([...origin.path, 'storage', 'replica_region']), regions, origin.name);
  const stateTo = settings.state.replica_region;
  const stateAt = source.span([...origin.path, 'state', 'replica_region']);
  const states = stateTo === undefined ? [] : stateTo === settings.aws.region
    ? [problem('config/wrong-value', stateAt, `${origin.name}.state.replica_region is ${show(stateTo)}, where the states themselves are.`, 'Name another region: a copy in the same one is lost with it.')]
    : checkRegion(stateTo, settings.aws.partition, regions, stateAt, `${origin.name}.state`);
  const copyTo = settings.backup.copy_region;
  const copies = copyTo === undefined ? [] : checkRegion(copyTo, settings.aws.partition, regions, source.span([...origin.path, 'backup', 'copy_region']), origin.name);
  const diagnostics = [...contradictions, ...refused, ...replicas, ...states, ...copies, ...checkRegion(settings.aws.region, settings.aws.partition, regions, at, origin.name).filter((d) => parsed.success || !derivedCodes.has(d.code))];
  return { environment: { basics, schema, settings, raw: sound.raw, origin, decidedBy, built: settings.features.infrastructure.eks !== false, mended: !parsed.success }, diagnostics };
};
