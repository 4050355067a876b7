import type { Dashboard } from '../dashboard.ts';

const startup = 'karpenter_pods_provisioning_startup_duration_seconds_bucket';

/** Nodes that come and go. */
export const karpenterNodes: Dashboard = {
  id: 'karpenter', title: 'Karpenter', folder: 'Platform', needs: ['karpenter'], components: ['karpenter'],
  description: 'Pools and their limits, nodes launched and ended, and how long pods wait.',
  rows: [
    {
      title: 'Now', across: 4,
      panels: [
        { title: 'Nodes that Karpenter knows', expr: 'sum(karpenter_cluster_state_node_count)', unit: 'nodes', kind: 'stat' },
        { title: 'Pods that fit nowhere', expr: 'sum(karpenter_scheduler_unschedulable_pods_count)', unit: 'pods', kind: 'stat', thresholds: { warning: 1, critical: 10 }, runbook: 'karpenter-cannot-launch' },
        { title: 'Used of a pool\'s CPU limit', expr: 'max by (nodepool) (karpenter_nodepools_usage{resource_type="cpu"}) / max by (nodepool) (karpenter_nodepools_limit{resource_type="cpu"})', unit: 'percentunit', kind: 'stat', legend: '{{nodepool}}', thresholds: { warning: 0.8, critical: 0.95 } },
        { title: 'Wait for a new node', expr: 'max(sli:karpenter:provisioning_duration_p95)', unit: 's', kind: 'stat', thresholds: { warning: 180, critical: 300 }, runbook: 'karpenter-slow' },
      ],
    },
    {
      title: 'Nodes',
      panels: [
        { title: 'Launched', expr: 'sum by (nodepool, reason) (increase(karpenter_nodeclaims_created_total[$__rate_interval]))', unit: 'nodes', legend: '{{nodepool}}, {{reason}}' },
        { title: 'Ended', expr: 'sum by (nodepool) (increase(karpenter_nodeclaims_terminated_total[$__rate_interval]))', unit: 'nodes', legend: '{{nodepool}}' },
        { title: 'Disrupted by reason', expr: 'sum by (reason, capacity_type) (increase(karpenter_nodeclaims_disrupted_total[$__rate_interval]))', unit: 'nodes', legend: '{{reason}}, {{capacity_type}}' },
        { title: 'Cores by capacity', expr: 'sum by (capacity_type) (karpenter_nodes_allocatable{resource_type="cpu"})', unit: 'cores', legend: '{{capacity_type}}' },
        { title: 'Cores by instance type', expr: 'topk(15, sum by (instance_type) (karpenter_nodes_allocatable{resource_type="cpu"}))', unit: 'cores', kind: 'bars', legend: '{{instance_type}}' },
        { title: 'Interruption events', expr: 'sum by (message_type) (increase(karpenter_interruption_received_messages_total[$__rate_interval]))', unit: 'events', legend: '{{message_type}}' },
      ],
    },
    {
      title: 'Waiting',
      panels: [
        { title: 'From a pod to its start on a new node', expr: `histogram_quantile(0.95, sum by (le) (rate(${startup}[30m])))`, unit: 's', legend: 'p95', also: [{ expr: `histogram_quantile(0.5, sum by (le) (rate(${startup}[30m])))`, legend: 'p50' }], thresholds: { warning: 180, critical: 300 }, runbook: 'karpenter-slow' },
        { title: 'What EC2 refuses', expr: 'sum by (error) (rate(karpenter_cloudprovider_errors_total[$__rate_interval]))', unit: 'cps', legend: '{{error}}', runbook: 'karpenter-cannot-launch' },
        { title: 'Disruption decisions', expr: 'sum by (decision, reason) (increase(karpenter_voluntary_disruption_decisions_total[$__rate_interval]))', unit: 'decisions', legend: '{{decision}}, {{reason}}' },
      ],
    },
  ],
};
