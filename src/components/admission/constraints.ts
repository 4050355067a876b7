import type { KubeObject } from '../../units/kube-object.ts';
import type { AdmissionPolicy, Mode, NamespaceRequirement } from './policy.ts';
import { nowhere } from './policy.ts';
import type { ClusterRule } from './rules.ts';

/** Kind of the constraints of a rule: `platform-no-latest-tag` → `PlatformNoLatestTag`. */
export const constraintKind = (name: string): string => name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');

/** Definition that Gatekeeper makes for a rule's constraints. Source: open-policy-agent/frameworks `pkg/client/crds/crd_helpers.go`. */
export const constraintDefinition = (name: string): string => `${constraintKind(name).toLowerCase()}.constraints.gatekeeper.sh`;

const kinds: Readonly<Record<string, string>> = {
  namespaces: 'Namespace', pods: 'Pod', 'pods/ephemeralcontainers': 'Pod', services: 'Service', deployments: 'Deployment', statefulsets: 'StatefulSet', daemonsets: 'DaemonSet', replicasets: 'ReplicaSet',
  jobs: 'Job', cronjobs: 'CronJob', ingresses: 'Ingress', httproutes: 'HTTPRoute', grpcroutes: 'GRPCRoute',
};

/** Kind of a resource that rules look at. Throws for one that is not known: a bug. */
const kindOf = (resource: string): string => {
  const kind = kinds[resource];
  if (kind === undefined) throw new Error(`no kind for ${resource}`);
  return kind;
};

/**
 * The rule as Gatekeeper takes it: the very expressions of the API server's policy, which Gatekeeper evaluates with the API server's own code.
 * Source: Gatekeeper 3.23, `pkg/drivers/k8scel`; match conditions are its field `matchCondition`.
 */
export const templateObject = ({ name, demands, when, variables, validations }: AdmissionPolicy): KubeObject => ({
  apiVersion: 'templates.gatekeeper.sh/v1',
  kind: 'ConstraintTemplate',
  metadata: { name: constraintKind(name).toLowerCase(), annotations: { 'argoeks.io/demands': demands } },
  spec: {
    crd: { spec: { names: { kind: constraintKind(name) } } },
    targets: [
      {
        target: 'admission.k8s.gatekeeper.sh',
        code: [
          {
            engine: 'K8sNativeValidation',
            // Gatekeeper could hand the rule to the API server, which has it already.
            source: { generateVAP: false, failurePolicy: 'Fail', ...(when.length > 0 ? { matchCondition: when } : {}), ...(variables.length > 0 ? { variables } : {}), validations },
          },
        ],
      },
    ],
  },
});

/** `audit` of the API server warns too; Gatekeeper's audit looks at everything in the cluster whatever the action. */
const actions: Readonly<Record<Mode, string>> = { off: 'dryrun', warn: 'warn', audit: 'dryrun', deny: 'deny' };

/** What puts a rule into force: the same namespaces as the API server's binding. `off` matches nothing, and not enforced means that only Gatekeeper's audit looks. Pure. */
export const constraintObject = ({ policy: { name, resources }, mode, namespaces }: ClusterRule, isEnforced: boolean): KubeObject => ({
  apiVersion: 'constraints.gatekeeper.sh/v1beta1',
  kind: constraintKind(name),
  metadata: { name },
  spec: {
    enforcementAction: isEnforced ? actions[mode] : 'dryrun',
    match: {
      kinds: resources.map(({ apiGroups, resources: found }) => ({ apiGroups, kinds: [...new Set(found.map(kindOf))] })),
      namespaceSelector: { matchExpressions: (mode === 'off' ? [nowhere] : namespaces) satisfies readonly NamespaceRequirement[] },
    },
  },
});
