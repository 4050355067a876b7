import { z } from 'zod';
import { daemonSetReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { addonRelease, addonSettings } from './optional-addon.ts';

const namespace = 'kube-system';
const id = 'node-monitoring-agent';

/** Reads the logs of a node and reports faults of kernel, storage, network and GPUs as conditions of the node. */
export const nodeMonitoringAgent = defineComponent({
  id,
  summary: 'Reports faults of kernel, disks, network and GPUs as conditions of nodes; an EKS managed add-on.',
  layer: 'network',
  requires: ['cilium'],
  defaultOn: false,
  settings: z.strictObject(addonSettings),
  infra: () => ({}),
  workload: ({ settings }) => ({
    namespaces: [],
    // Its own default tolerates every taint.
    releases: [addonRelease('eks-node-monitoring-agent', namespace, settings, { workloads: [{ kind: 'DaemonSet', name: 'eks-node-monitoring-agent', serviceAccount: 'eks-node-monitoring-agent', hostNetwork: true, tolerations: 'all', requests: { cpu: '10m', memory: '30Mi' } }] })],
  }),
  network: () => [{ from: id, to: 'kube-apiserver', port: 443, why: 'writes conditions of nodes' }],
  alerts: () => none('conditions of nodes are covered by the generic node rules'),
  dashboards: () => none('shown by the node dashboard'),
  cost: () => none('free; runs on nodes that are paid already'),
  checks: [daemonSetReady(namespace, 'eks-node-monitoring-agent')],
});
