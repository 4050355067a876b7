import { z } from 'zod';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { renameOrChoose } from '../diag/did-you-mean.ts';
import { problem } from '../diag/problem.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import type { ResolvedEnvironment } from './environments.ts';
import type { GitopsEngine } from './gitops-engine.ts';
import type { Origin } from './issues.ts';
import { problemsOf } from './issues.ts';
import { byText, deepFreeze, layered, mappingOr } from './plain-data.ts';
import type { RegisteredCluster } from './registrations.ts';

/** What the configuration needs to know of a component; `Component` of the model fits. */
export interface ComponentEntry {
  readonly settings: z.ZodObject;
  /** On unless the configuration says otherwise; `hub`: only on the environment's hub. */
  readonly defaultOn: boolean | 'hub';
  /** What of the environment the default hangs on; absent: nothing. */
  readonly onlyWith?: (settings: EnvironmentSettings) => boolean;
  readonly summary?: string;
  /** Part of a GitOps engine: on the clusters of that engine, and never on others. */
  readonly engine?: GitopsEngine;
}

/** Components by id. */
export type ComponentEntries = ReadonlyMap<string, ComponentEntry>;

const schemas = new WeakMap<ComponentEntry, z.ZodObject>();

/** Schema of `components.<id>`: the component's own keys, strictly, and `enabled`. Every environment asks for the same. */
export const componentSchema = (entry: ComponentEntry): z.ZodObject => {
  const schema = schemas.get(entry) ?? entry.settings.strict().extend({
    enabled: z.boolean().optional().meta({ description: entry.defaultOn === 'hub' ? 'Absent or true: on the environment\'s hub. On one cluster\'s own `spec`, true turns it on there.' : `Turns the component on or off. Absent: ${entry.defaultOn ? 'on' : 'on where any of its keys is set, else off'}.` }),
  });
  schemas.set(entry, schema);
  return schema;
};

/** What decides about a component besides what the configuration says of it: the cluster's role and engine, and its environment. */
export interface Place {
  readonly hub: boolean;
  readonly engine: GitopsEngine;
  readonly settings: EnvironmentSettings;
}

/** Whether a component is on: cluster before environment before the component's own default. `settings` are the environment's. Pure. */
export const isEnabled = (entry: ComponentEntry, environment: unknown, cluster: unknown, { hub, engine, settings }: Place): boolean => {
  if (entry.engine !== undefined && entry.engine !== engine) return false;
  const ofCluster = mappingOr(cluster)['enabled'];
  if (typeof ofCluster === 'boolean') return ofCluster;
  const ofEnvironment = mappingOr(environment)['enabled'];
  if (ofEnvironment === false) return false;
  if (ofEnvironment !== true && entry.onlyWith?.(settings) === false) return false;
  if (entry.defaultOn === 'hub') return hub;
  return ofEnvironment === true || entry.defaultOn || environment !== undefined || cluster !== undefined;
};

interface Parsed {
  readonly settings?: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

const unknownIds = (ids: Iterable<string>, entries: ComponentEntries, origin: Origin, below: readonly string[]): readonly Diagnostic[] =>
  [...ids].filter((id) => !entries.has(id)).map((id) =>
    problem('config/unknown-component', origin.source.span([...origin.path, ...below, id], 'key'), `${origin.name} sets the component "${id}", which does not exist.`, renameOrChoose(id, entries.keys(), 40)));

/** Settings of the components of one environment's clusters. Remembers what many clusters have in common. */
export interface ComponentResolver {
  /** Problems of the environment's own block, whether or not a cluster uses it. */
  readonly diagnostics: readonly Diagnostic[];
  /** Settings of all enabled components of one cluster, sorted by id, frozen; without the key `enabled`. */
  resolve(cluster: RegisteredCluster, hub: boolean, engine: GitopsEngine): { readonly components: Readonly<Record<string, unknown>>; readonly diagnostics: readonly Diagnostic[] };
}

/** Validates `components` of an environment and of its clusters against the components' own schemas. Pure apart from a cache. */
export const componentResolver = ({ raw, origin, settings }: ResolvedEnvironment, entries: ComponentEntries): ComponentResolver => {
  const schemas = new Map([...entries].sort(([a], [b]) => byText(a, b)).map(([id, entry]) => [id, { entry, schema: componentSchema(entry) }]));
  const ofEnvironment = mappingOr(raw['components']);
  const below = (id: string): Origin => ({ ...origin, path: [...origin.path, 'components', id], name: `${origin.name}.components.${id}` });

  const parse = (schema: z.ZodObject, data: unknown, origins: readonly [Origin, ...Origin[]]): Parsed => {
    const parsed = schema.safeParse(data);
    if (!parsed.success) return { diagnostics: problemsOf(parsed.error.issues, schema, data, origins) };
    const { enabled: _, ...own } = parsed.data;
    return { settings: deepFreeze(own), diagnostics: [] };
  };
  const shared = new Map<string, Parsed>();
  for (const [id, { schema }] of schemas) shared.set(id, parse(schema, ofEnvironment[id] ?? {}, [below(id)]));
  const isMissing = (d: Diagnostic): boolean => d.code === 'config/missing-key';

  return {
    diagnostics: [
      ...unknownIds(Object.keys(ofEnvironment), entries, origin, ['components']),
      ...[...shared].flatMap(([id, { diagnostics }]) => (ofEnvironment[id] === undefined ? [] : diagnostics.filter((d) => !isMissing(d)))),
    ],
    resolve(cluster, hub, engine) {
      const ofCluster = mappingOr(cluster.spec['components']);
      const diagnostics: Diagnostic[] = cluster.origins.flatMap((one) => unknownIds(Object.keys(ofCluster).filter((id) => one.source.has([...one.path, 'spec', 'components', id])), entries, one, ['spec', 'components']));
      const components: Record<string, unknown> = {};
      for (const [id, { entry, schema }] of schemas) {
        const own = ofCluster[id];
        const enabled = isEnabled(entry, ofEnvironment[id], own, { hub, engine, settings });
        const [first, ...rest] = cluster.origins.map((one): Origin => ({ ...one, path: [...one.path, 'spec', 'components', id], name: `${one.name}: components.${id}` }));
        const parsed = own === undefined || !first ? shared.get(id) : parse(schema, layered(ofEnvironment[id] ?? {}, own), [first, ...rest, below(id)]);
        if (!parsed) continue;
        diagnostics.push(...parsed.diagnostics.filter((d) => enabled || !isMissing(d)).filter(() => enabled || own !== undefined));
        if (enabled && parsed.settings !== undefined) components[id] = parsed.settings;
      }
      return { components, diagnostics };
    },
  };
};
