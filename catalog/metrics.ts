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
    source: 'github.com/argoproj/argo-cd/v3@v3.4.4 controller/metrics/metrics.go; server/server.go newGRPCServer registers grpc-ecosystem/go-grpc-middleware/providers/prometheus v1.1.0 server_metrics.go (no handling-time histogram unless ARGOCD_ENABLE_GRPC_TIME_HISTOGRAM); controller/metrics/clustercollector.go; reposerver/metrics/metrics.go',
    names: [
      'argocd_app_info', 'argocd_app_sync_total', 'argocd_app_sync_duration_seconds_total', 'grpc_server_handled_total', 'argocd_app_k8s_request_total', 'argocd_app_reconcile_bucket', 'argocd_cluster_api_resource_objects',
      'argocd_cluster_connection_status', 'argocd_git_request_duration_seconds_bucket', 'argocd_git_request_total', 'argocd_repo_pending_request_total',
    ],
  },
  flux: {
    chart: 'flux2', version: '2.8.5',
    source: 'github.com/fluxcd/pkg/runtime@v0.100.4 metrics/recorder.go and controller/metrics.go, which source-controller v1.8.2, kustomize-controller v1.8.3, helm-controller v1.5.3, notification-controller v1.8.3 and the image controllers v1.1.1 use (they record the duration; gotk_reconcile_condition and gotk_suspend_status are defined there and never set); notification-controller v1.8.3 main.go with github.com/slok/go-http-metrics@v0.13.0 metrics/prometheus/prometheus.go; sigs.k8s.io/controller-runtime v0.23.3 pkg/internal/controller/metrics/metrics.go',
    names: ['gotk_reconcile_duration_seconds_count', 'gotk_reconcile_duration_seconds_bucket', 'gotk_receiver_http_request_duration_seconds_count', 'controller_runtime_reconcile_total'],
  },
  'flux-objects': {
    chart: 'kube-prometheus-stack', version: '2.20.0',
    source: 'src/components/flux-state-metrics.ts, which tells kube-state-metrics what to show; docs/metrics/extend/customresourcestate-metrics.md of v2.20.0 says how it is named',
    names: ['gotk_resource_info'],
  },
  'kube-apiserver': {
    version: '1.35.4',
    source: 'k8s.io/apiserver@v0.35.4 pkg/endpoints/metrics/metrics.go; kube-prometheus-stack drops some buckets of the histogram (values.yaml, kubeApiServer.serviceMonitor.metricRelabelings), not those of 1 and 5 seconds; pkg/admission/metrics/metrics.go, pkg/util/flowcontrol/metrics/metrics.go, pkg/storage/etcd3/metrics/metrics.go (apiserver_resource_objects took the place of apiserver_storage_objects in 1.34)',
    names: [
      'apiserver_request_total', 'apiserver_request_duration_seconds_bucket', 'apiserver_admission_webhook_admission_duration_seconds_bucket', 'apiserver_admission_webhook_rejection_count', 'apiserver_current_inflight_requests',
      'apiserver_flowcontrol_rejected_requests_total', 'apiserver_requested_deprecated_apis', 'apiserver_resource_objects',
    ],
  },
  cilium: {
    chart: 'cilium', version: '1.19.6',
    source: 'github.com/cilium/cilium@v1.19.6 pkg/metrics/metrics.go (endpoint_state; states in pkg/endpoint/endpoint.go), pkg/maps/metricsmap/metricsmap.go (forwarded and dropped); pkg/ipam/metrics/metrics.go with the namespace that operator/cmd/root.go sets; pkg/hubble/metrics/{flow,drop,dns}/handler.go; pkg/clustermesh/common/metrics.go with the subsystem of pkg/clustermesh/cell.go, and with none and the namespace of clustermesh-apiserver/kvstoremesh/root.go',
    names: [
      'cilium_clustermesh_remote_cluster_readiness_status', 'cilium_kvstoremesh_remote_cluster_failures', 'cilium_kvstoremesh_remote_cluster_readiness_status',
      'cilium_endpoint_state', 'cilium_bpf_map_pressure', 'cilium_drop_count_total', 'cilium_endpoint_regenerations_total', 'cilium_forward_bytes_total', 'cilium_policy', 'cilium_policy_endpoint_enforcement_status',
      'cilium_operator_ipam_available_ips', 'cilium_operator_ipam_available_ips_per_subnet', 'cilium_operator_ipam_needed_ips', 'cilium_operator_ipam_used_ips',
      'hubble_dns_responses_total', 'hubble_drop_total', 'hubble_flows_processed_total',
    ],
  },
  karpenter: {
    chart: 'karpenter', version: '1.14.1',
    source: 'sigs.k8s.io/karpenter@v1.14.1 pkg/controllers/metrics/pod/controller.go (stage alpha; bounds in pkg/metrics/constants.go hold 300), pkg/controllers/metrics/{node,nodepool}/controller.go, pkg/cloudprovider/metrics/cloudprovider.go, pkg/metrics/metrics.go, pkg/controllers/{state,disruption,provisioning/scheduling}/metrics.go; aws/karpenter-provider-aws v1.14.1 pkg/controllers/interruption/metrics.go',
    names: [
      'karpenter_pods_provisioning_startup_duration_seconds_count', 'karpenter_pods_provisioning_startup_duration_seconds_bucket', 'karpenter_cloudprovider_errors_total', 'karpenter_nodes_allocatable',
      'karpenter_cluster_state_node_count', 'karpenter_interruption_received_messages_total', 'karpenter_nodeclaims_created_total', 'karpenter_nodeclaims_disrupted_total', 'karpenter_nodeclaims_terminated_total',
      'karpenter_nodepools_cost_total', 'karpenter_nodepools_limit', 'karpenter_nodepools_usage', 'karpenter_scheduler_unschedulable_pods_count', 'karpenter_voluntary_disruption_decisions_total',
    ],
  },
  'ingress-nginx': {
    chart: 'ingress-nginx', version: '1.15.1',
    source: 'kubernetes/ingress-nginx helm-chart-4.15.1 internal/ingress/metric/collectors/socket.go, main.go (PrometheusNamespace)',
    names: ['nginx_ingress_controller_requests'],
  },
  keda: {
    chart: 'keda', version: '2.20.2',
    source: 'kedacore/keda v2.20.2 pkg/metricscollector/prommetrics.go (a ScaledJob has its name in the label scaledObject too)',
    names: ['keda_scaler_detail_errors_total', 'keda_scaler_metrics_value', 'keda_internal_scale_loop_latency_seconds'],
  },
  'kube-state-metrics': {
    chart: 'kube-prometheus-stack', version: '2.20.0',
    source: 'k8s.io/kube-state-metrics/v2@v2.20.0 internal/store/pod.go, node.go, daemonset.go, deployment.go, resourcequota.go, persistentvolume.go, persistentvolumeclaim.go, cronjob.go',
    names: [
      'kube_cronjob_created', 'kube_cronjob_status_last_schedule_time', 'kube_cronjob_status_last_successful_time',
      'kube_pod_status_phase', 'kube_pod_status_ready', 'kube_daemonset_status_number_unavailable', 'kube_deployment_status_replicas_available', 'kube_node_info', 'kube_node_spec_unschedulable', 'kube_node_status_allocatable',
      'kube_node_status_condition', 'kube_persistentvolume_capacity_bytes', 'kube_persistentvolume_status_phase', 'kube_persistentvolumeclaim_status_phase', 'kube_pod_container_resource_requests',
      'kube_pod_container_status_restarts_total', 'kube_resourcequota', 'kube_pod_container_status_waiting_reason', 'kube_pod_info',
    ],
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
  thanos: {
    chart: 'kube-prometheus-stack', version: '0.42.4',
    source: 'github.com/thanos-io/thanos@v0.42.4 cmd/thanos/compact.go, pkg/store/bucket.go, pkg/extprom/http/metrics.go; github.com/thanos-io/objstore objstore.go with the prefix thanos_; test/e2e/thanos.e2e.test.ts scrapes them from the program',
    names: [
      'thanos_compact_halted', 'thanos_objstore_bucket_operation_failures_total', 'thanos_objstore_bucket_operations_total', 'thanos_objstore_bucket_last_successful_upload_time', 'thanos_objstore_bucket_operation_duration_seconds_bucket',
      'thanos_bucket_store_blocks_loaded', 'http_requests_total', 'http_request_duration_seconds_bucket',
    ],
  },
  loki: {
    chart: 'loki', version: '3.7.6',
    source: 'github.com/grafana/loki/v3@v3.7.6 pkg/loki/loki.go (Server.MetricsNamespace) and github.com/grafana/dskit v0.0.0-20260209132809-8d1c6d34bb5a server/metrics.go, pkg/validation/validate.go, pkg/storage/bucket/client.go (prefix loki_ before objstore.go)',
    names: ['loki_request_duration_seconds_count', 'loki_discarded_samples_total', 'loki_objstore_bucket_operation_failures_total', 'loki_objstore_bucket_operations_total'],
  },
  'aws-load-balancer-controller': {
    chart: 'aws-load-balancer-controller', version: '3.4.3',
    source: 'kubernetes-sigs/aws-load-balancer-controller v3.4.3 go.mod (controller-runtime v0.24.1), controllers/**/*_controller.go (names of controllers); sigs.k8s.io/controller-runtime pkg/internal/controller/metrics/metrics.go, pkg/metrics/workqueue.go; v3.4.3 pkg/metrics/aws/instruments.go, pkg/metrics/lbc/instruments.go',
    names: [
      'controller_runtime_reconcile_total', 'controller_runtime_reconcile_time_seconds_bucket', 'workqueue_depth', 'aws_api_call_permission_errors_total', 'aws_api_call_throttled_errors_total', 'aws_api_calls_total',
      'awslbc_controller_reconcile_errors_total',
    ],
  },
  prometheus: {
    chart: 'kube-prometheus-stack', version: '3.14.0',
    source: 'github.com/prometheus/prometheus@v0.314.0 scrape/scrape.go (up), rules/alerting.go (ALERTS)',
    names: ['up', 'ALERTS'],
  },
  kubelet: {
    version: '1.35.4',
    source: 'k8s.io/kubernetes@v1.35.4 pkg/kubelet/metrics/metrics.go, collectors/volume_stats.go; github.com/google/cadvisor@v0.53.0, which its go.mod names, metrics/prometheus.go; kube-prometheus-stack drops others (values.yaml, kubelet.serviceMonitor.cAdvisorMetricRelabelings)',
    names: [
      'kubelet_running_pods', 'kubelet_volume_stats_available_bytes', 'kubelet_volume_stats_capacity_bytes', 'container_cpu_usage_seconds_total', 'container_memory_working_set_bytes', 'container_network_receive_bytes_total',
      'container_network_transmit_bytes_total',
    ],
  },
  'node-exporter': {
    chart: 'kube-prometheus-stack', version: '1.12.1',
    source: 'github.com/prometheus/node_exporter@v1.12.1 collector/cpu_common.go, meminfo.go, filesystem_common.go, diskstats_common.go, netdev_common.go, loadavg.go, pressure_linux.go',
    names: [
      'node_cpu_seconds_total', 'node_disk_io_time_seconds_total', 'node_filesystem_avail_bytes', 'node_filesystem_size_bytes', 'node_load1', 'node_memory_MemAvailable_bytes', 'node_memory_MemTotal_bytes',
      'node_network_receive_bytes_total', 'node_network_transmit_bytes_total', 'node_pressure_memory_waiting_seconds_total',
    ],
  },
  coredns: {
    version: '1.13.1',
    source: 'github.com/coredns/coredns@v1.13.1 plugin/metrics/vars/vars.go; the add-on of EKS is built from 1.13.2',
    names: ['coredns_dns_request_duration_seconds_bucket', 'coredns_dns_requests_total', 'coredns_dns_responses_total'],
  },
  gatekeeper: {
    chart: 'gatekeeper', version: '3.23.0',
    source: 'open-policy-agent/gatekeeper v3.23.0 pkg/audit/stats_reporter.go, prefix in pkg/metrics/exporters/prometheus',
    names: ['gatekeeper_violations', 'gatekeeper_audit_last_run_end_time'],
  },
  opencost: {
    chart: 'opencost', version: '1.120.1',
    source: 'opencost/opencost pkg/costmodel/metrics.go at v1.112.0 and at commit 02e06667 (after 1.120.1), which name the same; the source of 1.120.1 itself could not be had',
    names: ['node_total_hourly_cost', 'node_cpu_hourly_cost', 'node_ram_hourly_cost', 'container_cpu_allocation', 'container_memory_allocation_bytes'],
  },
  velero: {
    chart: 'velero', version: '1.18.1',
    source: 'velero-io/velero v1.18.1 pkg/metrics/metrics.go (a partial failure counts as one: status 0)',
    names: ['velero_backup_last_status', 'velero_backup_last_successful_timestamp', 'velero_backup_location_status_gauge'],
  },
} as const satisfies Readonly<Record<string, ExportedMetrics>>;
