import type { GitOps } from '../config/platform.ts';
import type { Values } from '../model/workload.ts';
import { runbookUrl } from '../model/runbook-url.ts';
import { oncePer } from '../units/once-per.ts';

/** Pages below `docs/runbooks/` for alerts of the chart that somebody is woken up for, and for the one whose silence does. The others have a page of their own project. */
const pages: Readonly<Record<string, readonly string[]>> = {
  'alertmanager-broken': ['AlertmanagerClusterCrashlooping', 'AlertmanagerClusterDown', 'AlertmanagerClusterFailedToSendAlerts', 'AlertmanagerConfigInconsistent', 'AlertmanagerFailedReload', 'AlertmanagerFailedToSendAlerts', 'AlertmanagerMembersInconsistent'],
  'apiserver-errors': ['KubeAPIDown', 'KubeAPIErrorBudgetBurn'],
  'kube-state-metrics-broken': ['KubeStateMetricsListErrors', 'KubeStateMetricsShardingMismatch', 'KubeStateMetricsShardsMissing', 'KubeStateMetricsWatchErrors'],
  'kubelet-down': ['KubeletDown'],
  'kubernetes-certificate-expires': ['KubeClientCertificateExpiration', 'KubeletClientCertificateExpiration', 'KubeletServerCertificateExpiration'],
  'node-disk-fills-up': ['NodeFilesystemAlmostOutOfFiles', 'NodeFilesystemAlmostOutOfSpace', 'NodeFilesystemFilesFillingUp', 'NodeFilesystemSpaceFillingUp'],
  'node-worn-out': ['NodeFileDescriptorLimit', 'NodeRAIDDegraded'],
  'prometheus-broken': ['PrometheusBadConfig', 'PrometheusErrorSendingAlertsToAnyAlertmanager', 'PrometheusRuleFailures', 'PrometheusTargetSyncFailure'],
  'prometheus-remote-write-behind': ['PrometheusRemoteStorageFailures', 'PrometheusRemoteWriteBehind'],
  watchdog: ['Watchdog'],
  'volume-fills-up': ['KubePersistentVolumeErrors', 'KubePersistentVolumeFillingUp', 'KubePersistentVolumeInodesFillingUp'],
};

/** The page of each of these alerts. */
export const chartRunbooks: ReadonlyMap<string, string> = new Map(Object.entries(pages).flatMap(([page, alerts]) => alerts.map((alert) => [alert, page])));

/** `defaultRules.additionalRuleAnnotations` of the chart, which keeps its own address where an alert is not named. Made once for all clusters. Pure. */
export const runbookAnnotations = oncePer((gitops: GitOps): Values => {
  const url = runbookUrl(gitops);
  return Object.fromEntries([...chartRunbooks].toSorted().map(([alert, page]) => [alert, { runbook_url: url(page) }]));
});
