import type { Dashboard } from '../dashboard.ts';

/** What the repository says and what the clusters are. */
export const argocdSyncs: Dashboard = {
  id: 'argocd', title: 'Argo CD', folder: 'Platform', needs: ['argocd'], components: ['argocd'],
  description: 'Applications by state, syncs, and the load of controller and repository server. Runs on the hub of an environment.',
  rows: [
    {
      title: 'Applications',
      panels: [
        { title: 'By state of their sync', expr: 'count by (sync_status) (argocd_app_info)', unit: 'applications', legend: '{{sync_status}}', runbook: 'argocd-app-not-synced' },
        { title: 'Those that are not healthy', expr: 'count by (name, health_status) (argocd_app_info{health_status!="Healthy"})', unit: 'applications', kind: 'table', runbook: 'argocd-app-unhealthy' },
        { title: 'Clusters that can be reached', expr: 'sum(argocd_cluster_connection_status)', unit: 'clusters', legend: 'reached', also: [{ expr: 'count(argocd_cluster_connection_status)', legend: 'known' }] },
      ],
    },
    {
      title: 'Syncs',
      panels: [
        { title: 'By outcome', expr: 'sum by (phase) (increase(argocd_app_sync_total[$__rate_interval]))', unit: 'syncs', legend: '{{phase}}', runbook: 'argocd-sync-fails' },
        { title: 'Good ones of an hour', expr: 'sli:argocd:sync_success_rate', unit: 'percentunit', legend: '{{cluster}}', thresholds: { warning: 0.99, critical: 0.95 }, runbook: 'argocd-sync-fails' },
        { title: 'Mean time of a sync', expr: 'argocd:sync:latency', unit: 's', legend: '{{cluster}}', thresholds: { warning: 120, critical: 300 }, runbook: 'argocd-sync-slow' },
      ],
    },
    {
      title: 'Controller',
      panels: [
        { title: 'Time of a comparison', expr: 'histogram_quantile(0.95, sum by (le) (rate(argocd_app_reconcile_bucket[$__rate_interval])))', unit: 's', legend: 'p95' },
        { title: 'Calls of API servers by answer', expr: 'sum by (response_code) (rate(argocd_app_k8s_request_total[$__rate_interval]))', unit: 'reqps', legend: '{{response_code}}' },
        { title: 'Objects that are watched', expr: 'sum by (server) (argocd_cluster_api_resource_objects)', unit: 'objects', legend: '{{server}}' },
      ],
    },
    {
      title: 'Repository and API',
      panels: [
        { title: 'Git requests', expr: 'sum by (request_type) (rate(argocd_git_request_total[$__rate_interval]))', unit: 'reqps', legend: '{{request_type}}' },
        { title: 'Time of a git request', expr: 'histogram_quantile(0.95, sum by (le, request_type) (rate(argocd_git_request_duration_seconds_bucket[$__rate_interval])))', unit: 's', legend: '{{request_type}}' },
        { title: 'Waiting for the repository server', expr: 'sum(argocd_repo_pending_request_total)', unit: 'requests', legend: 'waiting' },
        { title: 'Answers of the API by code', expr: 'sum by (grpc_code) (rate(grpc_server_handled_total{namespace="argocd",container="server"}[$__rate_interval]))', unit: 'reqps', legend: '{{grpc_code}}', runbook: 'argocd-api-errors' },
      ],
    },
  ],
};
