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
 * Pod labels by name of the workload. Read on 2026-11-25 in the pod templates of the charts as `catalog/charts.ts` pins them; helpers named
 * here decide the labels:
 * - argo-cd `templates/_common.tpl` (`argo-cd.selectorLabels`, `nameOverride: argocd`); its redis-ha subchart
 *   (DandyDeveloper/charts `charts/redis-ha/templates/redis-ha-statefulset.yaml`, `redis-haproxy-deployment.yaml`)
 * - cert-manager `templates/_helpers.tpl` (`webhook.name`, `cainjector.name`)
 * - cilium `templates/hubble-relay/deployment.yaml`, `hubble-ui/deployment.yaml`, `hubble/tls-cronjob/_job-spec.tpl`
 * - flux2 `templates/<controller>.yaml` (`app`)
 * - external-secrets `templates/_helpers.tpl` (`…selectorLabels`), karpenter `templates/_helpers.tpl` (`karpenter.selectorLabels`)
 * - ingress-nginx `templates/_helpers.tpl`, oauth2-proxy `templates/_helpers.tpl` (`oauth2-proxy.selectorLabels`)
 * - keda `templates/manager/deployment.yaml`, `metrics-server/deployment.yaml`, `webhooks/deployment.yaml`
 * - kube-prometheus-stack `templates/prometheus-operator/deployment.yaml`; Prometheus and Alertmanager get theirs from the operator
 *   (prometheus-operator `pkg/operator`, `app.kubernetes.io/name`)
 * - EBS CSI driver `charts/aws-ebs-csi-driver/templates/controller.yaml`, `_node.tpl` (`node.hostNetwork` is false unless set)
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
};
