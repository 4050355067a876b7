import type { KubeObject } from '../../units/kube-object.ts';

/** One rule of `matchConstraints`. */
export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly ('CREATE' | 'UPDATE')[];
  readonly resources: readonly string[];
}

/** One admission policy before it is an object: what it looks at, and what must be true. Expressions are CEL. */
export interface AdmissionPolicy {
  readonly name: string;
  /** What it demands, in one sentence; becomes an annotation. */
  readonly demands: string;
  readonly resources: readonly ResourceRule[];
  /** Which requests of these resources are looked at at all. Variables are not known here. */
  readonly when: readonly { readonly name: string; readonly expression: string }[];
  readonly variables: readonly { readonly name: string; readonly expression: string }[];
  readonly validations: readonly { readonly expression: string; readonly message: string; readonly messageExpression?: string }[];
}

/** What happens to an object that a policy does not like. */
export const modes = ['off', 'warn', 'audit', 'deny'] as const;
export type Mode = (typeof modes)[number];

/** The API server refuses `Deny` together with `Warn`: a refusal is a message already. */
const actions: Readonly<Record<Mode, readonly string[]>> = { off: ['Audit'], warn: ['Warn'], audit: ['Audit', 'Warn'], deny: ['Deny', 'Audit'] };

/** A requirement on a namespace's labels. */
export interface NamespaceRequirement {
  readonly key: string;
  readonly operator: 'NotIn' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** Resources of one API group, looked at when they are made and when they change. */
export const changesOf = (group: string, resources: readonly string[]): ResourceRule => ({ apiGroups: [group], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources });

/** The policy as the API server takes it. It acts on nothing until it is bound. Pure. */
export const policyObject = ({ name, demands, resources, when, variables, validations }: AdmissionPolicy): KubeObject => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name, annotations: { 'argoeks.io/demands': demands } },
  spec: {
    failurePolicy: 'Fail',
    // Defaults of the API server are written down, so that GitOps sees no difference.
    matchConstraints: { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {}, resourceRules: resources.map((rule) => ({ ...rule, scope: '*' })) },
    ...(when.length > 0 ? { matchConditions: when } : {}),
    ...(variables.length > 0 ? { variables } : {}),
    validations,
  },
});

/** Met by no namespace: the API server gives each this label. */
export const nowhere: NamespaceRequirement = { key: 'kubernetes.io/metadata.name', operator: 'DoesNotExist' };

/**
 * What puts a policy into force in every namespace that meets the requirements. For Namespace objects their own labels count. `off` is a
 * binding that matches nothing, and not none: GitOps deletes nothing in prod, so a binding that is left out would stay in force. Pure.
 */
export const bindingObject = (policy: string, mode: Mode, namespaces: readonly NamespaceRequirement[]): KubeObject => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: policy },
  spec: {
    policyName: policy,
    validationActions: actions[mode],
    matchResources: { matchPolicy: 'Equivalent', namespaceSelector: { matchExpressions: mode === 'off' ? [nowhere] : namespaces }, objectSelector: {} },
  },
});
