import type { Dashboard } from '../dashboard.ts';

/** Every cluster on one page: what is wrong, and how full it is. */
export const overview: Dashboard = {
  id: 'platform', title: 'Platform overview', folder: 'Platform',
  description: 'All clusters that the data source knows: alerts, health, use. The source of one cluster shows that cluster; Thanos and Managed Prometheus show all.',
  rows: [
    {
      title: 'Now', across: 6,
      panels: [
        { title: 'Nodes', expr: 'sum(kube_node_info)', unit: 'nodes', kind: 'stat' },
        { title: 'Nodes not ready', expr: 'sum(kube_node_status_condition{condition="Ready",status="true"} == bool 0)', unit: 'nodes', kind: 'stat', thresholds: { warning: 1, critical: 3 } },
        { title: 'Running pods', expr: 'sum(kube_pod_status_phase{phase="Running"})', unit: 'pods', kind: 'stat' },
        { title: 'Waiting pods', expr: 'sum(kube_pod_status_phase{phase="Pending"})', unit: 'pods', kind: 'stat', thresholds: { warning: 5, critical: 20 } },
        { title: 'Critical alerts', expr: 'count(ALERTS{alertstate="firing",severity="critical"}) or vector(0)', unit: 'alerts', kind: 'stat', thresholds: { warning: 1, critical: 1.5 } },
        { title: 'Warnings', expr: 'count(ALERTS{alertstate="firing",severity="warning"}) or vector(0)', unit: 'alerts', kind: 'stat', thresholds: { warning: 1, critical: 10 } },
      ],
    },
    {
      title: 'Alerts', across: 2,
      panels: [
        { title: 'Firing alerts', expr: 'count by (cluster, severity, alertname, namespace) (ALERTS{alertstate="firing",severity=~"critical|warning"})', unit: 'alerts', kind: 'table' },
        { title: 'Alerts by severity', expr: 'count by (severity) (ALERTS{alertstate="firing",severity!="none"})', unit: 'alerts', legend: '{{severity}}' },
      ],
    },
    {
      title: 'Clusters', across: 2,
      panels: [
        { title: 'CPU that pods ask for, of what nodes have', expr: 'sum by (cluster) (kube_pod_container_resource_requests{resource="cpu"}) / sum by (cluster) (kube_node_status_allocatable{resource="cpu"})', unit: 'percentunit', legend: '{{cluster}}', thresholds: { warning: 0.85, critical: 0.95 } },
        { title: 'Memory that pods ask for, of what nodes have', expr: 'sum by (cluster) (kube_pod_container_resource_requests{resource="memory"}) / sum by (cluster) (kube_node_status_allocatable{resource="memory"})', unit: 'percentunit', legend: '{{cluster}}', thresholds: { warning: 0.85, critical: 0.95 } },
        { title: 'CPU that is used', expr: 'sum by (cluster) (rate(node_cpu_seconds_total{mode!~"idle|iowait|steal"}[$__rate_interval])) / sum by (cluster) (rate(node_cpu_seconds_total[$__rate_interval]))', unit: 'percentunit', legend: '{{cluster}}' },
        { title: 'Memory that is used', expr: '1 - sum by (cluster) (node_memory_MemAvailable_bytes) / sum by (cluster) (node_memory_MemTotal_bytes)', unit: 'percentunit', legend: '{{cluster}}' },
        { title: 'Availability of the Kubernetes API', expr: 'sli:api:availability:ratio_rate1h', unit: 'percentunit', legend: '{{cluster}}', thresholds: { warning: 0.999, critical: 0.99 }, runbook: 'apiserver-errors' },
        { title: 'Pods that run and are not ready', expr: 'cluster:pod_readiness:bad', unit: 'pods', legend: '{{cluster}}', runbook: 'pods-not-ready' },
      ],
    },
  ],
};
