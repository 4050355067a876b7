import type { ChartId } from './charts.ts';

/** Metrics of one exporter, as its pinned version names them, with the suffixes that scrapes show. */
export interface ExportedMetrics {
  /** Chart that runs the exporter; absent where EKS does. */
  readonly chart?: ChartId;
  /** Version of the program whose source was read. */
  readonly version: string;
  readonly source: string;
  readonly names: readonly string[];
}

/**
 * Every metric that rules and panels of the platform read, and no other. Read on 2026-11-25 in the source of the versions that the pinned charts
 * run, from the Go modules named; where another place was read, the source says so.
 */
export const exportedMetrics = {
  argocd: {
    chart: 'argo-cd', version: '3.4.4',
    source: 'github.com/argoproj/argo-cd/v3@v3.4.4 controller/metrics/metrics.go; server/server.go newGRPCServer registers grpc-ecosystem/go-grpc-middleware/providers/prometheus v1.1.0 server_metrics.go (no handling-time histogram unless ARGOCD_ENABLE_GRPC_TIME_HISTOGRAM)',
    names: ['argocd_app_info', 'argocd_app_sync_total', 'argocd_app_sync_duration_seconds_total', 'grpc_server_handled_total'],
  },
  'kube-apiserver': {
    version: '1.35.4',
    source: 'k8s.io/apiserver@v0.35.4 pkg/endpoints/metrics/metrics.go; kube-prometheus-stack drops some buckets of the histogram (values.yaml, kubeApiServer.serviceMonitor.metricRelabelings), not those of 1 and 5 seconds',
    names: ['apiserver_request_total', 'apiserver_request_duration_seconds_bucket'],
  },
  cilium: {
    chart: 'cilium', version: '1.19.6',
    source: 'github.com/cilium/cilium@v1.19.6 pkg/metrics/metrics.go (endpoint_state; states in pkg/endpoint/endpoint.go)',
    names: ['cilium_endpoint_state'],
  },
  karpenter: {
    chart: 'karpenter', version: '1.14.1',
    source: 'sigs.k8s.io/karpenter@v1.14.1 pkg/controllers/metrics/pod/controller.go (stage alpha; bounds in pkg/metrics/constants.go hold 300), pkg/controllers/metrics/node/controller.go, pkg/cloudprovider/metrics/cloudprovider.go',
    names: ['karpenter_pods_provisioning_startup_duration_seconds_count', 'karpenter_pods_provisioning_startup_duration_seconds_bucket', 'karpenter_cloudprovider_errors_total', 'karpenter_nodes_allocatable'],
  },
  'kube-state-metrics': {
    chart: 'kube-prometheus-stack', version: '2.20.0',
    source: 'k8s.io/kube-state-metrics/v2@v2.20.0 internal/store/pod.go, daemonset.go, deployment.go, resourcequota.go',
    names: ['kube_pod_status_phase', 'kube_pod_status_ready', 'kube_daemonset_status_number_unavailable', 'kube_deployment_status_replicas_available', 'kube_resourcequota'],
  },
  'cert-manager': {
    chart: 'cert-manager', version: '1.20.3',
    source: 'github.com/cert-manager/cert-manager@v1.20.3 internal/collectors/certificate_collector.go',
    names: ['certmanager_certificate_expiration_timestamp_seconds'],
  },
  'external-secrets': {
    chart: 'external-secrets', version: '2.8.0',
    source: 'external-secrets/external-secrets pkg/controllers/externalsecret/esmetrics/esmetrics.go at commit 172f307191a23c1eee25c3b3b201d76566516b2d; the module of 2.8.0 could not be had',
    names: ['externalsecret_status_condition'],
  },
  'aws-load-balancer-controller': {
    chart: 'aws-load-balancer-controller', version: '3.4.3',
    source: 'kubernetes-sigs/aws-load-balancer-controller v3.4.3 go.mod (controller-runtime v0.24.1), controllers/**/*_controller.go (names of controllers); sigs.k8s.io/controller-runtime pkg/internal/controller/metrics/metrics.go',
    names: ['controller_runtime_reconcile_total'],
  },
  velero: {
    chart: 'velero', version: '1.18.1',
    source: 'velero-io/velero v1.18.1 pkg/metrics/metrics.go (a partial failure counts as one: status 0)',
    names: ['velero_backup_last_status', 'velero_backup_last_successful_timestamp', 'velero_backup_location_status_gauge'],
  },
} as const satisfies Readonly<Record<string, ExportedMetrics>>;
