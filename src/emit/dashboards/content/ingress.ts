import type { Dashboard } from '../dashboard.ts';

const controller = 'namespace="aws-load-balancer-controller"';

/** The way in: whether load balancers follow their ingresses. Requests of application load balancers are metrics of CloudWatch. */
export const ingress: Dashboard = {
  id: 'ingress', title: 'Ingress', folder: 'Platform', needs: ['aws-load-balancer-controller'], components: ['aws-load-balancer-controller'],
  description: 'Whether load balancers follow ingresses and services. Requests through load balancers and their errors are alarms and metrics of CloudWatch.',
  rows: [
    {
      title: 'Load balancer controller',
      panels: [
        { title: 'Good reconciliations', expr: 'ingress:reconcile:ratio_rate5m', unit: 'percentunit', kind: 'stat', legend: '{{cluster}}', thresholds: { warning: 0.99, critical: 0.9 }, runbook: 'load-balancers-behind' },
        { title: 'Waiting objects', expr: `sum(workqueue_depth{${controller}})`, unit: 'objects', kind: 'stat', thresholds: { warning: 20, critical: 100 }, runbook: 'load-balancers-behind' },
        { title: 'Refused by AWS for want of rights', expr: `sum(increase(aws_api_call_permission_errors_total{${controller}}[1h]))`, unit: 'calls', kind: 'stat', thresholds: { warning: 1, critical: 10 }, runbook: 'load-balancers-behind' },
      ],
    },
    {
      title: 'Reconciliations',
      panels: [
        { title: 'By outcome', expr: `sum by (controller, result) (rate(controller_runtime_reconcile_total{${controller}}[$__rate_interval]))`, unit: 'ops', legend: '{{controller}} {{result}}', runbook: 'load-balancers-behind' },
        { title: 'Time', expr: `histogram_quantile(0.95, sum by (le, controller) (rate(controller_runtime_reconcile_time_seconds_bucket{${controller}}[$__rate_interval])))`, unit: 's', legend: '{{controller}}' },
        { title: 'Errors by kind', expr: `sum by (controller, error_category) (increase(awslbc_controller_reconcile_errors_total{${controller}}[$__rate_interval]))`, unit: 'errors', legend: '{{controller}} {{error_category}}', runbook: 'load-balancers-behind' },
      ],
    },
    {
      title: 'Calls of AWS', across: 2,
      panels: [
        { title: 'By service and answer', expr: `sum by (service, status_code) (rate(aws_api_calls_total{${controller}}[$__rate_interval]))`, unit: 'reqps', legend: '{{service}} {{status_code}}' },
        { title: 'Slowed down by AWS', expr: `sum by (service, operation) (increase(aws_api_call_throttled_errors_total{${controller}}[$__rate_interval]))`, unit: 'calls', legend: '{{service}} {{operation}}' },
      ],
    },
  ],
};
