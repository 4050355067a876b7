import { z } from 'zod';
import { xrayWritePolicy } from '../../catalog/iam/xray.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import type { Cluster } from '../config/platform.ts';
import { defineComponent, none } from '../model/component.ts';
import type { IamRoleNeed } from '../model/infra.ts';
import type { Values } from '../model/workload.ts';
import { collectorImage, onlyPorts, scrapedAt } from './collector.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { secretStore } from '../units/wellknown.ts';
import { documented, roleAnnotation, workloadRole } from './identity.ts';
import { remoteRef } from './remote-ref.ts';

const id = 'opentelemetry-collector';
const credentials = `${id}-otlp`;
const credentialsKey = 'authorization';
const keyVariable = 'OTLP_AUTHORIZATION';

const settings = z.strictObject({
  xray: z.boolean().default(true).meta({ description: 'Sends traces to AWS X-Ray of the cluster\'s region. Billed by trace: 5 USD a million (not verified against AWS).' }),
  otlp: z.strictObject({
    endpoint: z.string().regex(/^https:\/\/[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(\/[\w./-]*)?$/, { error: 'is not an address such as "https://tempo.acme.io:4318"' }).meta({ description: 'Where traces go to as OTLP over HTTPS, such as Grafana Tempo; `/v1/traces` is added to it.', examples: ['https://tempo.acme.io:4318'] }),
    authorization_secret_name: z.string().regex(/^[\w/+=.@-]{1,512}$/, { error: 'is not the name of a secret of Secrets Manager' }).optional().meta({ description: 'Secret of Secrets Manager, a JSON object whose key `authorization` is sent as the header of that name; no header when absent.', examples: ['/prod/opentelemetry-collector/otlp'] }),
  }).optional().meta({ description: 'A second place for traces, or the only one where `xray` is off.' }),
  replicas: z.int().min(1).max(10).optional().meta({ description: 'Replicas; 2 in prod, else 1, when absent.', unit: 'pods' }),
}).refine(({ xray, otlp }) => xray || otlp !== undefined, { error: 'sends traces nowhere: leave `xray` on, or name an address in `otlp`', path: ['xray'] });
type Settings = z.infer<typeof settings>;

const resources = { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } };

const shared: Values = {
  fullnameOverride: id,
  mode: 'deployment',
  ...collectorImage,
  presets: { kubernetesAttributes: { enabled: true } },
  serviceAccount: { name: id },
  ports: onlyPorts('otlp', 'otlp-http'),
  podMonitor: { enabled: true },
  resources,
  podSecurityContext: { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } },
  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  config: { receivers: { jaeger: null, zipkin: null, prometheus: null }, service: { pipelines: { logs: null, metrics: null } } },
};

/** Where traces go. `debug` of the chart's defaults is no place. */
const exporters = ({ xray, otlp }: Settings, { region }: Cluster): Readonly<Record<string, unknown>> => ({
  // local_mode: the region is known, and pods don't reach the metadata of their node.
  ...(xray ? { awsxray: { region, local_mode: true } } : {}),
  ...(otlp ? { otlp_http: { endpoint: otlp.endpoint, ...(otlp.authorization_secret_name === undefined ? {} : { headers: { authorization: `\${env:${keyVariable}}` } }) } } : {}),
});

/** An entry that is still to be written must not keep the collector from starting, nor X-Ray from getting its traces: External Secrets' alert says so. */
const credentialsFrom = (name: string): KubeObject => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name: credentials, namespace: id, annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } },
  spec: {
    refreshInterval: '1h0m0s',
    secretStoreRef: { kind: 'ClusterSecretStore', name: secretStore.secretsManager },
    target: { name: credentials, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
    data: [{ secretKey: credentialsKey, remoteRef: remoteRef(name, credentialsKey) }],
  },
});

const portOf = (endpoint: string): number => Number(new URL(endpoint).port || '443');

/** Takes traces of teams' pods in OTLP, says whose they are, and passes them on. Off by default: nothing of the platform makes any. */
export const opentelemetryCollector = defineComponent({
  id,
  summary: 'Takes traces of teams\' pods (OTLP) and sends them to AWS X-Ray, to an OTLP address, or both.',
  layer: 'observability',
  requires: ['prometheus-crds', 'coredns', 'external-secrets'],
  defaultOn: false,
  settings,
  infra: ({ cluster, settings: { xray } }): { readonly collector?: IamRoleNeed } => (xray ? { collector: workloadRole(cluster, 'traces', id, id, documented(cluster, [xrayWritePolicy])) } : {}),
  workload: ({ cluster, settings: own, infra }) => {
    const replicas = own.replicas ?? (cluster.tier === 'prod' ? 2 : 1);
    const to = exporters(own, cluster);
    const secret = own.otlp?.authorization_secret_name;
    return {
      namespaces: [{ name: id, podSecurity: 'restricted' }],
      releases: [...(secret === undefined ? [] : [{ kind: 'manifests', name: credentials, namespace: id, manifests: [], clusterManifests: [credentialsFrom(secret)] } as const]), {
        kind: 'chart', name: id, namespace: id, chart: id, installedBy: 'gitops', values: shared,
        clusterValues: {
          replicaCount: replicas,
          ...(replicas > 1 ? { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } } : {}),
          ...(infra.collector ? { serviceAccount: { annotations: roleAnnotation(infra.collector.arn) } } : {}),
          ...(secret === undefined ? {} : { extraEnvs: [{ name: keyVariable, valueFrom: { secretKeyRef: { name: credentials, key: credentialsKey, optional: true } } }] }),
          config: { exporters: { debug: null, ...to }, service: { pipelines: { traces: { receivers: ['otlp'], exporters: Object.keys(to) } } } },
        },
        standIn: { workloads: [{ kind: 'Deployment', name: id, replicas, serviceAccount: id, ...(infra.collector ? { roleArn: infra.collector.arn } : {}), port: 4317, requests: resources.requests }] },
      }],
    };
  },
  network: ({ cluster, settings: { xray, otlp } }) => [
    { from: 'tenants', to: id, port: 4317, why: 'gives traces (gRPC)' },
    { from: 'tenants', to: id, port: 4318, why: 'gives traces (HTTP)' },
    { from: id, to: 'kube-apiserver', port: 443, why: 'knows whose traces they are' },
    { from: 'kube-prometheus-stack/prometheus-kube-prometheus', to: id, port: scrapedAt, why: 'scrapes metrics' },
    ...(xray ? [{ from: id, to: `xray.${cluster.region}.amazonaws.com`, port: 443, why: 'sends traces' }] : []),
    ...(otlp ? [{ from: id, to: new URL(otlp.endpoint).hostname, port: portOf(otlp.endpoint), why: 'sends traces' }] : []),
  ],
  alerts: () => [
    { name: 'TraceCollectorDown', expr: 'kube_deployment_status_replicas_available{namespace="opentelemetry-collector",deployment="opentelemetry-collector"} == 0', forMinutes: 10, severity: 'warning', summary: 'Nobody takes traces: what services send is lost.', runbook: 'trace-collector-down' },
  ],
  dashboards: () => none('what it takes and sends is told by X-Ray and by the receiver of its OTLP'),
  cost: ({ settings: { xray } }) => (xray ? [{ what: 'traces in X-Ray', usd: 5, basis: 'a million traces at 5 USD; not verified against AWS', usage: {} }] : none('who takes the traces bills them')),
  checks: [deploymentReady(id)],
});
