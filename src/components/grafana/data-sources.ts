import { grafana } from '../../../catalog/grafana.ts';
import { ampReadPolicy, grafanaCloudwatchPolicy } from '../../../catalog/iam/grafana.ts';
import type { Cluster, Environment, Platform } from '../../config/platform.ts';
import type { IamStatement } from '../../model/infra.ts';
import { observabilityPath } from '../../units/aws-names.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { secretStore } from '../../units/wellknown.ts';
import { documented } from '../identity.ts';
import type { GrafanaSettings } from './settings.ts';
import { remoteRef } from '../remote-ref.ts';

type Json = Readonly<Record<string, unknown>>;

const source = (name: string, type: string, uid: string, more: Json): Json => ({ name, type, uid, access: 'proxy', editable: false, ...more });

const isOn = ({ components }: Cluster, id: string): boolean => components[id] !== undefined;

/** Another source for whole environments, beside the cluster's own Prometheus and Alertmanager, which the chart names. Pure. */
export const dataSources = (cluster: Cluster, { cloudwatch }: GrafanaSettings): readonly Json[] => [
  ...(isOn(cluster, 'thanos') ? [source('Thanos', 'prometheus', 'thanos', { url: 'http://thanos-query-frontend.thanos.svc.cluster.local:10902', jsonData: { httpMethod: 'POST', prometheusType: 'Thanos', timeInterval: '30s' } })] : []),
  ...(isOn(cluster, 'loki') ? [source('Loki', 'loki', 'loki', { url: 'http://loki.loki.svc.cluster.local:3100' })] : []),
  ...(cloudwatch ? [source('CloudWatch', 'cloudwatch', 'cloudwatch', { jsonData: { authType: 'default', defaultRegion: cluster.region } })] : []),
];

/** True where Grafana also reads the workspace of AWS. */
export const readsWorkspace = ({ settings }: Environment): boolean => settings.observability.amp.enabled;

/**
 * The workspace of the region, whose address AWS chose: External Secrets writes the whole data source, and Grafana's sidecar reads it from the Secret like
 * any other. Pure.
 */
export const workspaceSource = (platform: Platform, environment: Environment, { region }: Cluster, namespace: string): readonly KubeObject[] => {
  if (!readsWorkspace(environment)) return [];
  const name = 'grafana-datasource-amp';
  const file = JSON.stringify({
    apiVersion: 1,
    datasources: [source('Amazon Managed Prometheus', grafana.amazonPrometheus.plugin, 'amp', {
      url: '{{ trimSuffix "api/v1/remote_write" .url }}', jsonData: { httpMethod: 'POST', timeInterval: '30s', sigV4Auth: true, sigV4AuthType: 'default', sigV4Region: region },
    })],
  }, undefined, 1).replaceAll(String.raw`\"`, '`');
  return [{
    apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name, namespace, annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } },
    spec: {
      refreshInterval: '1h0m0s', secretStoreRef: { kind: 'ClusterSecretStore', name: secretStore.parameterStore },
      target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain', template: { engineVersion: 'v2', mergePolicy: 'Replace', metadata: { labels: { grafana_datasource: '1' } }, data: { 'amp.yaml': file } } },
      data: [{ secretKey: 'url', remoteRef: remoteRef(`${observabilityPath(platform.name, environment.name)}/prometheus-remote-write-url`) }],
    },
  }];
};

/** True where Grafana needs a role. Pure. */
export const readsAws = (environment: Environment, { cloudwatch }: GrafanaSettings): boolean => cloudwatch || readsWorkspace(environment);

/** What Grafana's role may read. Pure. */
export const readRights = (environment: Environment, cluster: Cluster, { cloudwatch }: GrafanaSettings) => (): readonly IamStatement[] => [
  ...(cloudwatch ? documented(cluster, [grafanaCloudwatchPolicy])() : []),
  ...(readsWorkspace(environment) ? documented(cluster, [ampReadPolicy], { environment: environment.name })() : []),
];
