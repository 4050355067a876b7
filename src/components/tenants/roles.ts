import type { KubeObject } from '../../units/kube-object.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const look = ['get', 'list', 'watch'];
const change = [...look, 'create', 'update', 'patch', 'delete'];
const rule = (group: string, resources: readonly string[], verbs: readonly string[]): Rule => ({ apiGroups: [group], resources, verbs });

/**
 * What a team runs. Left out on purpose: DaemonSets, which would be on every node; roles, quotas, limits and network policies, which are the
 * platform's; ExternalSecrets, whose stores hold the platform's secrets; monitors, with which Prometheus' own token can be read.
 */
const workloads = (verbs: readonly string[]): readonly Rule[] => [
  rule('', ['configmaps', 'persistentvolumeclaims', 'pods', 'serviceaccounts', 'services'], verbs),
  rule('apps', ['deployments', 'statefulsets'], verbs),
  rule('autoscaling', ['horizontalpodautoscalers'], verbs),
  rule('batch', ['cronjobs', 'jobs'], verbs),
  // Where KEDA is on. ClusterTriggerAuthentications are the platform's.
  rule('keda.sh', ['scaledjobs', 'scaledobjects', 'triggerauthentications'], verbs),
  rule('gateway.networking.k8s.io', ['grpcroutes', 'httproutes'], verbs),
  rule('networking.k8s.io', ['ingresses'], verbs),
  rule('policy', ['poddisruptionbudgets'], verbs),
];

/** What explains why something does not run. */
const explanations: readonly Rule[] = [
  rule('', ['endpoints', 'events', 'limitranges', 'pods/log', 'replicationcontrollers', 'resourcequotas'], look),
  rule('apps', ['controllerrevisions', 'replicasets'], look),
  rule('discovery.k8s.io', ['endpointslices'], look),
  rule('events.k8s.io', ['events'], look),
  rule('metrics.k8s.io', ['pods'], ['get', 'list']),
  rule('networking.k8s.io', ['networkpolicies'], look),
  rule('rbac.authorization.k8s.io', ['rolebindings', 'roles'], look),
];

const role = (name: string, rules: readonly Rule[]): KubeObject => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules });

/** What a GitOps engine may do in a team's namespaces with what stands in the team's repository. */
export const reconcilerRole = role('tenant-reconciler', [...workloads(change), rule('', ['secrets'], change), rule('apps', ['controllerrevisions', 'replicasets'], look), rule('', ['events'], look)]);

/** What members of a team may do by hand, by `access`. */
export const memberRoles = {
  view: role('tenant-viewer', [...workloads(look), ...explanations]),
  edit: role('tenant-editor', [
    ...workloads(change),
    ...explanations,
    rule('', ['secrets'], change),
    rule('', ['pods/attach', 'pods/exec', 'pods/portforward'], ['create']),
    rule('apps', ['deployments/scale', 'statefulsets/scale'], ['get', 'update', 'patch']),
  ]),
} as const;
