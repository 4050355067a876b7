import type { Alert } from '../../model/component.ts';
import type { RunbookUrl } from '../../model/runbook-url.ts';
import { alertingRule } from './rule.ts';
import type { RecordingRule, RuleGroup } from './rule.ts';
import { badShare } from './slo.ts';
import { shortRequests } from './slos.ts';

const syncs = (window: string, more = ''): string => `sum(increase(argocd_app_sync_total{project!~"tenant-.*"${more}}[${window}]))`;

/** Syncs that Argo CD finished well, as a share of all in a window; those of teams are theirs. */
const syncSuccess = (window: string): string =>
  `1 - (${syncs(window, ',phase!="Succeeded"')} or ${syncs(window)} * 0) / (${syncs(window)} > 0)`;

const requestDuration = (quantile: number): string => `histogram_quantile(${quantile}, sum by (le) (rate(apiserver_request_duration_seconds_bucket{${shortRequests}}[5m])))`;

/** One indicator: what is recorded, and which of its values are alerts. */
interface Indicator {
  readonly name: string;
  readonly records: readonly RecordingRule[];
  readonly alerts: readonly Alert[];
}

/** Service levels as dashboards show them, with plain thresholds. `sli:api` is the Kubernetes API. */
const indicators: readonly Indicator[] = [
  {
    name: 'sli:api:availability',
    records: [
      { record: 'sli:api:availability:ratio_rate5m', expr: `1 - ${badShare('apiserver:availability', '5m')}` },
      { record: 'sli:api:availability:ratio_rate1h', expr: `1 - ${badShare('apiserver:availability', '1h')}` },
    ],
    alerts: [{ name: 'SLOAvailabilityBreach', expr: 'sli:api:availability:ratio_rate5m < 0.99', forMinutes: 5, severity: 'critical', summary: 'More than one request in a hundred to the Kubernetes API fails.', runbook: 'apiserver-errors' }],
  },
  {
    name: 'sli:api:latency',
    records: [{ record: 'sli:api:latency:p95', expr: requestDuration(0.95) }, { record: 'sli:api:latency:p99', expr: requestDuration(0.99) }],
    alerts: [{ name: 'SLOLatencyBreach', expr: 'sli:api:latency:p95 > 1', forMinutes: 10, severity: 'warning', summary: 'One request in twenty to the Kubernetes API takes more than a second.', runbook: 'apiserver-slow' }],
  },
  {
    name: 'sli:error_budget',
    // A week, because Prometheus keeps fifteen days; one bad hour is no budget.
    records: [{ record: 'sli:error_budget:remaining_ratio', expr: `1 - (${badShare('apiserver:availability', '7d')}) / 0.01` }],
    alerts: [{ name: 'ErrorBudgetLow', expr: 'sli:error_budget:remaining_ratio < 0.1', forMinutes: 15, severity: 'warning', summary: 'Less than a tenth of the week\'s error budget of the Kubernetes API is left.', runbook: 'apiserver-errors' }],
  },
  {
    name: 'sli:argocd',
    records: [{ record: 'sli:argocd:sync_success_rate', expr: syncSuccess('1h') }],
    alerts: [{ name: 'ArgoCDSyncFailureRate', expr: 'sli:argocd:sync_success_rate < 0.95', forMinutes: 15, severity: 'warning', summary: 'More than one sync of Argo CD in twenty failed within the hour.', runbook: 'argocd-sync-fails' }],
  },
  {
    name: 'sli:cilium',
    records: [{ record: 'sli:cilium:endpoint_health_rate', expr: '1 - cilium:endpoint_health:bad / (cilium:endpoint_health:total > 0)' }],
    alerts: [{ name: 'CiliumEndpointHealth', expr: 'sli:cilium:endpoint_health_rate < 0.98', forMinutes: 10, severity: 'warning', summary: 'More than one pod in fifty has no working network.', runbook: 'cilium-endpoints-unhealthy' }],
  },
  {
    name: 'sli:karpenter',
    records: [{ record: 'sli:karpenter:provisioning_duration_p95', expr: 'histogram_quantile(0.95, sum by (le) (rate(karpenter_pods_provisioning_startup_duration_seconds_bucket[30m])))' }],
    alerts: [{ name: 'KarpenterSlowProvisioning', expr: 'sli:karpenter:provisioning_duration_p95 > 300', forMinutes: 10, severity: 'warning', summary: 'One pod in twenty waits more than five minutes for its new node.', runbook: 'karpenter-slow' }],
  },
];

/** Levels that are promised without a budget: what happens seldom, and how long things take. */
const thresholds: readonly Indicator[] = [
  {
    name: 'argocd:sync',
    records: [
      { record: 'argocd:sync:latency', expr: 'sum(increase(argocd_app_sync_duration_seconds_total[1h])) / (sum(increase(argocd_app_sync_total[1h])) > 0)' },
      { record: 'argocd:sync:success', expr: syncSuccess('1d') },
    ],
    alerts: [
      { name: 'ArgoCD_Sync_Latency', expr: 'argocd:sync:latency > 300', forMinutes: 15, severity: 'warning', summary: 'A sync of Argo CD takes five minutes and more on average.', runbook: 'argocd-sync-slow' },
      { name: 'ArgoCD_Sync_Success', expr: 'argocd:sync:success < 0.9', forMinutes: 60, severity: 'warning', summary: 'One sync of Argo CD in ten failed within a day.', runbook: 'argocd-sync-fails' },
    ],
  },
  {
    name: 'apiserver:latency',
    records: [{ record: 'apiserver:latency', expr: requestDuration(0.99) }],
    alerts: [{ name: 'APIServer_Latency', expr: 'apiserver:latency > 5', forMinutes: 10, severity: 'critical', summary: 'One request in a hundred to the Kubernetes API takes more than five seconds.', runbook: 'apiserver-slow' }],
  },
];

const groups = (from: readonly Indicator[], url: RunbookUrl): readonly RuleGroup[] =>
  from.map(({ name, records, alerts }) => ({ name, rules: [...records, ...alerts.map((alert) => alertingRule(alert, url))] }));

/** Groups of `sli-slo-rules`. Pure. */
export const indicatorGroups = (url: RunbookUrl): readonly RuleGroup[] => groups(indicators, url);

/** Groups that `slo-rules` has besides the objectives. Pure. */
export const thresholdGroups = (url: RunbookUrl): readonly RuleGroup[] => groups(thresholds, url);
