import type { Cluster, Environment } from '../config/platform.ts';
import { defineComponent, none } from '../model/component.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { bindingObject, policyObject } from './admission/policy.ts';
import { clusterRules, rulesSettings, sharedRules, type RulesSettings } from './admission/rules.ts';
import { oncePer } from '../units/once-per.ts';

const id = 'admission-policies';

const sharedPolicies = sharedRules.map(policyObject);

/** Where Gatekeeper refuses, the API server's own bindings are off: one rule is held by one engine. */
const isHeldByGatekeeper = ({ components }: Cluster): boolean => (components['gatekeeper'] as { readonly enforce?: boolean } | undefined)?.enforce === true;

const objectsOf = (environment: Environment, cluster: Cluster, chosen: RulesSettings): readonly KubeObject[] => {
  const { own, all } = clusterRules(environment, cluster.tier, chosen);
  return [...own.map(policyObject), ...all.map(({ policy: { name }, mode, namespaces }) => bindingObject(name, isHeldByGatekeeper(cluster) ? 'off' : mode, namespaces))];
};

const madeFor = oncePer((_: Environment) => new Map<string, readonly KubeObject[]>());

/** Policies and bindings of one cluster: the very same objects for all clusters of an environment that are told the same, so that they are made and checked once. */
const clusterObjects = (environment: Environment, cluster: Cluster, chosen: RulesSettings): readonly KubeObject[] => {
  const known = madeFor(environment);
  const key = `${cluster.tier} ${isHeldByGatekeeper(cluster)} ${JSON.stringify(chosen)}`;
  const objects = known.get(key) ?? objectsOf(environment, cluster, chosen);
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
  settings: rulesSettings,
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
        clusterManifests: clusterObjects(environment, cluster, chosen),
      },
    ],
  }),
  network: () => [],
  alerts: () => none('a refusal is told to who is refused, and nothing that runs is touched'),
  dashboards: () => none('refusals are answers to those who are refused; the audit log keeps them'),
  cost: () => none('runs in the API server'),
  checks: [],
});
