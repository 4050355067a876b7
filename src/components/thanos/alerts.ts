import type { Alert } from '../../model/component.ts';

const requests = (code: string): string => `sum(rate(http_requests_total{namespace="thanos",handler=~"query|query_range"${code}}[10m]))`;
const operations = (what: string): string => `sum by (namespace, pod) (rate(thanos_objstore_bucket_operation${what}[10m]))`;

/** Alerts of Thanos: of the sidecars on every cluster, and of what runs on the hub. */
export const thanosAlerts: readonly Alert[] = [
  { name: 'ThanosCompactorHalted', expr: 'max by (namespace, pod) (thanos_compact_halted) == 1', forMinutes: 5, severity: 'warning', summary: 'The compactor stopped at a block it can\'t handle: nothing is joined, downsampled or deleted any more.', runbook: 'thanos-compactor-halted' },
  { name: 'ThanosBucketOperationsFail', expr: `${operations('_failures_total')} / ${operations('s_total')} > 0.05`, forMinutes: 15, severity: 'warning', summary: 'S3 refuses more than one operation in twenty of a part of Thanos.', runbook: 'thanos-bucket-operations-fail' },
  {
    // Blocks are cut every two hours. A new Prometheus cuts its first after three: until then this waits.
    name: 'ThanosSidecarNotUploading', expr: 'time() - max by (namespace, pod) (max_over_time(thanos_objstore_bucket_last_successful_upload_time{container="thanos-sidecar"}[4h])) > 10800', forMinutes: 240, severity: 'critical',
    summary: 'Prometheus has not given a block to the bucket for hours: its metrics are lost once its own retention is over.', runbook: 'thanos-sidecar-not-uploading',
  },
  { name: 'ThanosQueryFails', expr: `${requests(',code=~"5.."')} / (${requests('')} > 0) > 0.05`, forMinutes: 15, severity: 'warning', summary: 'More than one query in twenty over all clusters fails.', runbook: 'thanos-query-fails' },
  { name: 'ThanosQuerySlow', expr: 'histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{namespace="thanos",handler="query_range"}[15m]))) > 40', forMinutes: 15, severity: 'warning', summary: 'One query in a hundred over all clusters takes more than forty seconds.', runbook: 'thanos-query-slow' },
  { name: 'ThanosStoreSlow', expr: 'histogram_quantile(0.99, sum by (pod, le) (rate(thanos_objstore_bucket_operation_duration_seconds_bucket{namespace="thanos",pod=~"thanos-store-.+"}[15m]))) > 6', forMinutes: 15, severity: 'warning', summary: 'S3 answers a store gateway slowly, and with it every query over more than the last hours.', runbook: 'thanos-query-slow' },
];
