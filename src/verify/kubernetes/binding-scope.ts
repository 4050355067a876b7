import { namespaceObject, namespacesOf } from '../../emit/kubernetes/namespaces.ts';
import type { ClusterPlan } from '../../model/plan.ts';
import type { NamespaceNeed } from '../../model/workload.ts';
import type { KubeObject } from '../../units/kube-object.ts';

type Labels = Readonly<Record<string, string>>;
interface BindingSpec {
  readonly policyName: string;
  readonly validationActions: readonly string[];
  readonly matchResources: { readonly namespaceSelector: { readonly matchExpressions: readonly { readonly key: string; readonly operator: 'NotIn' | 'DoesNotExist'; readonly values?: readonly string[] }[] } };
}

const meets = (labels: Labels, { key, operator, values = [] }: BindingSpec['matchResources']['namespaceSelector']['matchExpressions'][number]): boolean => {
  const value = labels[key];
  return value === undefined || (operator === 'NotIn' && !values.includes(value));
};

interface ConstraintSpec {
  readonly enforcementAction: string;
  readonly match: BindingSpec['matchResources'];
}

const everywhere: BindingSpec['matchResources'] = { namespaceSelector: { matchExpressions: [] } };

/** A binding of the API server or a constraint of Gatekeeper, where it refuses: of which policy, and in which namespaces. */
const refusing = ({ apiVersion, kind, metadata, spec }: KubeObject): readonly Pick<BindingSpec, 'policyName' | 'matchResources'>[] => {
  if (kind === 'ValidatingAdmissionPolicyBinding') {
    const { policyName, validationActions, matchResources = everywhere } = spec as Omit<BindingSpec, 'matchResources'> & Partial<BindingSpec>;
    return validationActions.includes('Deny') ? [{ policyName, matchResources }] : [];
  }
  if (!apiVersion.startsWith('constraints.gatekeeper.sh/')) return [];
  const { enforcementAction, match } = spec as ConstraintSpec;
  return enforcementAction === 'deny' ? [{ policyName: metadata.name, matchResources: match }] : [];
};

/** What is refused where on one cluster. */
export interface BindingScope {
  /** True when the policy refuses what breaks it in that namespace. */
  denies(policy: string, namespace: string): boolean;
  /** Pod Security level of a namespace of ours; undefined for those that others make. */
  levelOf(namespace: string): NamespaceNeed['podSecurity'] | undefined;
  readonly namespaces: readonly KubeObject[];
  readonly deniesAnything: boolean;
}

/** Reads the bindings that a cluster gets, with the namespaces it gets. Pure. */
export const bindingScope = (plan: ClusterPlan): BindingScope => {
  const needs = namespacesOf(plan);
  const namespaces = needs.map((need) => namespaceObject(plan, need));
  const labels = new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
  const bindings = plan.components
    .flatMap(({ workload }) => workload.releases)
    .flatMap((release) => (release.kind === 'manifests' ? [...release.manifests, ...release.clusterManifests] : []))
    .flatMap(refusing);
  const levels = new Map(needs.map(({ name, podSecurity }) => [name, podSecurity]));
  const denied = new Map<string, ReadonlySet<string>>();
  const deniedIn = (namespace: string): ReadonlySet<string> => {
    const own = { ...labels.get(namespace), 'kubernetes.io/metadata.name': namespace };
    return new Set(bindings.filter(({ matchResources }) => matchResources.namespaceSelector.matchExpressions.every((one) => meets(own, one))).map(({ policyName }) => policyName));
  };
  return {
    denies: (policy, namespace) => {
      const policies = denied.get(namespace) ?? deniedIn(namespace);
      denied.set(namespace, policies);
      return policies.has(policy);
    },
    levelOf: (namespace) => levels.get(namespace),
    namespaces,
    deniesAnything: bindings.length > 0,
  };
};
