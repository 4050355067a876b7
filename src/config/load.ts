import type { Diagnostic, Result, Span } from '../diag/diagnostic.ts';
import { renameOrChoose } from '../diag/did-you-mean.ts';
import { hasErrors, problem, tidy } from '../diag/problem.ts';
import { baseBlocks } from './base-blocks.ts';
import type { CloudfrontSettings } from './cloudfront-settings.ts';
import type { ClusterSettings } from './clusters.ts';
import { checkCluster, clusterSettings, sharedSettings } from './clusters.ts';
import type { ComponentEntries } from './component-settings.ts';
import { componentResolver } from './component-settings.ts';
import { checkGlobalStores } from './data-check.ts';
import { checkDistribution, checkEndpoints } from './edge-check.ts';
import type { Regions, ResolvedEnvironment } from './environments.ts';
import { readLock, writeLock } from './lock-file.ts';
import type { Tenant } from './lock.ts';
import { allocate } from './lock.ts';
import type { GitopsEngine } from './gitops-engine.ts';
import { imagesWithoutFlux, withoutExternalSecrets } from './git-credentials-check.ts';
import { withoutHub } from './gitops-engine.ts';
import { derivedCodes } from './mend.ts';
import { findPlaceholders } from './placeholders.ts';
import { byText, deepFreeze } from './plain-data.ts';
import type { Cluster, Environment, GitOps, Platform } from './platform.ts';
import type { PlatformSettings } from './platform-settings.ts';
import { paths } from './platform-settings.ts';
import { readFiles } from './read-files.ts';
import { readPlatform } from './read-platform.ts';
import type { RegisteredCluster } from './registrations.ts';
import { placeIn, readRegistries } from './registrations.ts';
import type { Sources } from './sources.ts';
import { readTags } from './tags.ts';
import { checkTenants } from './tenant-check.ts';

/** What the configuration is checked against and that no file says. */
export interface Facts {
  /** From `catalog/regions.json`. */
  readonly regions: Regions;
  /** Chart id → version that this version of the platform pins. Absent: the lock's pins are kept as they are. */
  readonly charts?: Readonly<Record<string, string>>;
  /** Clusters whose lock entry is thrown away, so that they get a new block and mesh id. */
  readonly reallocate?: readonly string[];
}

/** A loaded platform. */
export interface Loaded {
  readonly platform: Platform;
  /** Text `argoeks.lock.yaml` has to have; the same as before when nothing moved. */
  readonly lock: string;
  readonly sources: Sources;
}

const gitOpsOf = ({ engine, repo_url, credentials, target_revision, chart_mirror }: PlatformSettings['gitops']): GitOps => ({
  engine, repoUrl: repo_url, ...(credentials === undefined ? {} : { credentials }), targetRevision: target_revision, ...(chart_mirror === undefined ? {} : { chartMirror: chart_mirror }),
});

/** Clusters of each environment; those without one are reported. */
const byEnvironment = (clusters: readonly RegisteredCluster[], names: readonly string[]): { readonly groups: ReadonlyMap<string, readonly RegisteredCluster[]>; readonly diagnostics: readonly Diagnostic[] } => {
  const diagnostics: Diagnostic[] = [];
  const groups = new Map<string, RegisteredCluster[]>(names.map((name) => [name, []]));
  for (const cluster of clusters) {
    const name = cluster.labels['environment'];
    const group = name === undefined ? undefined : groups.get(name);
    if (group) group.push(cluster);
    else if (name === undefined) diagnostics.push(problem('config/no-environment-label', placeIn(cluster, ['labels'], 'key'), `The cluster ${cluster.name} has no label "environment".`, `Add it; its value is one of: ${names.join(', ')}.`));
    else diagnostics.push(problem('config/unknown-environment', placeIn(cluster, ['labels', 'environment']), `The cluster ${cluster.name} belongs to the environment "${name}", which platform.yaml does not define.`, renameOrChoose(name, names)));
  }
  return { groups, diagnostics };
};

const hubOf = (environment: ResolvedEnvironment, clusters: readonly RegisteredCluster[]): { readonly hub: string; readonly diagnostics: readonly Diagnostic[] } => {
  const { name } = environment.basics;
  const at = environment.origin.source.span(environment.origin.path, 'key');
  const hubs = clusters.filter((cluster) => cluster.labels['hub'] === 'true');
  const [hub, ...others] = hubs;
  const [first] = clusters;
  if (!first) return { hub: '', diagnostics: [problem('config/no-cluster', at, `The environment "${name}" has no cluster.`, `Register one in ${paths.clusters}${name}.yaml with the label environment: ${name}, or remove the environment.`)] };
  if (!hub) return { hub: '', diagnostics: [problem('config/no-hub', first.at, clusters.length === 1 ? `${first.name}, the only cluster of ${name}, is not its hub.` : `None of the ${clusters.length} clusters of ${name} is its hub.`, `Add the label hub: "true" to ${clusters.length === 1 ? 'it' : `one of them, for example ${first.name}`}.`)] };
  return { hub: hub.name, diagnostics: others.map((other) => problem('config/several-hubs', placeIn(other, ['labels', 'hub']), `${other.name} is a hub of ${name}, and so is ${hub.name}.`, `Keep the label hub: "true" on one of them.`)) };
};

interface EnvironmentParts {
  readonly environment: Environment;
  readonly diagnostics: readonly Diagnostic[];
}

const assemble = (resolved: ResolvedEnvironment, clusters: readonly RegisteredCluster[], given: { readonly facts: Facts; readonly components: ComponentEntries; readonly tags: Readonly<Record<string, string>>; readonly platformName: string; readonly gitops: Pick<GitOps, 'engine' | 'credentials'>; readonly cloudfront: CloudfrontSettings | undefined; readonly locked: ReadonlyMap<string, { readonly cidr: string; readonly mesh_id: number }>; readonly settingsOf: (cluster: RegisteredCluster) => ClusterSettings }): EnvironmentParts => {
  const { settings, basics, origin } = resolved;
  const { account_id: accountId, partition, region: primary } = settings.aws;
  const { hub, diagnostics: hubProblems } = hubOf(resolved, clusters);
  const resolver = componentResolver(resolved, given.components);
  const diagnostics: Diagnostic[] = [...hubProblems, ...resolver.diagnostics, ...checkDistribution(resolved, given.cloudfront), ...checkEndpoints(resolved, hub, clusters), ...checkGlobalStores(resolved, clusters), ...checkTenants(resolved, clusters)];
  const tags = { ...given.tags, 'argoeks:environment': basics.name, 'argoeks:platform': given.platformName };
  const built = clusters.map((cluster): Cluster => {
    const own = given.settingsOf(cluster);
    const isHub = cluster.name === hub;
    const engine = (cluster.spec['gitops_engine'] as GitopsEngine | undefined) ?? settings.gitops_engine ?? given.gitops.engine;
    const { components, diagnostics: found } = resolver.resolve(cluster, isHub, engine);
    diagnostics.push(...own.diagnostics, ...found, ...checkCluster(resolved, cluster, own.network, given.facts.regions));
    const lock = given.locked.get(cluster.name);
    return {
      name: cluster.name, environment: basics.name, tier: basics.tier, accountId, partition, region: cluster.region,
      zones: (given.facts.regions[cluster.region]?.zones ?? []).slice(0, own.network.zones),
      hub: isHub, engine, labels: cluster.labels, cidr: lock?.cidr ?? '', meshId: lock?.mesh_id ?? 0,
      kubernetes: own.kubernetes, network: own.network, nodes: own.nodes, components,
      tags: { ...tags, 'argoeks:cluster': cluster.name }, at: cluster.at,
    };
  });
  diagnostics.push(...withoutHub(hub, built), ...imagesWithoutFlux(resolved, built), ...(given.components.has('external-secrets') ? withoutExternalSecrets(settings.tenants, given.gitops.credentials, built) : []));
  const inRegistryOrder = built.toSorted((a, b) => byText(a.at.file, b.at.file) || a.at.line - b.at.line);
  return {
    environment: {
      name: basics.name, tier: basics.tier, accountId, partition, regions: [...new Set([primary, ...inRegistryOrder.map((cluster) => cluster.region)])],
      domain: settings.domain, tags, settings, ...(given.cloudfront?.enabled === true ? { cloudfront: given.cloudfront } : {}), clusters: built, hub, at: origin.source.span(origin.path, 'key'),
    },
    diagnostics: diagnostics.filter((d) => !resolved.mended || !derivedCodes.has(d.code)),
  };
};

/**
 * Turns the configuration files into the typed platform: the one entry of `config/`. `files` maps paths relative to the repository to
 * texts (`configuration/platform.yaml`, `configuration/clusters/*.yaml`, `configuration/tags.yaml`; others are ignored), `lock` is
 * the text of `argoeks.lock.yaml`, undefined when there is none. Everything that is wrong is reported at once, sorted; warnings and
 * notes may stand beside a value. Pure: reads and writes nothing. The value is frozen.
 */
export const load = (files: ReadonlyMap<string, string>, lock: string | undefined, components: ComponentEntries, facts: Facts): Result<Loaded> => {
  const read = readFiles(files);
  const locked = readLock(lock);
  const diagnostics: Diagnostic[] = [...read.diagnostics, ...locked.diagnostics];
  const registries = readRegistries(read.registries);
  diagnostics.push(...registries.diagnostics);
  if (!read.platform) return { diagnostics: tidy(diagnostics) };

  const { settings, environments, names, diagnostics: ofPlatform } = readPlatform(read.platform, facts.regions, components);
  // Without any environment, every cluster and tag set would be reported as belonging to none.
  if (names.length === 0) return { diagnostics: tidy([...diagnostics, ...ofPlatform]) };
  const tags = readTags(read.tags, names);
  const grouped = byEnvironment(registries.clusters, names);
  const bases = baseBlocks(environments.filter((one) => !one.mended));
  diagnostics.push(...ofPlatform, ...tags.diagnostics, ...bases.diagnostics);
  if (read.tags) diagnostics.push(...findPlaceholders(read.tags.value, undefined, { source: read.tags, path: [], name: '' }));
  for (const { spec, origins: [first] } of registries.clusters) diagnostics.push(...findPlaceholders(spec, undefined, { ...first, path: [...first.path, 'spec'] }));
  diagnostics.push(...grouped.diagnostics);
  // While clusters are missing from their groups, what the groups lack would be reported wrongly.
  const complete = read.complete && registries.diagnostics.length === 0 && grouped.diagnostics.length === 0;

  const tenants: Tenant[] = [];
  const settingsByCluster = new Map<string, ClusterSettings>();
  const live = environments.filter(({ built }) => built);
  for (const resolved of environments) {
    const clusters = grouped.groups.get(resolved.basics.name) ?? [];
    if (!resolved.built) {
      const at: Span = resolved.origin.source.span([...resolved.origin.path, 'features', 'infrastructure', 'eks']);
      diagnostics.push(...clusters.map((cluster) => problem('config/contradiction', cluster.at, `The cluster ${cluster.name} is registered, but features.infrastructure.eks of ${resolved.basics.name} is false (${at.file}:${at.line}:${at.column}).`, 'Remove the cluster from the registry, or the switch.')));
      continue;
    }
    const shared = sharedSettings(resolved);
    diagnostics.push(...shared.diagnostics.filter((d) => !resolved.mended || !derivedCodes.has(d.code)));
    for (const cluster of clusters) {
      const own = clusterSettings(resolved, cluster, shared);
      settingsByCluster.set(cluster.name, own);
      if (resolved.mended) continue;
      const base = bases.blocks.get(resolved.basics.name) ?? [];
      tenants.push({ cluster: cluster.name, environment: resolved.basics.name, base, prefix: own.network.vpc_prefix, at: cluster.at, baseAt: resolved.origin.source.span([...resolved.origin.path, 'base_cidr'], 'key') });
    }
  }
  const known = locked.value ?? { clusters: new Map(), charts: new Map() };
  const allocation = locked.value && complete ? allocate(tenants, known, new Set(facts.reallocate)) : { clusters: new Map<string, never>(), diagnostics: [] };
  diagnostics.push(...allocation.diagnostics);
  const pins = facts.charts ?? Object.fromEntries([...known.charts].map(([id, { version }]) => [id, version]));
  for (const [id, { version, at }] of known.charts) {
    const pin = pins[id];
    if (pin !== undefined && pin !== version) diagnostics.push(problem('lock/chart-moved', at, `The chart ${id} moves from ${version} to ${pin}.`, 'Review the change of the rendered output; `argoeks build` writes the new pin.'));
  }

  const parts = live.map((resolved) => assemble(resolved, grouped.groups.get(resolved.basics.name) ?? [], {
    facts, components, tags: tags.sets.get(resolved.basics.name) ?? {}, platformName: settings?.platform.name ?? '', gitops: settings ? gitOpsOf(settings.gitops) : { engine: 'argocd' }, cloudfront: settings?.edge[resolved.basics.name]?.cloudfront, locked: allocation.clusters,
    settingsOf: (cluster) => settingsByCluster.get(cluster.name) ?? sharedSettings(resolved),
  }));
  diagnostics.push(...parts.flatMap((part) => part.diagnostics).filter((d) => complete || !['config/no-cluster', 'config/no-hub'].includes(d.code)));
  const found = tidy(diagnostics);
  if (!settings || hasErrors(found)) return { diagnostics: found };

  const { enabled, management_account_id: managementAccountId } = settings.org;
  const organization = enabled && managementAccountId !== undefined ? { organization: { managementAccountId, settings: settings.org, at: read.platform.span(['org'], 'key') } } : {};
  const platform: Platform = deepFreeze({ name: settings.platform.name, gitops: gitOpsOf(settings.gitops), environments: parts.map((part) => part.environment), ...organization });
  const sources: Sources = {
    platformFile: read.platform, settings, tagsFile: read.tags, components, platform,
    environments: new Map(environments.map((one) => [one.basics.name, one])),
    registered: new Map(registries.clusters.map((cluster) => [cluster.name, cluster])),
  };
  return { value: { platform, lock: writeLock(allocation.clusters, new Map(Object.entries(pins))), sources }, diagnostics: found };
};
