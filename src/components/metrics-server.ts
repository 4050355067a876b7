import { z } from 'zod';
import { deploymentReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';

/** Resource metrics for `kubectl top` and the Horizontal Pod Autoscaler. */
export const metricsServer = defineComponent({
  id: 'metrics-server',
  summary: 'Serves CPU and memory use to kubectl top and to autoscalers.',
  layer: 'platform',
  requires: ['cilium', 'coredns', 'cert-manager'],
  defaultOn: true,
  settings: z.strictObject({
    replicas: z.int().min(1).max(5).default(2).meta({ description: 'Replicas.', unit: 'pods' }),
  }),
  infra: () => ({}),
  workload: ({ settings }) => ({
    namespaces: [{ name: 'metrics-server', podSecurity: 'restricted' }],
    releases: [
      {
        kind: 'chart',
        name: 'metrics-server',
        namespace: 'metrics-server',
        chart: 'metrics-server',
        installedBy: 'gitops',
        values: {
          // The API server must know whom it asks: the chart's default skips verification.
          tls: { type: 'cert-manager' },
          apiService: { insecureSkipTLSVerify: false },
          podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
          resources: { requests: { cpu: '100m', memory: '200Mi' } },
        },
        clusterValues: { replicas: settings.replicas },
        ignoreDifferences: [{ group: 'apiregistration.k8s.io', kind: 'APIService', jsonPointers: ['/spec/caBundle'] }],
        standIn: { workloads: [{ kind: 'Deployment', name: 'metrics-server', replicas: settings.replicas, serviceAccount: 'metrics-server', port: 10250, requests: { cpu: '100m', memory: '200Mi' } }] },
      },
    ],
  }),
  network: () => [
    { from: 'metrics-server', to: 'kubelet', port: 10250, why: 'reads resource use of every node' },
    { from: 'metrics-server', to: 'kube-apiserver', port: 443, why: 'lists pods and nodes, and checks who asks' },
    { from: 'kube-apiserver', to: 'metrics-server', port: 10250, why: 'serves the aggregated metrics API' },
  ],
  alerts: () => none('covered by the generic deployment rules'),
  dashboards: () => none('the API it serves is shown by the node dashboard'),
  cost: () => none('runs on nodes that are paid already'),
  checks: [deploymentReady('metrics-server')],
});
