import type { Slo } from './slo.ts';

/** Requests whose answer depends on the server alone: watches and tunnels stay open for as long as their caller wants. */
export const shortRequests = 'job="apiserver",verb=~"GET|LIST|POST|PUT|PATCH|DELETE",subresource!~"proxy|attach|log|exec|portforward"';

const argocdServer = 'namespace="argocd",container="server"';
const startup = 'karpenter_pods_provisioning_startup_duration_seconds';
const reconciled = 'controller=~"ingress|service|targetGroupBinding"';

/** What the platform promises. */
export const slos: readonly Slo[] = [
  {
    prefix: 'argocd:api:availability', ratio: 'argocd:api:availability:ratio_rate5m', objective: 0.995,
    total: `sum(rate(grpc_server_handled_total{${argocdServer}}[5m]))`,
    // Argo CD answers "Unknown" to mistakes of its callers too, such as a manifest that does not render.
    bad: `sum(rate(grpc_server_handled_total{${argocdServer},grpc_code=~"Internal|Unavailable|DataLoss|DeadlineExceeded"}[5m]))`,
    fast: { name: 'ArgoCD_API_ErrorBudgetBurn_Fast', summary: 'Argo CD\'s API fails often: at this rate its error budget of 30 days is spent in two days.' },
    slow: { name: 'ArgoCD_API_ErrorBudgetBurn_Slow', summary: 'Argo CD\'s API fails twice as often as promised, for hours.' },
    runbook: 'argocd-api-errors',
  },
  {
    prefix: 'apiserver:availability', ratio: 'apiserver:availability:ratio_rate5m', objective: 0.999,
    total: 'sum(rate(apiserver_request_total{job="apiserver"}[5m]))',
    bad: 'sum(rate(apiserver_request_total{job="apiserver",code=~"5.."}[5m]))',
    fast: { name: 'APIServer_Availability', summary: 'The Kubernetes API fails often: at this rate its error budget of 30 days is spent in two days.' },
    slow: { name: 'APIServer_ErrorBudgetBurn_Slow', summary: 'The Kubernetes API fails twice as often as promised, for hours.' },
    runbook: 'apiserver-errors',
  },
  {
    prefix: 'cilium:endpoint_health', ratio: 'cilium:endpoint_health:ratio', objective: 0.99,
    total: 'sum(cilium_endpoint_state)',
    // While an endpoint is regenerated its traffic goes on under the rules it has.
    bad: 'sum(cilium_endpoint_state{endpoint_state=~"waiting-for-identity|not-ready|invalid"})',
    fast: { name: 'Cilium_EndpointHealth_Fast', summary: 'Many pods have no working network: Cilium can\'t bring their endpoints up.' },
    slow: { name: 'Cilium_EndpointHealth_Slow', summary: 'For hours more pods than promised have no working network.' },
    runbook: 'cilium-endpoints-unhealthy',
  },
  {
    prefix: 'karpenter:startup', ratio: 'karpenter:startup:ratio_rate5m', objective: 0.95,
    total: `sum(rate(${startup}_count[5m]))`,
    // Prometheus 3 writes bounds as numbers with a fraction; older ones kept the exporter's spelling.
    bad: `sum(rate(${startup}_count[5m])) - sum(rate(${startup}_bucket{le=~"300|300.0"}[5m]))`,
    fast: { name: 'Karpenter_Startup_Fast', summary: 'Most pods that wait for a new node take more than five minutes to start.' },
    slow: { name: 'Karpenter_Startup_Slow', summary: 'For hours more than one pod in ten that waits for a new node takes more than five minutes to start.' },
    runbook: 'karpenter-slow',
  },
  {
    prefix: 'cluster:pod_readiness', ratio: 'cluster:pod_readiness', objective: 0.99,
    total: 'sum(kube_pod_status_phase{phase="Running"})',
    // Only running pods are ready; finished ones count as neither.
    bad: 'clamp_min(sum(kube_pod_status_phase{phase="Running"}) - sum(kube_pod_status_ready{condition="true"}), 0)',
    fast: { name: 'PodReadiness_Fast', summary: 'Many running pods are not ready.' },
    slow: { name: 'PodReadiness_Slow', summary: 'For hours more running pods than promised are not ready.' },
    runbook: 'pods-not-ready',
  },
  {
    prefix: 'ingress:reconcile', ratio: 'ingress:reconcile:ratio_rate5m', objective: 0.99,
    total: `sum(rate(controller_runtime_reconcile_total{namespace="aws-load-balancer-controller",${reconciled}}[5m]))`,
    bad: `sum(rate(controller_runtime_reconcile_total{namespace="aws-load-balancer-controller",${reconciled},result="error"}[5m]))`,
    fast: { name: 'Ingress_Reconcile_Fast', summary: 'Load balancers do not follow their ingresses and services: AWS or the API refuses the changes.' },
    slow: { name: 'Ingress_Reconcile_Slow', summary: 'For hours changes of load balancers fail more often than promised.' },
    runbook: 'load-balancers-behind',
  },
];
