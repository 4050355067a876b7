import { shortRequests } from '../../rules/slos.ts';
import type { Dashboard } from '../dashboard.ts';

/** The API server of EKS, as far as it shows itself. */
export const apiServer: Dashboard = {
  id: 'api-server', title: 'API server', folder: 'Platform',
  description: 'Requests, errors, latency, webhooks, and how much is stored. AWS runs the servers; their number and size are not to be seen.',
  rows: [
    {
      title: 'Now', across: 4,
      panels: [
        { title: 'Availability of five minutes', expr: 'min(apiserver:availability:ratio_rate5m)', unit: 'percentunit', kind: 'stat', thresholds: { warning: 0.999, critical: 0.99 }, runbook: 'apiserver-errors' },
        { title: 'Slowest of a hundred requests', expr: 'max(apiserver:latency)', unit: 's', kind: 'stat', thresholds: { warning: 1, critical: 5 }, runbook: 'apiserver-slow' },
        { title: 'Requests', expr: 'sum(rate(apiserver_request_total{job="apiserver"}[$__rate_interval]))', unit: 'reqps', kind: 'stat' },
        { title: 'Calls of APIs that will be removed', expr: 'count(apiserver_requested_deprecated_apis{job="apiserver",removed_release!=""}) or vector(0)', unit: 'APIs', kind: 'stat', thresholds: { warning: 1, critical: 5 } },
      ],
    },
    {
      title: 'Requests', across: 2,
      panels: [
        { title: 'By answer', expr: 'sum by (code) (rate(apiserver_request_total{job="apiserver"}[$__rate_interval]))', unit: 'reqps', legend: '{{code}}' },
        { title: 'Latency by verb', expr: `histogram_quantile(0.99, sum by (le, verb) (rate(apiserver_request_duration_seconds_bucket{${shortRequests}}[$__rate_interval])))`, unit: 's', legend: '{{verb}}', runbook: 'apiserver-slow' },
        { title: 'Most asked-for resources', expr: 'topk(10, sum by (resource, verb) (rate(apiserver_request_total{job="apiserver"}[$__rate_interval])))', unit: 'reqps', legend: '{{verb}} {{resource}}' },
        { title: 'In flight', expr: 'sum by (request_kind) (apiserver_current_inflight_requests{job="apiserver"})', unit: 'requests', legend: '{{request_kind}}' },
      ],
    },
    {
      title: 'Admission, limits, storage', across: 2,
      panels: [
        { title: 'Latency of webhooks', expr: 'histogram_quantile(0.99, sum by (le, name) (rate(apiserver_admission_webhook_admission_duration_seconds_bucket{job="apiserver"}[$__rate_interval])))', unit: 's', legend: '{{name}}' },
        { title: 'Refused by webhooks', expr: 'sum by (name, error_type) (increase(apiserver_admission_webhook_rejection_count{job="apiserver"}[$__rate_interval]))', unit: 'requests', legend: '{{name}} {{error_type}}' },
        { title: 'Turned away by fair queuing', expr: 'sum by (priority_level, reason) (rate(apiserver_flowcontrol_rejected_requests_total{job="apiserver"}[$__rate_interval]))', unit: 'reqps', legend: '{{priority_level}} {{reason}}' },
        { title: 'Most stored objects', expr: 'topk(15, max by (group, resource) (apiserver_resource_objects{job="apiserver"}))', unit: 'objects', kind: 'bars', legend: '{{resource}} {{group}}' },
      ],
    },
  ],
};
