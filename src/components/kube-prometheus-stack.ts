import { z } from 'zod';
import { volumePrice } from '../../catalog/volume-price.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import type { IamRoleNeed } from '../model/infra.ts';
import { fluxNamespace } from '../units/flux-names.ts';
import { dashboardsRelease, rulesRelease, scrapeLabel } from '../units/wellknown.ts';
import { alertmanagerConfig, notificationFlows, publishRights, receiverKeys, receiversFrom, receiverVolume } from './alertmanager.ts';
import { inhibitRules } from './alertmanager-routes.ts';
import { notificationTemplates } from './alertmanager-templates.ts';
import { readRights, readsAws, workspaceSource } from './grafana/data-sources.ts';
import { grafanaFlows } from './grafana/flows.ts';
import { grafanaSecrets } from './grafana/secrets.ts';
import { grafanaSettings } from './grafana/settings.ts';
import { clusterGrafana, grafanaReplicas, sharedGrafana } from './grafana/values.ts';
import { fluxStateMetrics } from './flux-state-metrics.ts';
import { roleAnnotation, workloadRole } from './identity.ts';
import { leavesCluster, prometheusAccount, remoteFlows, remoteRights, remoteValues, workspaceRelease } from './prometheus-remote.ts';

const id = 'kube-prometheus-stack';
const namespace = 'monitoring';
const alertmanagerAccount = 'alertmanager';
/** As the chart calls it. */
const grafanaAccount = `${id}-grafana`;

const claim = (sizeGib: number) => ({
  volumeClaimTemplate: { spec: { storageClassName: 'gp3', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: `${sizeGib}Gi` } } } },
});

/** Where the metrics of components stand that come before the operator's definitions and so can't bring monitors themselves. */
const podMonitor = (name: string, inNamespace: string, matchLabels: Readonly<Record<string, string>>, port: string) => ({
  name,
  namespaceSelector: { matchNames: [inNamespace] },
  selector: { matchLabels },
  podMetricsEndpoints: [{ port }],
});
const additionalPodMonitors = [
  podMonitor('aws-load-balancer-controller', 'aws-load-balancer-controller', { 'app.kubernetes.io/name': 'aws-load-balancer-controller' }, 'metrics-server'),
  podMonitor('argocd', 'argocd', { 'app.kubernetes.io/part-of': 'argocd' }, 'metrics'),
  podMonitor('cert-manager', 'cert-manager', { 'app.kubernetes.io/name': 'cert-manager' }, 'http-metrics'),
  podMonitor('cilium', 'kube-system', { 'k8s-app': 'cilium' }, 'prometheus'),
  podMonitor('hubble', 'kube-system', { 'k8s-app': 'cilium' }, 'hubble-metrics'),
  podMonitor('cilium-operator', 'kube-system', { 'io.cilium/app': 'operator' }, 'prometheus'),
  podMonitor('clustermesh', 'kube-system', { 'k8s-app': 'clustermesh-apiserver' }, 'kvmesh-metrics'),
  podMonitor('external-secrets', 'external-secrets', { 'app.kubernetes.io/name': 'external-secrets' }, 'metrics'),
  // Whatever runs there is a controller of Flux with a port of this name.
  podMonitor('flux', fluxNamespace, {}, 'http-prom'),
  podMonitor('ingress-nginx', 'ingress-nginx', { 'app.kubernetes.io/name': 'ingress-nginx' }, 'metrics'),
  podMonitor('karpenter', 'karpenter', { 'app.kubernetes.io/name': 'karpenter' }, 'http-metrics'),
  podMonitor('gatekeeper', 'gatekeeper-system', { 'gatekeeper.sh/system': 'yes' }, 'metrics'),
  // Labels of its metrics are those of what is priced.
  { name: 'opencost', namespaceSelector: { matchNames: ['opencost'] }, selector: { matchLabels: { 'app.kubernetes.io/name': 'opencost' } }, podMetricsEndpoints: [{ port: 'http', honorLabels: true }] },
  podMonitor('velero', 'velero', { 'app.kubernetes.io/name': 'velero' }, 'http-monitoring'),
  // Teams may not make monitors: one could have Prometheus send its own token anywhere.
  { name: 'tenants', namespaceSelector: { any: true }, selector: { matchLabels: { [scrapeLabel]: 'true' } }, podMetricsEndpoints: [{ port: 'metrics' }] },
  podMonitor('keda', 'keda', { 'app.kubernetes.io/part-of': 'keda-operator' }, 'metrics'),
];

const prometheus = `${id}/prometheus-kube-prometheus`;
const alertmanager = `${id}/alertmanager-kube-prometheus`;
const grafana = `${id}/${id}-grafana`;
const operator = `${id}/kube-prometheus-operator`;

/**
 * What Prometheus scrapes besides the kubelet and the API server, with the pods' own ports. Sources: ServiceMonitors of the chart (8080 of
 * Prometheus and Alertmanager is their config reloader), and the container ports that `additionalPodMonitors` name.
 */
const scraped: readonly (readonly [pods: string, port: number])[] = [
  [prometheus, 9090], [prometheus, 8080], [alertmanager, 8080], [grafana, 3000], [operator, 10250],
  [`${id}/${id}-kube-state-metrics`, 8080], [`${id}/${id}-prometheus-node-exporter`, 9100],
  ['coredns', 9153],
  ['argocd/argocd-application-controller', 8082], ['argocd/argocd-server', 8083], ['argocd/argocd-repo-server', 8084], ['argocd/argocd-applicationset-controller', 8080], ['argocd/argocd-notifications-controller', 9001], ['argocd/argocd-dex-server', 5558],
  ['cert-manager/cert-manager', 9402],
  ['cilium/cilium', 9962], ['cilium/cilium', 9965], ['cilium/cilium-operator', 9963], ['cilium/clustermesh-apiserver', 9964],
  ['external-secrets/external-secrets', 8080],
  ['flux', 8080],
  ['ingress-nginx', 10254],
  ['karpenter', 8080],
  ['keda', 8080],
  ['aws-load-balancer-controller', 8080],
  ['velero/velero', 8085],
  ['gatekeeper/gatekeeper-controller-manager', 8888], ['gatekeeper/gatekeeper-audit', 8888],
];

/** Metrics, alerts and dashboards of a cluster. */
export const kubePrometheusStack = defineComponent({
  id,
  summary: 'Runs Prometheus, Alertmanager and Grafana with the rules and dashboards of a Kubernetes cluster.',
  layer: 'observability',
  requires: ['prometheus-crds', 'ebs-csi', 'cert-manager', 'external-secrets'],
  defaultOn: true,
  settings: z.strictObject({
    retention_days: z.int().positive().default(15).meta({ description: 'How long Prometheus keeps samples.', unit: 'days' }),
    storage_gib: z.int().positive().default(50).meta({ description: 'Volume of each Prometheus replica.', unit: 'GiB' }),
    replicas: z.int().min(1).max(3).optional().meta({ description: 'Replicas of Prometheus and Alertmanager; 2 in prod, else 1, when absent.', unit: 'pods' }),
    grafana: grafanaSettings,
  }),
  infra: ({ platform, environment, cluster, settings }): { readonly alertmanager: IamRoleNeed; readonly prometheus?: IamRoleNeed; readonly grafana?: IamRoleNeed } => ({
    alertmanager: workloadRole(cluster, 'alertmanager', namespace, alertmanagerAccount, publishRights(environment, cluster)),
    ...(leavesCluster(environment) ? { prometheus: workloadRole(cluster, 'prometheus', namespace, prometheusAccount, remoteRights(platform, environment, cluster)) } : {}),
    ...(readsAws(environment, settings.grafana) ? { grafana: workloadRole(cluster, 'grafana', namespace, grafanaAccount, readRights(environment, cluster, settings.grafana)) } : {}),
  }),
  workload: ({ platform, cluster, environment, settings, infra }) => {
    const remote = remoteValues(platform, environment, cluster);
    const replicas = settings.replicas ?? (cluster.tier === 'prod' ? 2 : 1);
    // One at a time; with a single replica a budget would hold every drain up.
    const budget = replicas > 1 ? { podDisruptionBudget: { enabled: true, minAvailable: null, maxUnavailable: 1 } } : {};
    const keys = receiverKeys(environment, cluster);
    return {
      // node-exporter uses the host's network and files.
      namespaces: [{ name: namespace, podSecurity: 'privileged' }],
      releases: [
        ...workspaceRelease(platform, environment, namespace),
        // Before the chart, whose pods wait for the administrator's password.
        { kind: 'manifests', name: 'grafana-secrets', namespace, manifests: [], clusterManifests: [...grafanaSecrets(environment, namespace, settings.grafana), ...workspaceSource(platform, environment, cluster, namespace)] },
        {
          kind: 'chart',
          name: id,
          namespace,
          chart: 'kube-prometheus-stack',
          installedBy: 'gitops',
          values: {
            fullnameOverride: 'kube-prometheus',
            crds: { enabled: false },
            cleanPrometheusOperatorObjectNames: true,
            // EKS runs these where nobody can scrape them; Cilium does kube-proxy's work.
            kubeControllerManager: { enabled: false },
            kubeScheduler: { enabled: false },
            kubeEtcd: { enabled: false },
            kubeProxy: { enabled: false },
            prometheusOperator: { admissionWebhooks: { certManager: { enabled: true }, patch: { enabled: false } }, resources: { requests: { cpu: '50m', memory: '128Mi' } } },
            'kube-state-metrics': { resources: { requests: { cpu: '20m', memory: '64Mi' } } },
            'prometheus-node-exporter': {
              resources: { requests: { cpu: '20m', memory: '32Mi' } },
              // Dashboards speak of nodes by their names, as the kubelet and kube-state-metrics do.
              prometheus: { monitor: { relabelings: [{ sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' }] } },
            },
            prometheus: {
              additionalPodMonitors,
              serviceAccount: { name: prometheusAccount },
              prometheusSpec: {
                serviceMonitorSelectorNilUsesHelmValues: false,
                podMonitorSelectorNilUsesHelmValues: false,
                ruleSelectorNilUsesHelmValues: false,
                probeSelectorNilUsesHelmValues: false,
                scrapeConfigSelectorNilUsesHelmValues: false,
                resources: { requests: { cpu: '250m', memory: '1Gi' } },
              },
            },
            alertmanager: { serviceAccount: { name: alertmanagerAccount }, alertmanagerSpec: { resources: { requests: { cpu: '20m', memory: '64Mi' } } }, config: { inhibit_rules: inhibitRules }, templateFiles: { 'argoeks.tmpl': notificationTemplates } },
            grafana: sharedGrafana(namespace),
          },
          clusterValues: {
            ...(cluster.engine === 'flux' ? { 'kube-state-metrics': fluxStateMetrics } : {}),
            prometheus: {
              ...(infra.prometheus ? { serviceAccount: { annotations: roleAnnotation(infra.prometheus.arn) } } : {}),
              ...remote.chart,
              ...budget,
              prometheusSpec: { replicas, retention: `${settings.retention_days}d`, externalLabels: { cluster: cluster.name, environment: environment.name }, storageSpec: claim(settings.storage_gib), ...remote.spec },
            },
            alertmanager: {
              serviceAccount: { annotations: roleAnnotation(infra.alertmanager.arn) },
              config: alertmanagerConfig(environment, cluster),
              ...budget,
              alertmanagerSpec: { replicas, storage: claim(10), ...(keys.length > 0 ? receiverVolume : {}) },
            },
            grafana: clusterGrafana(environment, cluster, settings.grafana, infra.grafana?.arn),
          },
          ignoreDifferences: [
            { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
            { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
          ],
          standIn: {
            workloads: [
              { kind: 'Deployment', name: 'kube-prometheus-operator', serviceAccount: 'kube-prometheus-operator', port: 10250, requests: { cpu: '50m', memory: '128Mi' } },
              { kind: 'Deployment', name: `${id}-grafana`, replicas: grafanaReplicas(cluster, settings.grafana), serviceAccount: grafanaAccount, ...(infra.grafana ? { roleArn: infra.grafana.arn } : {}), port: 3000, requests: { cpu: '70m', memory: '256Mi' } },
              { kind: 'Deployment', name: `${id}-kube-state-metrics`, serviceAccount: `${id}-kube-state-metrics`, port: 8080, requests: { cpu: '20m', memory: '64Mi' } },
              { kind: 'DaemonSet', name: `${id}-prometheus-node-exporter`, serviceAccount: `${id}-prometheus-node-exporter`, hostNetwork: true, tolerations: 'all', requests: { cpu: '20m', memory: '32Mi' } },
              { kind: 'StatefulSet', name: 'prometheus-kube-prometheus', replicas, serviceAccount: prometheusAccount, ...(infra.prometheus ? { roleArn: infra.prometheus.arn } : {}), requests: { cpu: '250m', memory: '1Gi' } },
              { kind: 'StatefulSet', name: 'alertmanager-kube-prometheus', replicas, serviceAccount: alertmanagerAccount, roleArn: infra.alertmanager.arn, requests: { cpu: '20m', memory: '64Mi' } },
            ],
          },
        },
        { kind: 'manifests', name: 'alertmanager-receivers', namespace, manifests: [], clusterManifests: keys.length > 0 ? [receiversFrom(environment, namespace, keys)] : [] },
        // Behind the chart, whose operator admits them.
        { kind: 'manifests', name: rulesRelease, namespace, manifests: [], clusterManifests: [] },
        { kind: 'manifests', name: dashboardsRelease, namespace, manifests: [], clusterManifests: [] },
      ],
    };
  },
  network: ({ platform, environment, cluster, settings }) => [
    { from: prometheus, to: 'kubelet', port: 10250, why: 'scrapes nodes and containers' },
    { from: prometheus, to: 'kube-apiserver', port: 443, why: 'finds targets and scrapes the API server' },
    { from: prometheus, to: alertmanager, port: 9093, why: 'sends alerts, and scrapes' },
    ...scraped.map(([to, port]) => ({ from: prometheus, to, port, why: 'scrapes metrics' })),
    { from: alertmanager, to: alertmanager, port: 9094, protocol: 'ANY', why: 'replicas agree on what was sent' },
    { from: grafana, to: prometheus, port: 9090, why: 'reads metrics' },
    { from: grafana, to: alertmanager, port: 9093, why: 'shows alerts and silences' },
    { from: grafana, to: 'kube-apiserver', port: 443, why: 'reads dashboards and data sources from ConfigMaps' },
    { from: `${id}/${id}-kube-state-metrics`, to: 'kube-apiserver', port: 443, why: 'watches objects' },
    { from: operator, to: 'kube-apiserver', port: 443, why: 'watches monitors and rules' },
    { from: 'kube-apiserver', to: operator, port: 10250, why: 'admission webhook for rules' },
    ...grafanaFlows(environment, cluster, settings.grafana, grafana),
    ...remoteFlows(platform, environment, cluster, prometheus),
    ...notificationFlows(environment, cluster).map((flow) => ({ from: alertmanager, ...flow })),
  ],
  alerts: () => none('the chart brings the rules of a cluster'),
  dashboards: () => none('the chart brings the dashboards of a cluster'),
  cost: ({ cluster, settings }) => {
    const replicas = settings.replicas ?? (cluster.tier === 'prod' ? 2 : 1);
    const gib = replicas * (settings.storage_gib + 10);
    return [{ what: 'volumes of Prometheus and Alertmanager', usd: gib * volumePrice.usdPerGibMonth, basis: `${gib} GiB of gp3` }];
  },
  checks: [deploymentReady(namespace, 'kube-prometheus-operator'), deploymentReady(namespace, `${id}-grafana`)],
});
