import type { Span } from '../diag/diagnostic.ts';
import type { ComponentEntries } from './component-settings.ts';
import type { ResolvedEnvironment } from './environments.ts';
import type { Environment, Platform } from './platform.ts';
import type { PlatformSettings } from './platform-settings.ts';
import type { RegisteredCluster } from './registrations.ts';
import { placeIn } from './registrations.ts';
import type { Step } from './yaml-place.ts';
import type { Source } from './yaml-source.ts';

/** Where every value of a loaded platform came from. Made by `load`; read through the functions of `config/`. */
export interface Sources {
  readonly platformFile: Source;
  readonly settings: PlatformSettings;
  readonly tagsFile: Source | undefined;
  readonly environments: ReadonlyMap<string, ResolvedEnvironment>;
  readonly registered: ReadonlyMap<string, RegisteredCluster>;
  readonly components: ComponentEntries;
  readonly platform: Platform;
}

/** The first of some ways below an environment that was written, its key; else `otherwise`. Pure. */
export const writtenAt = ({ environments }: Sources, environment: string, ways: readonly (readonly Step[])[], otherwise: Span): Span => {
  const origin = environments.get(environment)?.origin;
  const path = origin && ways.map((way) => [...origin.path, ...way]).find((one) => origin.source.has(one));
  return origin && path ? origin.source.span(path, 'key') : otherwise;
};

/** Where each function of an environment was asked for: its item of the list, or for the one that pages, the key that asks for that. Pure. */
export const functionsAskedAt = ({ environments }: Sources, { name: environment, at, settings }: Environment): ((name: string) => Span) => {
  const origin = environments.get(environment)?.origin;
  return (name) => {
    const item = settings.functions.findIndex((one) => one.name === name);
    const path = origin && [...origin.path, ...(item === -1 ? ['alerts', 'pagerduty', 'service_key_ssm'] : ['functions', item])];
    return origin && path && origin.source.has(path) ? origin.source.span(path, item === -1 ? 'key' : 'value') : at;
  };
};

const asked = new WeakMap<ResolvedEnvironment, Map<string, Span | undefined>>();

/** The line of an environment that asked for a component, if there is one. Clusters of an environment share it, so it is looked for once. */
const askedByEnvironment = (environment: ResolvedEnvironment, componentId: string): Span | undefined => {
  const spans = asked.get(environment) ?? new Map<string, Span | undefined>();
  asked.set(environment, spans);
  if (!spans.has(componentId)) {
    const { source, path } = environment.origin;
    const way = [...path, 'components', componentId];
    spans.set(componentId, source.has(way) ? source.span(way, 'key') : undefined);
  }
  return spans.get(componentId);
};

/** The line that asked for a component on a cluster: the cluster's own, else the environment's, else where the cluster is listed. */
export const componentAskedAt = (sources: Sources, clusterName: string, componentId: string): Span => {
  const cluster = sources.registered.get(clusterName);
  const environment = cluster && sources.environments.get(cluster.labels['environment'] ?? '');
  const own = ['spec', 'components', componentId];
  const says = cluster?.spec['components'] !== undefined && cluster.origins.some(({ source, path }) => source.has([...path, ...own]));
  if (cluster && says) return placeIn(cluster, own, 'key');
  return (environment && askedByEnvironment(environment, componentId)) ?? cluster?.at ?? environment?.origin.source.span(environment.origin.path, 'key') ?? { file: sources.platformFile.file, line: 1, column: 1 };
};
