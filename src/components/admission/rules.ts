import { z } from 'zod';
import { charts } from '../../../catalog/charts.ts';
import { kubectlImage } from '../../../catalog/kubernetes.ts';
import type { Environment, Tier } from '../../config/platform.ts';
import { teamHostnames } from '../../config/tenant-settings.ts';
import { namespaceOwnerLabel, platformOwner, systemNamespaces } from '../../units/wellknown.ts';
import { ingressTls, noNodePort, requiredLabels } from './others.ts';
import { allowedRegistries, hostAccess, noLatestTag, noPrivileged, resourceLimits, runAsNonRoot } from './pods.ts';
import { modes, type AdmissionPolicy, type Mode, type NamespaceRequirement } from './policy.ts';
import { teamWaysIn, type TeamHostnames } from './team-ways-in.ts';

const namespaceName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, { error: 'is not the name of a namespace' });
const exempt = z.array(namespaceName).default([]).meta({ description: 'Further namespaces that the policy leaves alone.' });
const mode = z.enum(modes).optional().meta({ description: '`off`, `warn` (the caller is told), `audit` (told, and written to the audit log) or `deny` (refused and written); that of the component when absent.' });
const policy = (description: string) => z.strictObject({ mode, exempt_namespaces: exempt }).prefault({}).meta({ description });

const labelKey = z.string().regex(/^([a-z0-9.-]+\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/, { error: 'is not the key of a label' });
/** Ends in "/", or `ghcr.io/acme` would allow `ghcr.io/acme-evil` too. */
const registry = z.string().regex(/^[a-z0-9.-]+(:\d+)?\/([\w.-]+\/)*$/, { error: 'must be a registry, or folders of one, and end in "/", such as "ghcr.io/acme/"' });

/** Settings of the rules, whichever engine holds objects to them. */
export const rulesSettings = z.strictObject({
  mode: z.enum(modes).optional().meta({ description: 'Mode of every policy that states none; `deny` in prod, `audit` in qa, else `warn`, when absent.' }),
  exempt_namespaces: exempt.meta({ description: 'Further namespaces that every policy leaves alone.' }),
  required_labels: z.strictObject({ mode, exempt_namespaces: exempt, labels: z.array(labelKey).min(1).default(['team', 'environment']).meta({ description: 'Labels that namespaces and workloads must bear.' }), namespace_labels: z.array(labelKey).default(['cluster']).meta({ description: 'Further labels that namespaces must bear.' }) }).prefault({}).meta({ description: 'Namespaces and workloads bear labels that say whose they are.' }),
  allowed_registries: z.strictObject({ mode, exempt_namespaces: exempt, registries: z.array(registry).default([]).meta({ description: 'Further registries, beside ECR of the account and what the platform\'s own charts use.', examples: [['ghcr.io/acme/']] }) }).prefault({}).meta({ description: 'Images come from known registries.' }),
  no_latest_tag: policy('Images have a tag other than `latest`, or a digest.'),
  no_privileged: policy('No container is privileged.'),
  resource_limits: policy('Containers request CPU and memory and limit memory.'),
  no_node_port: policy('No Service of type NodePort.'),
  ingress_tls: policy('Every Ingress serves its hosts over TLS.'),
  team_ways_in: policy('Teams serve only their own names (`tenants[].hostnames`), and open no load balancer to the internet.'),
  host_access: policy('Pods share no namespace, path or port with their node.'),
  run_as_non_root: policy('Containers run as a user other than root and can not become it.'),
});
export type RulesSettings = z.infer<typeof rulesSettings>;
type PolicyKey = Exclude<keyof RulesSettings, 'mode' | 'exempt_namespaces'>;

const tierMode: Readonly<Record<Tier, Mode>> = { dev: 'warn', qa: 'audit', prod: 'deny', sandbox: 'warn' };

/** Folders of the registries that the pinned charts pull from: the project's own folder, and not all of quay.io. kubectl stands in none: it alone is named. */
const chartRegistries: readonly string[] = [...new Set([...Object.values(charts).flatMap(({ images }) => images.map((image) => image.slice(0, image.lastIndexOf('/') + 1))), kubectlImage.slice(0, kubectlImage.lastIndexOf(':') + 1)])].toSorted();

/** Registries of the environment's account, in each of its regions. */
const accountRegistries = ({ accountId, partition, regions }: Environment): readonly string[] =>
  regions.map((region) => `${accountId}.dkr.ecr.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/`);

interface Limits {
  readonly labels: readonly string[];
  readonly namespaceLabels: readonly string[];
  readonly registries: readonly string[];
  readonly hostnames: TeamHostnames;
}

/** Labels, registries and names of teams that the policies of a cluster ask for; `settings` are those of this component, as planned. Pure. */
export const limitsOf = (environment: Environment, chosen: unknown): Limits => {
  const { required_labels, allowed_registries } = chosen as RulesSettings;
  return { labels: required_labels.labels, namespaceLabels: required_labels.namespace_labels, registries: [...new Set([...accountRegistries(environment), ...allowed_registries.registries, ...chartRegistries])], hostnames: teamHostnames(environment) };
};

const podSecurity = (...levels: readonly string[]): NamespaceRequirement => ({ key: 'pod-security.kubernetes.io/enforce', operator: 'NotIn', values: levels });
const notOfThePlatform: NamespaceRequirement = { key: namespaceOwnerLabel, operator: 'NotIn', values: [platformOwner] };

/**
 * Which namespaces a policy leaves alone beside those named. The platform's charts name no memory limits and no labels of ours; node agents
 * run in namespaces whose Pod Security level says so. Where the level already allows root, the policy doesn't contradict it.
 */
const leavesAlone: Readonly<Record<PolicyKey, readonly NamespaceRequirement[]>> = {
  required_labels: [notOfThePlatform],
  allowed_registries: [],
  no_latest_tag: [],
  no_privileged: [podSecurity('privileged')],
  resource_limits: [notOfThePlatform],
  no_node_port: [],
  ingress_tls: [],
  team_ways_in: [notOfThePlatform],
  host_access: [podSecurity('privileged')],
  run_as_non_root: [podSecurity('privileged', 'baseline')],
};

/** The rules that are the same everywhere. */
const fixed = { no_latest_tag: noLatestTag, no_privileged: noPrivileged, resource_limits: resourceLimits, no_node_port: noNodePort, ingress_tls: ingressTls, host_access: hostAccess, run_as_non_root: runAsNonRoot } as const;
export const sharedRules: readonly AdmissionPolicy[] = Object.values(fixed);

/** Every rule, without what an environment says: for names, and for the resources that they look at. */
export const allRules: readonly AdmissionPolicy[] = [...sharedRules, requiredLabels([], []), allowedRegistries([]), teamWaysIn({})];

/** One rule as a cluster has it. */
export interface ClusterRule {
  readonly policy: AdmissionPolicy;
  readonly mode: Mode;
  /** What namespaces must meet for it to hold there. */
  readonly namespaces: readonly NamespaceRequirement[];
}

/** The rules of a cluster: those that say what this environment asks for, and those that are the same everywhere. Pure. */
export const clusterRules = (environment: Environment, tier: Tier, chosen: RulesSettings): { readonly own: readonly AdmissionPolicy[]; readonly all: readonly ClusterRule[] } => {
  const limits = limitsOf(environment, chosen);
  const own = { required_labels: requiredLabels(limits.labels, limits.namespaceLabels), allowed_registries: allowedRegistries(limits.registries), team_ways_in: teamWaysIn(limits.hostnames) };
  const all = (Object.entries({ ...own, ...fixed }) as readonly (readonly [PolicyKey, AdmissionPolicy])[]).map(([key, policy]): ClusterRule => {
    const names = [...new Set([...systemNamespaces, ...chosen.exempt_namespaces, ...chosen[key].exempt_namespaces])].toSorted();
    return { policy, mode: chosen[key].mode ?? chosen.mode ?? tierMode[tier], namespaces: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: names }, ...leavesAlone[key]] };
  });
  return { own: Object.values(own), all };
};
