/** Labels by which pods of pinned charts and add-ons are told from their neighbours. */
export interface PodLabels {
  readonly labels: Readonly<Record<string, string>>;
  /** Chart or add-on that makes the pods; only for those that the plan's workloads leave out (Jobs). */
  readonly alsoOf?: string;
  /** True where the pods share their node's network, which the plan's workload may say otherwise. */
  readonly hostNetwork?: boolean;
}

const named = (name: string): PodLabels => ({ labels: { 'app.kubernetes.io/name': name } });
const fluxApp = (name: string): PodLabels => ({ labels: { app: name } });
const k8sApp = (name: string): PodLabels => ({ labels: { 'k8s-app': name } });

/**
 * Pod labels by name of the workload. For every chart of `catalog/charts.ts` but those named here they were compared on 2026-11-25 with the pods that the real chart makes
 * (`tools/catalog/render-charts.ts`, default configuration and everything on; docs/verification.md). Read and not rendered:
 * - Dex and the notifications of argo-cd where the configurations rendered don't switch them on (`templates/_common.tpl`, `argo-cd.selectorLabels`)
 * - Prometheus and Alertmanager, which their operator makes (prometheus-operator v0.93.0 `pkg/apis/monitoring/v1`, "podMetadata")
 * - add-ons of EKS: CoreDNS as EKS labels it; the EBS CSI driver from its own chart at v1.59.0, rendered with that chart's defaults and not as EKS builds it
 * - KEDA, ingress-nginx, oauth2-proxy and flux2, read in the pod templates of their charts (`_helpers.tpl`, `templates/<controller>.yaml`)
 */
export const podLabels: Readonly<Record<string, PodLabels>> = {
  'argocd-application-controller': named('argocd-application-controller'),
  'argocd-server': named('argocd-server'),
  'argocd-repo-server': named('argocd-repo-server'),
  'argocd-applicationset-controller': named('argocd-applicationset-controller'),
  'argocd-dex-server': named('argocd-dex-server'),
  'argocd-notifications-controller': named('argocd-notifications-controller'),
  'argocd-redis': named('argocd-redis'),
  'argocd-redis-ha-server': { labels: { app: 'redis-ha', release: 'argocd' } },
  'argocd-redis-ha-haproxy': { labels: { app: 'redis-ha-haproxy', release: 'argocd' } },
  'argocd-redis-secret-init': { ...named('argocd-redis-secret-init'), alsoOf: 'argo-cd' },
  'source-controller': fluxApp('source-controller'),
  'kustomize-controller': fluxApp('kustomize-controller'),
  'helm-controller': fluxApp('helm-controller'),
  'notification-controller': fluxApp('notification-controller'),
  'image-reflector-controller': fluxApp('image-reflector-controller'),
  'image-automation-controller': fluxApp('image-automation-controller'),
  'aws-load-balancer-controller': named('aws-load-balancer-controller'),
  'cert-manager': named('cert-manager'),
  'cert-manager-webhook': named('webhook'),
  'cert-manager-cainjector': named('cainjector'),
  'hubble-relay': k8sApp('hubble-relay'),
  'hubble-ui': k8sApp('hubble-ui'),
  'clustermesh-apiserver': k8sApp('clustermesh-apiserver'),
  'hubble-generate-certs': { ...k8sApp('hubble-generate-certs'), alsoOf: 'cilium' },
  coredns: k8sApp('kube-dns'),
  'ebs-csi-controller': { labels: { app: 'ebs-csi-controller' } },
  'ebs-csi-node': { labels: { app: 'ebs-csi-node' }, hostNetwork: false },
  'external-dns': named('external-dns'),
  'external-secrets': named('external-secrets'),
  'external-secrets-webhook': named('external-secrets-webhook'),
  'external-secrets-cert-controller': named('external-secrets-cert-controller'),
  'ingress-nginx-controller': named('ingress-nginx'),
  karpenter: named('karpenter'),
  'keda-operator': named('keda-operator'),
  'keda-operator-metrics-apiserver': named('keda-operator-metrics-apiserver'),
  'keda-admission-webhooks': named('keda-admission-webhooks'),
  'kube-prometheus-operator': { labels: { app: 'kube-prometheus-stack-operator' } },
  'kube-prometheus-stack-grafana': named('grafana'),
  'kube-prometheus-stack-kube-state-metrics': named('kube-state-metrics'),
  'prometheus-kube-prometheus': named('prometheus'),
  'alertmanager-kube-prometheus': named('alertmanager'),
  loki: { labels: { 'app.kubernetes.io/name': 'loki', 'app.kubernetes.io/component': 'single-binary' } },
  'log-agent-agent': { labels: { 'app.kubernetes.io/name': 'opentelemetry-collector', 'app.kubernetes.io/instance': 'log-agent' } },
  'opentelemetry-collector': { labels: { 'app.kubernetes.io/name': 'opentelemetry-collector', 'app.kubernetes.io/instance': 'opentelemetry-collector' } },
  'metrics-server': named('metrics-server'),
  'oauth2-proxy': named('oauth2-proxy'),
  // Gatekeeper 3.23.0, `templates/gatekeeper-*-deployment.yaml`.
  'gatekeeper-controller-manager': { labels: { 'control-plane': 'controller-manager', 'gatekeeper.sh/system': 'yes' } },
  'gatekeeper-audit': { labels: { 'control-plane': 'audit-controller', 'gatekeeper.sh/system': 'yes' } },
};
