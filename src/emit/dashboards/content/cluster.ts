import type { Dashboard } from '../dashboard.ts';

const cadvisor = 'job="kubelet",metrics_path="/metrics/cadvisor",container!="",namespace=~"$namespace"';

/** What runs in a cluster, by namespace. */
export const cluster: Dashboard = {
  id: 'cluster', title: 'Cluster', folder: 'Platform', filters: ['namespace'],
  description: 'Pods, their use of CPU and memory against what they asked for, volumes, and names.',
  rows: [
    {
      title: 'Pods',
      panels: [
        { title: 'Pods by phase', expr: 'sum by (phase) (kube_pod_status_phase{namespace=~"$namespace"})', unit: 'pods', legend: '{{phase}}' },
        { title: 'Containers that wait, by reason', expr: 'sum by (reason) (kube_pod_container_status_waiting_reason{namespace=~"$namespace"})', unit: 'containers', legend: '{{reason}}', runbook: 'pods-not-ready' },
        { title: 'Restarts within an hour', expr: 'topk(10, sum by (namespace, pod) (increase(kube_pod_container_status_restarts_total{namespace=~"$namespace"}[1h])) > 0)', unit: 'restarts', legend: '{{namespace}}/{{pod}}' },
      ],
    },
    {
      title: 'CPU and memory', across: 2,
      panels: [
        { title: 'CPU by namespace', expr: `topk(15, sum by (namespace) (rate(container_cpu_usage_seconds_total{${cadvisor}}[$__rate_interval])))`, unit: 'cores', legend: '{{namespace}}' },
        { title: 'Memory by namespace', expr: `topk(15, sum by (namespace) (container_memory_working_set_bytes{${cadvisor}}))`, unit: 'bytes', legend: '{{namespace}}' },
        { title: 'CPU that is used, of what was asked for', expr: `sum by (namespace) (rate(container_cpu_usage_seconds_total{${cadvisor}}[$__rate_interval])) / sum by (namespace) (kube_pod_container_resource_requests{resource="cpu",namespace=~"$namespace"})`, unit: 'percentunit', kind: 'bars', legend: '{{namespace}}' },
        { title: 'Memory that is used, of what was asked for', expr: `sum by (namespace) (container_memory_working_set_bytes{${cadvisor}}) / sum by (namespace) (kube_pod_container_resource_requests{resource="memory",namespace=~"$namespace"})`, unit: 'percentunit', kind: 'bars', legend: '{{namespace}}' },
      ],
    },
    {
      title: 'Network and volumes', across: 2,
      panels: [
        { title: 'Received by namespace', expr: 'topk(15, sum by (namespace) (rate(container_network_receive_bytes_total{job="kubelet",namespace=~"$namespace"}[$__rate_interval])))', unit: 'Bps', legend: '{{namespace}}' },
        { title: 'Sent by namespace', expr: 'topk(15, sum by (namespace) (rate(container_network_transmit_bytes_total{job="kubelet",namespace=~"$namespace"}[$__rate_interval])))', unit: 'Bps', legend: '{{namespace}}' },
        { title: 'Fullest volumes', expr: 'topk(15, 1 - max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes{namespace=~"$namespace"}) / max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{namespace=~"$namespace"}))', unit: 'percentunit', kind: 'bars', legend: '{{namespace}}/{{persistentvolumeclaim}}', thresholds: { warning: 0.8, critical: 0.95 } },
        { title: 'Claims by phase', expr: 'sum by (phase) (kube_persistentvolumeclaim_status_phase{namespace=~"$namespace"})', unit: 'claims', legend: '{{phase}}' },
      ],
    },
    {
      title: 'Names',
      panels: [
        { title: 'DNS queries by type', expr: 'sum by (type) (rate(coredns_dns_requests_total[$__rate_interval]))', unit: 'reqps', legend: '{{type}}' },
        { title: 'DNS answers by code', expr: 'sum by (rcode) (rate(coredns_dns_responses_total[$__rate_interval]))', unit: 'reqps', legend: '{{rcode}}', runbook: 'coredns-down' },
        { title: 'Time of a DNS query', expr: 'histogram_quantile(0.99, sum by (le) (rate(coredns_dns_request_duration_seconds_bucket[$__rate_interval])))', unit: 's', legend: 'p99', also: [{ expr: 'histogram_quantile(0.5, sum by (le) (rate(coredns_dns_request_duration_seconds_bucket[$__rate_interval])))', legend: 'p50' }] },
      ],
    },
  ],
};
