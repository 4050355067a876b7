import { z } from 'zod';
import { componentSchema, isEnabled } from './component-settings.ts';
import { layered, mappingOr } from './plain-data.ts';
import type { Cluster } from './platform.ts';
import { paths, platformSettings, tagSettings } from './platform-settings.ts';
import { clusterSpecKeys, registeredCluster } from './registry.ts';
import { keysOf, schemaAt } from './schema-walk.ts';
import type { Sources } from './sources.ts';
import type { Step } from './yaml-place.ts';
import type { Source } from './yaml-source.ts';

/** A part of the configuration that can be walked into: its schema, its decided values, and where they may have been said. */
export interface Part {
  readonly schema: z.ZodType;
  readonly data: unknown;
  /** The strongest first. */
  readonly places: readonly { readonly source: Source; readonly path: readonly Step[] }[];
  readonly defaultText: string;
  /** Key → key of `places[0]` that decided it. */
  readonly decidedBy?: ReadonlyMap<string, readonly Step[]>;
  /** Key → the key of this part its value is computed from, where it is not set itself. */
  readonly computedFrom?: Readonly<Record<string, string>>;
}

/** Where a path leads: into a part, or nowhere from `unknown` on. */
export type Found = { readonly part: Part; readonly rest: readonly string[]; readonly before: readonly string[] } | { readonly unknown: string; readonly known: readonly string[]; readonly before: readonly string[] };

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
  const engine = cluster?.engine ?? resolved.settings.gitops_engine ?? sources.settings.gitops.engine;
  return {
    schema, data: { ...(parsed.success ? parsed.data : {}), enabled: isEnabled(entry, ofEnvironment, ofCluster, { hub, engine, settings: resolved.settings }) },
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
  if (first === 'components') {
    const data = Object.fromEntries([...sources.components.keys()].sort().map((each) => [each, componentsPart(sources, each, name, undefined)?.data]));
    const schema = schemaAt(resolved.schema, ['components']) ?? resolved.schema;
    return { part: { schema, data, places: [{ source: resolved.origin.source, path: [...resolved.origin.path, 'components'] }], defaultText: 'defaults of the components' }, rest: [], before: ['envs', name, 'components'] };
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
        schema, data: first === 'nodes' ? { size: mappingOr(registered.spec['nodes'])['size'] ?? resolved.settings.nodes.size, ...cluster.nodes } : cluster[first], defaultText: `default of tier ${cluster.tier}`,
        places: [...registered.origins.map((one) => ({ source: one.source, path: [...one.path, 'spec', first] })), { source: resolved.origin.source, path: [...resolved.origin.path, first] }],
        ...(first === 'nodes' ? { computedFrom: { instance_types: 'size', desired: 'size', max: 'desired', ...(cluster.tier === 'prod' ? { min: 'desired' } : {}) } } : {}),
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

/** The part of the configuration a path leads into, and the words left over; or the word that leads nowhere. Pure. */
export const find = (sources: Sources, [first = '', ...rest]: readonly string[]): Found => {
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
