import type { Dashboard } from '../dashboard.ts';

/** What the repository says and what the clusters of Flux are. */
export const fluxWork: Dashboard = {
  id: 'flux', title: 'Flux', folder: 'Platform', needs: ['flux'], components: ['flux'],
  description: 'Objects of Flux by state, how long it works on them, and what fails. On clusters of Flux.',
  rows: [
    {
      title: 'Objects',
      panels: [
        { title: 'By state', expr: 'count by (ready) (gotk_resource_info{ready!=""})', unit: 'objects', legend: 'ready: {{ready}}', runbook: 'flux-not-ready' },
        { title: 'By kind', expr: 'count by (customresource_kind) (gotk_resource_info)', unit: 'objects', legend: '{{customresource_kind}}' },
        { title: 'Those that are not ready', expr: 'max by (customresource_kind, namespace, name, ready) (gotk_resource_info{ready=~"False|Unknown"})', unit: 'objects', kind: 'table', runbook: 'flux-not-ready' },
        { title: 'Those that are suspended', expr: 'max by (customresource_kind, namespace, name) (gotk_resource_info{suspended="true"})', unit: 'objects', kind: 'table', runbook: 'flux-suspended' },
      ],
    },
    {
      title: 'Work',
      panels: [
        { title: 'Looks at objects', expr: 'sum by (kind) (rate(gotk_reconcile_duration_seconds_count[$__rate_interval]))', unit: 'ops', legend: '{{kind}}', runbook: 'flux-stands-still' },
        { title: 'Time of a look', expr: 'histogram_quantile(0.95, sum by (le, kind) (rate(gotk_reconcile_duration_seconds_bucket[$__rate_interval])))', unit: 's', legend: '{{kind}}' },
        { title: 'Looks that ended in an error', expr: 'sum by (controller) (rate(controller_runtime_reconcile_total{namespace="flux-system",result="error"}[$__rate_interval]))', unit: 'ops', legend: '{{controller}}', runbook: 'flux-not-ready' },
        { title: 'Webhooks by answer', expr: 'sum by (code) (increase(gotk_receiver_http_request_duration_seconds_count[$__rate_interval]))', unit: 'requests', legend: '{{code}}' },
      ],
    },
  ],
};
