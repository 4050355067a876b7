import { z } from 'zod';
import { addons } from '../../catalog/addons.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { ciliumTaintKey } from '../units/wellknown.ts';

/** Cluster DNS, as an EKS add-on: Argo CD needs it before Argo CD can install anything. */
export const coredns = defineComponent({
  id: 'coredns',
  summary: 'Answers DNS queries inside the cluster; an EKS managed add-on.',
  layer: 'network',
  requires: ['cilium'],
  defaultOn: true,
  settings: z.strictObject({
    replicas: z.int().min(1).max(20).default(2).meta({ description: 'Replicas of CoreDNS.', unit: 'pods' }),
  }),
  infra: () => ({}),
  workload: ({ settings }) => ({
    namespaces: [],
    releases: [
      {
        kind: 'eks-addon',
        name: 'coredns',
        namespace: 'kube-system',
        addon: addons.coredns.name,
        configuration: {
          replicaCount: settings.replicas,
          // The list replaces the add-on's own, so its defaults are repeated.
          tolerations: [
            { key: 'CriticalAddonsOnly', operator: 'Exists' },
            { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
            { key: ciliumTaintKey, operator: 'Exists' },
          ],
        },
        standIn: { workloads: [{ kind: 'Deployment', name: 'coredns', replicas: settings.replicas, labels: { 'k8s-app': 'kube-dns' }, serviceAccount: 'coredns', requests: { cpu: '100m', memory: '70Mi' } }] },
      },
    ],
  }),
  network: () => [
    { from: 'cluster', to: 'coredns', port: 53, protocol: 'ANY', why: 'every pod and node of the cluster resolves names' },
    { from: 'coredns', to: 'kube-apiserver', port: 443, why: 'watches services and endpoints' },
    { from: 'coredns', to: 'world', port: 53, protocol: 'ANY', why: 'forwards names outside the cluster to the VPC resolver' },
  ],
  alerts: () => [{ name: 'CoreDnsDown', expr: 'kube_deployment_status_replicas_available{namespace="kube-system",deployment="coredns"} == 0', forMinutes: 5, severity: 'critical', summary: 'No CoreDNS replica is available; names do not resolve.', runbook: 'coredns-down' }],
  dashboards: () => none('one deployment, in the cluster dashboard'),
  cost: () => none('runs on nodes that are paid already'),
  checks: [deploymentReady('kube-system', 'coredns')],
});
