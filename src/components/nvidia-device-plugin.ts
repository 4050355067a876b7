import { z } from 'zod';
import { daemonSetReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';

const id = 'nvidia-device-plugin';

/** Tells Kubernetes of the GPUs of a node. Runs only where Karpenter's GPU pool puts its label. */
export const nvidiaDevicePlugin = defineComponent({
  id,
  summary: 'Offers the NVIDIA GPUs of a node to pods as nvidia.com/gpu.',
  layer: 'platform',
  requires: ['karpenter'],
  defaultOn: true,
  settings: z.strictObject({}),
  infra: () => ({}),
  workload: () => {
    const tolerations = [
      { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
      { key: 'workload-type', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
    ];
    const requests = { cpu: '10m', memory: '32Mi' };
    const nodeSelector = { 'nvidia.com/gpu.present': 'true' };
    return {
      // Device plugins talk to the kubelet through a host path.
      namespaces: [{ name: id, podSecurity: 'privileged' }],
      releases: [
        {
          kind: 'chart',
          name: id,
          namespace: id,
          chart: 'nvidia-device-plugin',
          installedBy: 'gitops',
          values: { tolerations, nodeSelector, resources: { requests } },
          clusterValues: {},
          // The second shares a GPU between processes; it runs only on nodes that ask for it.
          standIn: {
            workloads: [
              { kind: 'DaemonSet', name: id, serviceAccount: `${id}-service-account`, nodeSelector, tolerations, requests },
              { kind: 'DaemonSet', name: `${id}-mps-control-daemon`, serviceAccount: `${id}-service-account`, nodeSelector: { ...nodeSelector, 'nvidia.com/mps.capable': 'true' }, tolerations, requests },
            ],
          },
        },
      ],
    };
  },
  network: () => [],
  alerts: () => none('GPU health comes with the GPU exporter'),
  dashboards: () => none('GPU use comes with the GPU exporter'),
  cost: () => none('GPU nodes are counted by Karpenter\'s pool'),
  checks: [daemonSetReady(id, id)],
});
