import { z } from 'zod';
import type { Cluster, Environment } from '../config/platform.ts';
import type { Tenant } from '../config/tenant-settings.ts';
import { tenantsOn } from '../config/tenant-settings.ts';
import type { Flow } from '../model/component.ts';
import { defineComponent, none } from '../model/component.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { tenantGroup, tenantReconciler } from '../units/wellknown.ts';
import { memberRoles, reconcilerRole } from './tenants/roles.ts';
import { storeEndpoints } from './tenants/store-flows.ts';

const id = 'tenants';

const binding = (name: string, namespace: string, role: KubeObject, subjects: readonly unknown[]): KubeObject => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  // The role of a binding can't be changed: a new one takes its place.
  metadata: { name, namespace, annotations: { 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true', 'kustomize.toolkit.fluxcd.io/force': 'enabled' } },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role.metadata.name },
  subjects,
});

const group = (name: string) => ({ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name });

/** What one namespace of a team holds before the team's own repository fills it. */
const objectsOf = ({ name, groups, access, namespaces, quota, limits }: Tenant, namespace: string): readonly KubeObject[] => [
  // Engines act as this account; no pod runs as it.
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: tenantReconciler, namespace }, automountServiceAccountToken: false },
  binding(tenantReconciler, namespace, reconcilerRole, namespaces.map((one) => ({ kind: 'ServiceAccount', name: tenantReconciler, namespace: one }))),
  binding('members', namespace, memberRoles[access], [tenantGroup(name), ...groups].map(group)),
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'tenant', namespace },
    spec: {
      hard: {
        'requests.cpu': String(quota.cpu),
        'requests.memory': `${quota.memory_gib}Gi`,
        'limits.memory': `${quota.memory_gib}Gi`,
        'requests.nvidia.com/gpu': String(quota.gpus),
        'requests.storage': `${quota.storage_gib}Gi`,
        pods: String(quota.pods),
        // Ways in are the gateway's, which has its TLS and its firewall.
        'services.loadbalancers': '0',
        'services.nodeports': '0',
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'platform-priorities', namespace },
    // With one of these a team's pod would push the platform's own off their nodes.
    spec: { hard: { pods: '0' }, scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['system-cluster-critical', 'system-node-critical'] }] } },
  },
  {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'tenant', namespace },
    spec: { limits: [{ type: 'Container', defaultRequest: { cpu: limits.cpu_request, memory: limits.memory_request }, default: { memory: limits.memory_limit } }] },
  },
];

/** A team's namespaces reach one another, what the team asked for, and nobody else's. */
const flowsOf = ({ namespaces, gateway_ports, metrics_ports, egress, stores }: Tenant, environment: Environment, cluster: Cluster): readonly Flow[] => {
  const hasGateway = cluster.components['gateway-api'] !== undefined;
  // All but one are in the VPC of the hub, and let in nobody else.
  const near = stores.filter((store) => cluster.hub || store === 'aurora_global').map((store) => storeEndpoints(store, environment, cluster));
  const pods = namespaces.map((namespace) => `${id}/${namespace}`);
  return pods.flatMap((own): readonly Flow[] => [
    ...pods.map((other) => ({ from: own, to: other, port: '*' as const, why: 'pods of one team' })),
    ...gateway_ports.map((port) => ({ from: 'world', to: own, port, why: 'load balancers bring requests' })),
    ...gateway_ports.map((port) => ({ from: 'ingress-nginx', to: own, port, why: 'passes requests on' })),
    // The proxy behind the shared gateway is Cilium's own, which has an identity of its own.
    ...(hasGateway ? gateway_ports.map((port) => ({ from: 'ingress', to: own, port, why: 'the shared gateway passes requests on' })) : []),
    ...metrics_ports.map((port) => ({ from: 'kube-prometheus-stack/prometheus-kube-prometheus', to: own, port, why: 'scrapes metrics' })),
    ...egress.map((one) => (typeof one === 'string' ? { host: one, port: 443 } : one)).map(({ host, port }) => ({ from: own, to: host, port, why: 'the team asked for it' })),
    ...near.flatMap(({ names, port }) => names.map((to) => ({ from: own, to, port, why: 'a store of the environment that the team asked for' }))),
  ]);
};

/** Teams that share a cluster, kept apart: what each may use, who may do what there, and whom their pods reach. */
export const tenants = defineComponent({
  id,
  summary: 'Gives each team namespaces of its own with quota, limits, roles, an account for GitOps, and a closed network.',
  layer: 'platform',
  requires: ['cilium', 'coredns'],
  defaultOn: true,
  settings: z.strictObject({}),
  infra: () => ({}),
  workload: ({ environment, cluster }) => {
    const all = tenantsOn(environment, cluster.name);
    return {
      namespaces: all.flatMap(({ name, namespaces }) => namespaces.map((namespace) => ({ name: namespace, podSecurity: 'restricted' as const, team: name }))),
      releases:
        all.length === 0
          ? []
          : [
              {
                kind: 'manifests',
                name: id,
                namespace: 'kube-system',
                manifests: [reconcilerRole, ...Object.values(memberRoles)],
                clusterManifests: all.flatMap((tenant) => tenant.namespaces.flatMap((namespace) => objectsOf(tenant, namespace))),
              },
            ],
    };
  },
  network: ({ environment, cluster }) => tenantsOn(environment, cluster.name).flatMap((one) => flowsOf(one, environment, cluster)),
  alerts: () => none('the rules of kube-prometheus-stack tell of quotas that are nearly used'),
  dashboards: () => [
    { title: 'Share of quota in use by namespaces of teams', expr: 'kube_resourcequota{namespace=~"tenant-.*",type="used"} / ignoring(type) (kube_resourcequota{namespace=~"tenant-.*",type="hard"} > 0)', unit: 'percentunit' },
  ],
  cost: () => none('what teams run is on nodes that are counted by their pools; quotas bound it'),
  checks: [],
});
