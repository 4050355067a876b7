import { z } from 'zod';
import type { Result, Span } from '../diag/diagnostic.ts';
import { renameOrChoose } from '../diag/did-you-mean.ts';
import { problem } from '../diag/problem.ts';
import { componentSchema, isEnabled } from './component-settings.ts';
import { isMapping, layered, mappingOr } from './plain-data.ts';
import type { Cluster } from './platform.ts';
import { paths, platformSettings, tagSettings } from './platform-settings.ts';
import { clusterSpecKeys, registeredCluster } from './registry.ts';
import { isActing, keysOf, metaOf, schemaAt, valueAt } from './schema-walk.ts';
import type { Sources } from './sources.ts';
import type { Step } from './yaml-place.ts';
import type { Source } from './yaml-source.ts';

/** Why a key has its value. */
export type ValueOrigin =
  /** A line of a file says so. */
  | { readonly from: 'file'; readonly at: Span }
  /** No file says anything; `text` names the default, for example "default of tier dev". */
  | { readonly from: 'default'; readonly text: string };

/** What `argoeks explain` says about one key. */
export interface Explanation {
  readonly path: string;
  /** Plain data; undefined where the key is absent and has no default. */
  readonly value: unknown;
  readonly origin: ValueOrigin;
  readonly unit?: string;
  readonly doc?: string;
  /** False when the key's output comes with a later part of the platform. */
  readonly acting: boolean;
  /** Default of each tier, where they differ. */
  readonly byTier?: Readonly<Record<string, unknown>>;
  /** Keys below, for a mapping. */
  readonly keys?: readonly string[];
}

/** A part of the configuration that can be walked into: its schema, its decided values, and where they may have been said. */
interface Part {
  readonly schema: z.ZodType;
  readonly data: unknown;
  /** The strongest first. */
  readonly places: readonly { readonly source: Source; readonly path: readonly Step[] }[];
  readonly defaultText: string;
  /** Key → key of `places[0]` that decided it. */
  readonly decidedBy?: ReadonlyMap<string, readonly Step[]>;
}

type Found = { readonly part: Part; readonly rest: readonly string[]; readonly before: readonly string[] } | { readonly unknown: string; readonly known: readonly string[]; readonly before: readonly string[] };

const componentsPart = (sources: Sources, id: string, environment: string, cluster: Cluster | undefined): Part | undefined => {
  const entry = sources.components.get(id);
  const resolved = sources.environments.get(environment);
  if (!entry || !resolved) return undefined;
  const schema = componentSchema(entry);
  const registered = cluster && sources.registered.get(cluster.name);
  const ofEnvironment = mappingOr(resolved.raw['components'])[id];
  const ofCluster = registered && mappingOr(registered.spec['components'])[id];
  const parsed = schema.safeParse(layered(ofEnvironment ?? {}, ofCluster));
  const hub = cluster?.hub ?? true;
  return {
    schema, data: { ...(parsed.success ? parsed.data : {}), enabled: isEnabled(entry, ofEnvironment, ofCluster, hub) },
    places: [...(registered?.origins ?? []).map((one) => ({ source: one.source, path: [...one.path, 'spec', 'components', id] })), { source: resolved.origin.source, path: [...resolved.origin.path, 'components', id] }],
    defaultText: `default of the component ${id}`,
    decidedBy: new Map([...resolved.decidedBy].filter(([key]) => key === `components.${id}.enabled`).map(([, by]) => ['enabled', [...resolved.origin.path, ...by]])),
  };
};

const inEnvironment = (sources: Sources, [name = '', ...rest]: readonly string[]): Found => {
  const resolved = sources.environments.get(name);
  if (!resolved) return { unknown: name, known: [...sources.environments.keys()], before: ['envs'] };
  const [first, id] = rest;
  if (first === 'components' && id !== undefined) {
    const part = componentsPart(sources, id, name, undefined);
    return part ? { part, rest: rest.slice(2), before: ['envs', name, 'components', id] } : { unknown: id, known: [...sources.components.keys()], before: ['envs', name, 'components'] };
  }
  return {
    part: {
      schema: resolved.schema, data: resolved.settings, places: [resolved.origin], defaultText: `default of tier ${resolved.basics.tier}`,
      decidedBy: new Map([...resolved.decidedBy].map(([key, by]) => [key, [...resolved.origin.path, ...by]])),
    },
    rest, before: ['envs', name],
  };
};

const inCluster = (sources: Sources, [name = '', ...rest]: readonly string[]): Found => {
  const clusters = sources.platform.environments.flatMap((environment) => environment.clusters);
  const cluster = clusters.find((one) => one.name === name);
  const registered = sources.registered.get(name);
  const resolved = cluster && sources.environments.get(cluster.environment);
  if (!cluster || !registered || !resolved) return { unknown: name, known: clusters.map((one) => one.name), before: ['clusters'] };
  // The file says clusters.<name>.spec.kubernetes; people ask for clusters.<name>.kubernetes. Both are understood.
  const inside = rest[0] === 'spec' ? rest.slice(1) : rest;
  const [first, id] = inside;
  if (first === 'components' && id !== undefined) {
    const part = componentsPart(sources, id, cluster.environment, cluster);
    return part ? { part, rest: inside.slice(2), before: ['clusters', name, 'components', id] } : { unknown: id, known: [...sources.components.keys()], before: ['clusters', name, 'components'] };
  }
  if (first === 'kubernetes' || first === 'network' || first === 'nodes') {
    const schema = schemaAt(resolved.schema, [first]) ?? resolved.schema;
    return {
      part: {
        schema, data: cluster[first], defaultText: `default of tier ${cluster.tier}`,
        places: [...registered.origins.map((one) => ({ source: one.source, path: [...one.path, 'spec', first] })), { source: resolved.origin.source, path: [...resolved.origin.path, first] }],
      },
      rest: inside.slice(1), before: ['clusters', name, first],
    };
  }
  const allocated = z.object({
    cidr: z.string().meta({ description: `VPC block, kept in ${paths.lock}.` }),
    mesh_id: z.number().meta({ description: `Cilium cluster id, kept in ${paths.lock}; 0 cannot join a mesh.` }),
    zones: z.array(z.string()).meta({ description: 'Availability zones of the cluster.' }),
    hub: z.boolean().meta({ description: 'Runs Argo CD for its environment.' }),
  });
  return {
    part: {
      schema: z.object({ ...registeredCluster.shape, ...allocated.shape, ...clusterSpecKeys.shape }),
      data: { name, region: cluster.region, labels: cluster.labels, spec: registered.spec, cidr: cluster.cidr, mesh_id: cluster.meshId, zones: cluster.zones, hub: cluster.hub, components: cluster.components },
      places: registered.origins, defaultText: 'computed',
    },
    rest, before: ['clusters', name],
  };
};

const find = (sources: Sources, [first = '', ...rest]: readonly string[]): Found => {
  if (first === 'envs' && rest.length > 0) return inEnvironment(sources, rest);
  if (first === 'clusters' && rest.length > 0) return inCluster(sources, rest);
  if (first === 'tags') {
    const tags = sources.tagsFile;
    return { part: { schema: tagSettings, data: tags?.value ?? {}, places: tags ? [{ source: tags, path: [] }] : [], defaultText: 'default' }, rest, before: ['tags'] };
  }
  if (first === 'clusters') return { part: { schema: z.record(z.string(), z.unknown()), data: Object.fromEntries([...sources.registered.keys()].map((name) => [name, {}])), places: [], defaultText: 'the registries' }, rest, before: ['clusters'] };
  const known = [...keysOf(platformSettings), 'clusters', 'tags'];
  if (!keysOf(platformSettings).includes(first)) return { unknown: first, known, before: [] };
  return { part: { schema: platformSettings, data: sources.settings, places: [{ source: sources.platformFile, path: [] }], defaultText: 'default' }, rest: [first, ...rest], before: [] };
};

/** Steps of a path, where a key may itself hold dots (labels do): the longest run of words that is a key wins. */
const stepsOf = (schema: z.ZodType, data: unknown, words: readonly string[]): { readonly steps: readonly string[] } | { readonly unknown: string; readonly known: readonly string[]; readonly steps: readonly string[] } => {
  const steps: string[] = [];
  for (let i = 0; i < words.length; ) {
    const node = schemaAt(schema, steps);
    const here = valueAt(data, steps);
    const known = [...new Set([...(node ? keysOf(node) : []), ...(isMapping(here) ? Object.keys(here) : [])])];
    const run = Array.from({ length: words.length - i }, (_, n) => words.length - n).find((end) => {
      const key = words.slice(i, end).join('.');
      return known.includes(key) || (Array.isArray(here) && /^\d+$/.test(key) && Number(key) < here.length);
    });
    if (run === undefined) return { unknown: words[i] ?? '', known: Array.isArray(here) ? here.map((_, n) => String(n)) : known, steps };
    steps.push(words.slice(i, run).join('.'));
    i = run;
  }
  return { steps };
};

/**
 * Says of any key what its value is and why: `envs.<env>.…`, `envs.<env>.components.<id>.…`, `clusters.<name>.…`, `tags.…`,
 * `platform.…`, `gitops.…`, `edge.…`, `org.…`. List items by number. A path that does not exist is `config/unknown-key` with the
 * nearest key. Pure.
 */
export const explain = (sources: Sources, path: string): Result<Explanation> => {
  const words = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.').filter((word) => word !== '');
  const top: Span = { file: paths.platform, line: 1, column: 1 };
  const refuse = (unknown: string, known: readonly string[], before: readonly string[], at = top): Result<Explanation> => ({
    diagnostics: [problem('config/unknown-key', at, unknown === '' ? 'No key is named.' : `"${unknown}" is not a key of ${before.join('.') || 'the configuration'}.`, renameOrChoose(unknown, known, 30))],
  });
  const found = find(sources, words);
  if ('unknown' in found) return refuse(found.unknown, found.known, found.before);
  const { part, rest, before } = found;
  const walked = stepsOf(part.schema, part.data, rest);
  const placeOf = (steps: readonly string[]): Span | undefined => {
    const by = part.decidedBy?.get(steps.join('.'));
    const [first] = part.places;
    if (by && first) return first.source.span(by);
    const said = part.places.find(({ source, path: root }) => source.has([...root, ...steps]));
    return said?.source.span([...said.path, ...steps]);
  };
  if ('unknown' in walked) return refuse(walked.unknown, walked.known, [...before, ...walked.steps], placeOf(walked.steps) ?? top);
  const { steps } = walked;
  const node = schemaAt(part.schema, steps);
  const meta = node ? metaOf(node) : {};
  const value = valueAt(part.data, steps);
  // The endpoint is decided from two keys: asked for, but open to nobody, it stays private.
  const staysPrivate = before[0] === 'clusters' && before[2] === 'kubernetes' && steps.join('.') === 'api.public' && value === false && valueAt(part.data, ['api', 'public_cidrs', 0]) === undefined;
  const at = staysPrivate ? undefined : placeOf(steps);
  const text = staysPrivate ? 'private, as kubernetes.api.public_cidrs is empty' : part.defaultText;
  const keys = isMapping(value) ? [...new Set([...(node ? keysOf(node) : []), ...Object.keys(value)])] : [];
  return {
    diagnostics: [],
    value: {
      path: [...before, ...steps].join('.'), value,
      origin: at && value !== undefined ? { from: 'file', at } : { from: 'default', text: value === undefined ? 'not set, and no default' : text },
      ...(meta.unit === undefined ? {} : { unit: meta.unit }),
      ...(meta.description === undefined ? {} : { doc: meta.description }),
      acting: isActing(part.schema, steps),
      ...(meta.byTier === undefined ? {} : { byTier: meta.byTier }),
      ...(keys.length > 0 ? { keys } : {}),
    },
  };
};
