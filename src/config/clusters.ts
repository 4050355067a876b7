import type { z } from 'zod';
import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { parseCidr } from '../units/cidr.ts';
import { kubernetesSettings, networkSettings, nodePresets, nodesSettings } from './cluster-settings.ts';
import type { Regions, ResolvedEnvironment } from './environments.ts';
import { checkRegion } from './environments.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import { fargateProblems } from './fargate-settings.ts';
import type { Origin } from './issues.ts';
import { problemsOf } from './issues.ts';
import { deepFreeze, layered } from './plain-data.ts';
import type { Cluster, Tier } from './platform.ts';
import type { RegisteredCluster } from './registrations.ts';
import { placeIn } from './registrations.ts';
import type { Step } from './yaml-place.ts';

/** Longest cluster name. Source: Cilium, pkg/clustermesh/types/types.go, `clusterNameMaxLength`; EKS itself allows 100. */
export const longestClusterName = 32;

/** The parts of a cluster that come from the environment and its own `spec`. */
export interface ClusterSettings extends Pick<Cluster, 'kubernetes' | 'network' | 'nodes'> {
  readonly diagnostics: readonly Diagnostic[];
}

const sections = { kubernetes: kubernetesSettings, network: networkSettings, nodes: nodesSettings } as const;
type Section = keyof typeof sections;

const schemaOf = (section: Section, tier: Tier): z.ZodType => sections[section](tier);

/** Never a block larger than this in `public_cidrs`: two halves of the internet are the internet. */
const widestPublicPrefix = 8;

const decideApi = (kubernetes: EnvironmentSettings['kubernetes'], at: (path: readonly Step[]) => Span, saidPublic: boolean): { readonly kubernetes: EnvironmentSettings['kubernetes']; readonly diagnostics: readonly Diagnostic[] } => {
  const { api } = kubernetes;
  const diagnostics: Diagnostic[] = [];
  for (const [i, text] of api.public_cidrs.entries()) {
    const parsed = parseCidr(text);
    const place = at(['kubernetes', 'api', 'public_cidrs', i]);
    if (!('cidr' in parsed)) diagnostics.push(problem('config/bad-cidr', place, `"${text}" is not an IPv4 block${parsed.problem === 'host-bits' ? ': bits are set behind its prefix' : ''}.`, 'Write a block such as 203.0.113.0/24, or a single address with /32.'));
    else if (parsed.cidr.prefix < widestPublicPrefix) diagnostics.push(problem('config/open-endpoint', place, `${text} would open the API server to ${parsed.cidr.prefix === 0 ? 'the whole internet' : 'a large part of the internet'}.`, 'Name the addresses of your offices, VPN or CI runners; nothing larger than /8 is accepted.'));
  }
  const isPublic = api.public && api.public_cidrs.length > 0;
  if (!isPublic && !api.private) diagnostics.push(problem('config/closed-endpoint', at(['kubernetes', 'api', 'private']), 'kubernetes.api.private is false and there is no public endpoint, so nobody could reach the API server.', 'Remove `private: false`, or set `public: true` with `public_cidrs`.'));
  else if (saidPublic && !isPublic) diagnostics.push(problem('config/endpoint-stays-private', at(['kubernetes', 'api', 'public']), 'kubernetes.api.public is true, but public_cidrs is empty: the endpoint stays private.', 'Name the blocks that may reach it in kubernetes.api.public_cidrs, or remove `public: true`.'));
  return { kubernetes: { ...kubernetes, api: { ...api, public: isPublic } }, diagnostics };
};

/** Graviton types carry a g behind their generation. Source: Amazon EC2 user guide, "Instance type naming conventions". */
const isArmType = (type: string): boolean => /^[a-z]+\d+[a-z]*g[a-z]*\./.test(type);

const decideNodes = (nodes: EnvironmentSettings['nodes'], tier: Tier, at: (path: readonly Step[]) => Span): { readonly nodes: Cluster['nodes']; readonly diagnostics: readonly Diagnostic[] } => {
  const preset = nodePresets[nodes.size];
  const desired = nodes.desired ?? Math.min(Math.max(preset.desired, nodes.min ?? 0), nodes.max ?? Number.POSITIVE_INFINITY);
  const min = nodes.min ?? (tier === 'prod' ? desired : Math.min(1, desired));
  const max = nodes.max ?? 3 * desired;
  const types = nodes.instance_types ?? [preset.type];
  const diagnostics: Diagnostic[] = [];
  if (min > desired || desired > max) diagnostics.push(problem('config/node-counts', at(['nodes', desired > max ? 'max' : 'min']), `nodes has min ${min}, desired ${desired} and max ${max}.`, 'Choose them so that min ≤ desired ≤ max.'));
  const arm = nodes.ami_type.includes('ARM');
  const misfit = types.find((type) => isArmType(type) !== arm);
  if (misfit !== undefined) diagnostics.push(problem('config/architecture', at(nodes.instance_types ? ['nodes', 'instance_types', types.indexOf(misfit)] : ['nodes', 'ami_type']), `${misfit} has ${arm ? 'an x86' : 'an ARM'} processor, but nodes.ami_type is ${nodes.ami_type}.`, `Choose ${arm ? 'Graviton types such as m7g.xlarge' : 'x86 types such as m5.xlarge'}, or an image of the other family.`));
  return { nodes: { instance_types: types, min, desired, max, ami_type: nodes.ami_type, disk_gib: nodes.disk_gib }, diagnostics };
};

/** Settings all clusters of an environment share when their `spec` says nothing about them. Frozen. */
export const sharedSettings = ({ settings, basics, origin, raw }: ResolvedEnvironment): ClusterSettings => {
  const at = (path: readonly Step[]): Span => origin.source.span([...origin.path, ...path]);
  const said = (raw['kubernetes'] as { readonly api?: { readonly public?: unknown } } | undefined)?.api?.public === true;
  const api = decideApi(settings.kubernetes, at, said);
  const nodes = decideNodes(settings.nodes, basics.tier, at);
  return deepFreeze({ kubernetes: api.kubernetes, network: settings.network, nodes: nodes.nodes, diagnostics: [...api.diagnostics, ...nodes.diagnostics, ...fargateProblems(api.kubernetes.fargate, at)] });
};

/** Settings of one cluster: the environment's, overridden by its `spec`. `shared` itself when it overrides nothing. Pure. */
export const clusterSettings = (environment: ResolvedEnvironment, cluster: RegisteredCluster, shared: ClusterSettings): ClusterSettings => {
  const overridden = (['kubernetes', 'network', 'nodes'] as const).filter((section) => cluster.spec[section] !== undefined);
  if (overridden.length === 0) return shared;
  const diagnostics: Diagnostic[] = [];
  const { raw, origin, basics, settings } = environment;
  const merged: Record<Section, unknown> = { kubernetes: settings.kubernetes, network: settings.network, nodes: settings.nodes };
  for (const section of overridden) {
    const schema = schemaOf(section, basics.tier);
    const data = layered(raw[section], cluster.spec[section]);
    const [first, ...rest] = cluster.origins.map((one): Origin => ({ ...one, path: [...one.path, 'spec', section], name: `${one.name}: ${section}` }));
    const parsed = schema.safeParse(data);
    if (parsed.success) merged[section] = parsed.data;
    else if (first) diagnostics.push(...problemsOf(parsed.error.issues, schema, data, [first, ...rest, { ...origin, path: [...origin.path, section], name: `${origin.name}.${section}` }]));
  }
  if (diagnostics.length > 0) return { ...shared, diagnostics };
  const at = (path: readonly Step[]): Span => {
    const own = cluster.origins.find((one) => one.source.has([...one.path, 'spec', ...path]));
    return own ? own.source.span([...own.path, 'spec', ...path]) : origin.source.span([...origin.path, ...path]);
  };
  const saidPublic = (cluster.spec['kubernetes'] as { readonly api?: { readonly public?: unknown } } | undefined)?.api?.public === true;
  const api = decideApi(merged.kubernetes as EnvironmentSettings['kubernetes'], at, saidPublic);
  const nodes = decideNodes(merged.nodes as EnvironmentSettings['nodes'], basics.tier, at);
  return deepFreeze({ kubernetes: api.kubernetes, network: merged.network as EnvironmentSettings['network'], nodes: nodes.nodes, diagnostics: [...api.diagnostics, ...nodes.diagnostics, ...fargateProblems(api.kubernetes.fargate, at)] });
};

/** Name, region and zones of a cluster. Empty when all is well. Pure. */
export const checkCluster = ({ settings, basics, mended }: ResolvedEnvironment, cluster: RegisteredCluster, network: Cluster['network'], regions: Regions): readonly Diagnostic[] => {
  const { name, region, at } = cluster;
  const diagnostics: Diagnostic[] = [];
  const prefix = settings.cluster_name_prefix;
  const wrong = (why: string, fix: string): number => diagnostics.push(problem('config/cluster-name', at, `The cluster name "${name}" ${why}.`, fix));
  if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name)) wrong('has to begin with a letter, end with a letter or digit and hold only a-z, 0-9 and -', `Rename it, for example to "${prefix}-cluster-01".`);
  else if (name.length > longestClusterName) wrong(`has ${name.length} characters; ${longestClusterName} are allowed, because it is also the Cilium cluster name`, `Shorten it, for example to "${`${prefix}-cluster-01`.slice(0, longestClusterName)}".`);
  else if (!mended && !name.startsWith(`${prefix}-`)) wrong(`does not begin with "${prefix}-"`, `Rename it, or set envs.${basics.name}.cluster_name_prefix.`);
  const regionAt = placeIn(cluster, ['region']);
  const misplaced = checkRegion(region, settings.aws.partition, regions, regionAt, `The cluster ${name}`);
  diagnostics.push(...misplaced);
  const zones = regions[region]?.zones.length ?? 0;
  if (misplaced.length === 0 && zones < network.zones) diagnostics.push(problem('config/too-few-zones', regionAt, `${region} has ${zones} availability zone${zones === 1 ? '' : 's'} for EKS, but network.zones asks for ${network.zones}.`, `Set network.zones to ${Math.max(2, zones)} for ${name} (spec.network.zones), or choose another region.`));
  return diagnostics;
};
