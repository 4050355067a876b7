import { volumePrice } from '../../../../catalog/volume-price.ts';
import type { Dashboard } from '../dashboard.ts';

const gib = 1024 ** 3;
const hoursOfMonth = 730;

/** Money, as far as the clusters know it. `argoeks cost` estimates before anything runs, Cost Explorer has the bill. */
export const cost: Dashboard = {
  id: 'cost', title: 'Cost', folder: 'Platform', needs: ['karpenter'],
  description: 'What nodes of Karpenter cost by the prices it knows (an estimate, not the bill), and what is paid for and not asked for. Nodes of the managed group, control planes and traffic are not in it: argoeks cost has them.',
  rows: [
    {
      title: 'Now', across: 4,
      panels: [
        { title: 'Karpenter\'s nodes, an hour', expr: 'sum(karpenter_nodepools_cost_total)', unit: 'currencyUSD', kind: 'stat' },
        { title: 'Karpenter\'s nodes, a month', expr: `sum(karpenter_nodepools_cost_total) * ${hoursOfMonth}`, unit: 'currencyUSD', kind: 'stat' },
        { title: 'Volumes, a month', expr: `sum(kube_persistentvolume_capacity_bytes) / ${gib} * ${volumePrice.usdPerGibMonth}`, unit: 'currencyUSD', kind: 'stat' },
        { title: 'CPU that nobody asked for', expr: '1 - sum(kube_pod_container_resource_requests{resource="cpu"}) / sum(kube_node_status_allocatable{resource="cpu"})', unit: 'percentunit', kind: 'stat', thresholds: { warning: 0.4, critical: 0.6 } },
      ],
    },
    {
      title: 'Nodes', across: 2,
      panels: [
        { title: 'An hour by pool', expr: 'sum by (cluster, nodepool) (karpenter_nodepools_cost_total)', unit: 'currencyUSD', legend: '{{cluster}} {{nodepool}}' },
        { title: 'Cores on spot instances, of Karpenter\'s cores', expr: 'sum by (cluster) (karpenter_nodes_allocatable{resource_type="cpu",capacity_type="spot"}) / sum by (cluster) (karpenter_nodes_allocatable{resource_type="cpu",nodepool!=""})', unit: 'percentunit', legend: '{{cluster}}' },
      ],
    },
    {
      title: 'Paid for and not used', across: 2,
      panels: [
        { title: 'CPU that was asked for and is idle, by namespace', expr: 'topk(15, sum by (namespace) (kube_pod_container_resource_requests{resource="cpu"}) - sum by (namespace) (rate(container_cpu_usage_seconds_total{job="kubelet",metrics_path="/metrics/cadvisor",container!=""}[$__rate_interval])) > 0)', unit: 'cores', kind: 'bars', legend: '{{namespace}}' },
        { title: 'Memory that was asked for and is idle, by namespace', expr: 'topk(15, sum by (namespace) (kube_pod_container_resource_requests{resource="memory"}) - sum by (namespace) (container_memory_working_set_bytes{job="kubelet",metrics_path="/metrics/cadvisor",container!=""}) > 0)', unit: 'bytes', kind: 'bars', legend: '{{namespace}}' },
        { title: 'Volumes that no claim has', expr: 'sum by (cluster, phase) (kube_persistentvolume_status_phase{phase=~"Available|Released|Failed"})', unit: 'volumes', legend: '{{cluster}} {{phase}}' },
        { title: 'Nodes ended to save money', expr: 'sum by (reason) (increase(karpenter_nodeclaims_disrupted_total{reason=~"underutilized|empty"}[1h]))', unit: 'nodes', legend: '{{reason}}' },
      ],
    },
  ],
};
