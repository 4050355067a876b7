import type { Dashboard } from '../dashboard.ts';

const disks = 'node=~"$node",fstype=~"ext4|xfs",mountpoint=~"/|/local|/var/lib/.*"';
const cards = 'node=~"$node",device=~"e(th|n).*"';

/** Machines: CPU, memory, disks, network, and what the kubelet says of them. */
export const nodes: Dashboard = {
  id: 'nodes', title: 'Nodes', folder: 'Platform', filters: ['node'],
  description: 'CPU, memory, disks and network of each node, and conditions that keep pods away.',
  rows: [
    {
      title: 'State', across: 4,
      panels: [
        { title: 'Nodes', expr: 'count(kube_node_info{node=~"$node"})', unit: 'nodes', kind: 'stat' },
        { title: 'Nodes that take no pods', expr: 'sum(kube_node_spec_unschedulable{node=~"$node"})', unit: 'nodes', kind: 'stat', thresholds: { warning: 1, critical: 5 } },
        { title: 'Bad conditions', expr: 'sum(kube_node_status_condition{condition!="Ready",status="true",node=~"$node"})', unit: 'conditions', kind: 'stat', thresholds: { warning: 1, critical: 3 } },
        { title: 'Running pods', expr: 'sum(kubelet_running_pods{job="kubelet",node=~"$node"})', unit: 'pods', kind: 'stat' },
      ],
    },
    {
      title: 'CPU and memory', across: 2,
      panels: [
        { title: 'CPU that is used', expr: 'sum by (node) (rate(node_cpu_seconds_total{node=~"$node",mode!~"idle|iowait|steal"}[$__rate_interval])) / sum by (node) (rate(node_cpu_seconds_total{node=~"$node"}[$__rate_interval]))', unit: 'percentunit', legend: '{{node}}', thresholds: { warning: 0.85, critical: 0.95 } },
        { title: 'Memory that is used', expr: '1 - sum by (node) (node_memory_MemAvailable_bytes{node=~"$node"}) / sum by (node) (node_memory_MemTotal_bytes{node=~"$node"})', unit: 'percentunit', legend: '{{node}}', thresholds: { warning: 0.85, critical: 0.95 } },
        { title: 'Load of a minute for each core', expr: 'sum by (node) (node_load1{node=~"$node"}) / count by (node) (node_cpu_seconds_total{node=~"$node",mode="idle"})', unit: 'none', legend: '{{node}}' },
        { title: 'Time in which something waited for memory', expr: 'sum by (node) (rate(node_pressure_memory_waiting_seconds_total{node=~"$node"}[$__rate_interval]))', unit: 'percentunit', legend: '{{node}}' },
      ],
    },
    {
      title: 'Disks and network', across: 2,
      panels: [
        { title: 'Full disks', expr: `1 - min by (node, mountpoint) (node_filesystem_avail_bytes{${disks}} / node_filesystem_size_bytes{${disks}})`, unit: 'percentunit', kind: 'bars', legend: '{{node}} {{mountpoint}}', thresholds: { warning: 0.8, critical: 0.9 } },
        { title: 'Busy disks', expr: 'max by (node) (rate(node_disk_io_time_seconds_total{node=~"$node"}[$__rate_interval]))', unit: 'percentunit', legend: '{{node}}', thresholds: { warning: 0.8, critical: 0.95 } },
        { title: 'Received', expr: `sum by (node) (rate(node_network_receive_bytes_total{${cards}}[$__rate_interval]))`, unit: 'Bps', legend: '{{node}}' },
        { title: 'Sent', expr: `sum by (node) (rate(node_network_transmit_bytes_total{${cards}}[$__rate_interval]))`, unit: 'Bps', legend: '{{node}}' },
      ],
    },
  ],
};
