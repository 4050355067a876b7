import { slos } from '../../rules/slos.ts';
import type { Dashboard } from '../dashboard.ts';

const [first = { prefix: '' }, ...others] = slos;
const burn = (window: '1h' | '6h', prefix: string): string => `max by (cluster) (${prefix}:burnrate${window})`;
const burns = (window: '1h' | '6h') => ({ expr: burn(window, first.prefix), legend: `${first.prefix} {{cluster}}`, also: others.map(({ prefix }) => ({ expr: burn(window, prefix), legend: `${prefix} {{cluster}}` })) });

/** What the platform promises, and what is left of its error budgets. */
export const slo: Dashboard = {
  id: 'slo', title: 'Service levels', folder: 'Platform',
  description: 'Indicators with their limits, and how fast error budgets are spent: 1 spends the whole budget in 30 days.',
  rows: [
    {
      title: 'Indicators', across: 4,
      panels: [
        { title: 'Availability', expr: 'sli:api:availability:ratio_rate1h', unit: 'percentunit', kind: 'stat', legend: '{{cluster}}', thresholds: { warning: 0.999, critical: 0.99 }, runbook: 'apiserver-errors' },
        { title: 'Latency, p95', expr: 'sli:api:latency:p95', unit: 's', kind: 'stat', legend: '{{cluster}}', thresholds: { warning: 0.5, critical: 1 }, runbook: 'apiserver-slow' },
        { title: 'Error budget left', expr: 'sli:error_budget:remaining_ratio', unit: 'percentunit', kind: 'stat', legend: '{{cluster}}', thresholds: { warning: 0.5, critical: 0.1 }, runbook: 'apiserver-errors' },
        { title: 'Good syncs', expr: 'sli:argocd:sync_success_rate', unit: 'percentunit', kind: 'stat', legend: '{{cluster}}', thresholds: { warning: 0.99, critical: 0.95 }, runbook: 'argocd-sync-fails' },
      ],
    },
    {
      title: 'Trends', across: 2,
      panels: [
        { title: 'Availability', expr: 'sli:api:availability:ratio_rate5m', unit: 'percentunit', legend: '5 min {{cluster}}', also: [{ expr: 'sli:api:availability:ratio_rate1h', legend: '1 h {{cluster}}' }], thresholds: { warning: 0.999, critical: 0.99 }, runbook: 'apiserver-errors' },
        { title: 'Latency', expr: 'sli:api:latency:p95', unit: 's', legend: 'p95 {{cluster}}', also: [{ expr: 'sli:api:latency:p99', legend: 'p99 {{cluster}}' }], thresholds: { warning: 0.5, critical: 1 }, runbook: 'apiserver-slow' },
        { title: 'Pods with a working network', expr: 'sli:cilium:endpoint_health_rate', unit: 'percentunit', legend: '{{cluster}}', thresholds: { warning: 0.99, critical: 0.98 }, runbook: 'cilium-endpoints-unhealthy' },
        { title: 'Wait for a new node, p95', expr: 'sli:karpenter:provisioning_duration_p95', unit: 's', legend: '{{cluster}}', thresholds: { warning: 180, critical: 300 }, runbook: 'karpenter-slow' },
      ],
    },
    {
      title: 'How fast error budgets are spent', across: 2,
      panels: [
        { title: 'Over an hour', unit: 'none', thresholds: { warning: 2, critical: 14.4 }, ...burns('1h') },
        { title: 'Over six hours', unit: 'none', thresholds: { warning: 1, critical: 2 }, ...burns('6h') },
      ],
    },
  ],
};
