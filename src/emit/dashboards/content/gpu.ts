import type { Dashboard } from '../dashboard.ts';

const gpus = 'resource="nvidia_com_gpu"';

/** Who has the GPUs. How busy they are is not exported by the device plugin. */
export const gpu: Dashboard = {
  id: 'gpu', title: 'GPU', folder: 'Platform', filters: ['namespace'], needs: ['nvidia-device-plugin'], components: ['nvidia-device-plugin'],
  description: 'GPUs that nodes offer, pods hold and pods wait for. How busy a GPU is comes with an exporter of its own.',
  rows: [
    {
      title: 'Now', across: 4,
      panels: [
        { title: 'GPUs of nodes', expr: `sum(kube_node_status_allocatable{${gpus}}) or vector(0)`, unit: 'GPUs', kind: 'stat' },
        { title: 'GPUs that pods hold', expr: `sum(kube_pod_container_resource_requests{${gpus},namespace=~"$namespace"} * on (cluster, namespace, pod) group_left () (kube_pod_status_phase{phase="Running"} == 1)) or vector(0)`, unit: 'GPUs', kind: 'stat' },
        { title: 'GPUs that pods wait for', expr: `sum(kube_pod_container_resource_requests{${gpus},namespace=~"$namespace"} * on (cluster, namespace, pod) group_left () (kube_pod_status_phase{phase="Pending"} == 1)) or vector(0)`, unit: 'GPUs', kind: 'stat', thresholds: { warning: 1, critical: 8 } },
        { title: 'Idle GPUs', expr: `sum(kube_node_status_allocatable{${gpus}}) - (sum(kube_pod_container_resource_requests{${gpus}}) or vector(0)) or vector(0)`, unit: 'GPUs', kind: 'stat', thresholds: { warning: 1, critical: 8 } },
      ],
    },
    {
      title: 'Who has them', across: 2,
      panels: [
        { title: 'By namespace', expr: `sum by (namespace) (kube_pod_container_resource_requests{${gpus},namespace=~"$namespace"})`, unit: 'GPUs', legend: '{{namespace}}' },
        { title: 'By node', expr: `sum by (node) (kube_pod_container_resource_requests{${gpus},namespace=~"$namespace",node!=""})`, unit: 'GPUs', legend: '{{node}}' },
        { title: 'Pods with GPUs', expr: `sum by (cluster, namespace, pod, node) (kube_pod_container_resource_requests{${gpus},namespace=~"$namespace"})`, unit: 'GPUs', kind: 'table' },
        { title: 'GPUs of nodes by instance type', expr: 'sum by (instance_type, nodepool) (karpenter_nodes_allocatable{resource_type="nvidia.com/gpu"})', unit: 'GPUs', legend: '{{instance_type}} {{nodepool}}' },
      ],
    },
  ],
};
