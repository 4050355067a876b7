import { z } from 'zod';
import { charts } from '../../catalog/charts.ts';
import type { Environment, Tier } from '../config/platform.ts';
import { defineComponent, none } from '../model/component.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { namespaceOwnerLabel, platformOwner, systemNamespaces } from '../units/wellknown.ts';
import { ingressTls, noNodePort, requiredLabels } from './admission/others.ts';
import { allowedRegistries, hostAccess, noLatestTag, noPrivileged, resourceLimits, runAsNonRoot } from './admission/pods.ts';
import { bindingObject, modes, policyObject, type Mode, type NamespaceRequirement } from './admission/policy.ts';

const id = 'admission-policies';

const namespaceName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, { error: 'is not the name of a namespace' });
const exempt = z.array(namespaceName).default([]).meta({ description: 'Further namespaces that the policy leaves alone.' });
const mode = z.enum(modes).optional().meta({ description: '`off`, `warn` (the caller is told), `audit` (told, and written to the audit log) or `deny` (refused and written); that of the component when absent.' });
const policy = (description: string) => z.strictObject({ mode, exempt_namespaces: exempt }).prefault({}).meta({ description });

const labelKey = z.string().regex(/^([a-z0-9.-]+\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/, { error: 'is not the key of a label' });
/** Ends in "/", or `ghcr.io/acme` would allow `ghcr.io/acme-evil` too. */
const registry = z.string().regex(/^[a-z0-9.-]+(:\d+)?\/([\w.-]+\/)*$/, { error: 'must be a registry, or folders of one, and end in "/", such as "ghcr.io/acme/"' });

const settings = z.strictObject({
  mode: z.enum(modes).optional().meta({ description: 'Mode of every policy that states none; `deny` in prod, `audit` in qa, else `warn`, when absent.' }),
  exempt_namespaces: exempt.meta({ description: 'Further namespaces that every policy leaves alone.' }),
  required_labels: z.strictObject({ mode, exempt_namespaces: exempt, labels: z.array(labelKey).min(1).default(['team', 'environment']).meta({ description: 'Labels that namespaces and workloads must bear.' }) }).prefault({}).meta({ description: 'Namespaces and workloads bear labels that say whose they are.' }),
  allowed_registries: z.strictObject({ mode, exempt_namespaces: exempt, registries: z.array(registry).default([]).meta({ description: 'Further registries, beside ECR of the account and what the platform\'s own charts use.', examples: [['ghcr.io/acme/']] }) }).prefault({}).meta({ description: 'Images come from known registries.' }),
  no_latest_tag: policy('Images have a tag other than `latest`, or a digest.'),
  no_privileged: policy('No container is privileged.'),
  resource_limits: policy('Containers request CPU and memory and limit memory.'),
  no_node_port: policy('No Service of type NodePort.'),
  ingress_tls: policy('Every Ingress serves its hosts over TLS.'),
  host_access: policy('Pods share no namespace, path or port with their node.'),
  run_as_non_root: policy('Containers run as a user other than root and can not become it.'),
});
type Settings = z.infer<typeof settings>;
type PolicyKey = Exclude<keyof Settings, 'mode' | 'exempt_namespaces'>;

const tierMode: Readonly<Record<Tier, Mode>> = { dev: 'warn', qa: 'audit', prod: 'deny', sandbox: 'warn' };

/** Folders of the registries that the pinned charts pull from: the project's own folder, and not all of quay.io. */
const chartRegistries: readonly string[] = [...new Set(Object.values(charts).flatMap(({ images }) => images.map((image) => image.slice(0, image.lastIndexOf('/') + 1))))].toSorted();

/** Registries of the environment's account, in each of its regions. */
const accountRegistries = ({ accountId, partition, regions }: Environment): readonly string[] =>
  regions.map((region) => `${accountId}.dkr.ecr.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/`);

/** Labels and registries that the policies of a cluster ask for; `settings` are those of this component, as planned. Pure. */
export const limitsOf = (environment: Environment, chosen: unknown): { readonly labels: readonly string[]; readonly registries: readonly string[] } => {
  const { required_labels, allowed_registries } = chosen as Settings;
  return { labels: required_labels.labels, registries: [...new Set([...accountRegistries(environment), ...allowed_registries.registries, ...chartRegistries])] };
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
  host_access: [podSecurity('privileged')],
  run_as_non_root: [podSecurity('privileged', 'baseline')],
};

const fixed = { no_latest_tag: noLatestTag, no_privileged: noPrivileged, resource_limits: resourceLimits, no_node_port: noNodePort, ingress_tls: ingressTls, host_access: hostAccess, run_as_non_root: runAsNonRoot } as const;
const sharedPolicies = Object.values(fixed).map(policyObject);

const objectsOf = (environment: Environment, tier: Tier, chosen: Settings): readonly KubeObject[] => {
  const limits = limitsOf(environment, chosen);
  const own = { required_labels: requiredLabels(limits.labels), allowed_registries: allowedRegistries(limits.registries) };
  const bindings = (Object.entries({ ...own, ...fixed }) as readonly (readonly [PolicyKey, { readonly name: string }])[]).map(([key, { name }]) => {
    const names = [...new Set([...systemNamespaces, ...chosen.exempt_namespaces, ...chosen[key].exempt_namespaces])].toSorted();
    return bindingObject(name, chosen[key].mode ?? chosen.mode ?? tierMode[tier], [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: names }, ...leavesAlone[key]]);
  });
  return [...Object.values(own).map(policyObject), ...bindings];
};

const made = new WeakMap<Environment, Map<string, readonly KubeObject[]>>();

/** Policies and bindings of one cluster: the very same objects for all clusters of an environment that are told the same, so that they are made and checked once. */
const clusterObjects = (environment: Environment, tier: Tier, chosen: Settings): readonly KubeObject[] => {
  const known = made.get(environment) ?? new Map<string, readonly KubeObject[]>();
  made.set(environment, known);
  const key = `${tier} ${JSON.stringify(chosen)}`;
  const objects = known.get(key) ?? objectsOf(environment, tier, chosen);
  known.set(key, objects);
  return objects;
};

/** Rules for what may enter the cluster, enforced by the API server itself: there is no webhook that could be down. */
export const admissionPolicies = defineComponent({
  id,
  summary: 'Refuses, or warns of, objects that break the platform\'s rules: labels, registries, tags, privileges, resources, node ports, TLS.',
  layer: 'platform',
  requires: ['cilium', 'coredns'],
  defaultOn: true,
  settings,
  infra: () => ({}),
  workload: ({ cluster, environment, settings: chosen }) => ({
    namespaces: [],
    releases: [
      {
        kind: 'manifests',
        name: id,
        // Cluster-wide objects only; an Application must name one that is there.
        namespace: 'kube-system',
        manifests: sharedPolicies,
        clusterManifests: clusterObjects(environment, cluster.tier, chosen),
      },
    ],
  }),
  network: () => [],
  alerts: () => none('a refusal is told to who is refused, and nothing that runs is touched'),
  dashboards: () => none('refusals are answers to those who are refused; the audit log keeps them'),
  cost: () => none('runs in the API server'),
  checks: [],
});
