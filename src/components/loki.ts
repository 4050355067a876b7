import { z } from 'zod';
import { lokiPolicy } from '../../catalog/iam/loki.ts';
import { volumePrice } from '../../catalog/volume-price.ts';
import { daemonSetReady } from '../checks/workload-ready.ts';
import type { Cluster, Environment, Platform } from '../config/platform.ts';
import { defineComponent } from '../model/component.ts';
import type { Alert } from '../model/component.ts';
import type { Values } from '../model/workload.ts';
import { bucketFirstName, environmentBucketName, storageKeyAlias } from '../units/aws-names.ts';
import { collectorImage, onlyPorts, scrapedAt } from './collector.ts';
import { documented, roleAnnotation, workloadRole } from './identity.ts';

const id = 'loki';
const agent = 'log-agent';
const prometheus = 'kube-prometheus-stack/prometheus-kube-prometheus';
const port = 3100;

/** Bucket that the Lokis of an environment share, each below the name of its cluster. */
const bucketOf = (platform: Platform, environment: Environment) => {
  const [region = ''] = environment.regions;
  const bucket = environmentBucketName(bucketFirstName(platform.name, environment.name, id), { accountId: environment.accountId, region });
  return { bucket, region, host: `${bucket}.s3.${region}.amazonaws.com` };
};

const off = { enabled: false };

/** Loki in one program, as its chart recommends below some hundred gigabytes a day; what only larger ones need is off. */
const shared: Values = {
  fullnameOverride: id,
  deploymentMode: 'Monolithic',
  loki: {
    auth_enabled: false,
    analytics: { reporting_enabled: false },
    schemaConfig: { configs: [{ from: '2026-01-01', store: 'tsdb', object_store: 's3', schema: 'v13', index: { prefix: 'index_', period: '24h' } }] },
    compactor: { retention_enabled: true, delete_request_store: 's3', working_directory: '/var/loki/compactor' },
  },
  serviceAccount: { name: id },
  singleBinary: { sidecar: false, resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '2Gi' } } },
  // A first pod joins itself before it is ready.
  memberlist: { service: { publishNotReadyAddresses: true } },
  monitoring: { serviceMonitor: { enabled: true } },
  write: { replicas: 0 }, read: { replicas: 0 }, backend: { replicas: 0 },
  gateway: off, chunksCache: off, resultsCache: off, lokiCanary: off, test: off, ruler: off, sidecar: { rules: off },
};

/** What reads the logs of every container of its node and gives them to Loki. */
const agentValues: Values = {
  fullnameOverride: agent,
  mode: 'daemonset',
  ...collectorImage,
  // Log files of a node are root's; what was sent is remembered on the node, so that a restart neither loses nor repeats.
  presets: { logsCollection: { enabled: true, storeCheckpoints: true }, kubernetesAttributes: { enabled: true } },
  ports: onlyPorts(),
  podMonitor: { enabled: true },
  tolerations: [{ operator: 'Exists' }],
  // Said here because these replace what the preset says of the user.
  securityContext: { runAsUser: 0, runAsGroup: 0, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } },
  resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '384Mi' } },
  config: {
    receivers: { otlp: null, jaeger: null, zipkin: null, prometheus: null },
    exporters: { debug: null, otlp_http: { endpoint: `http://${id}.${id}.svc.cluster.local:${port}/otlp` } },
    service: { pipelines: { traces: null, metrics: null, logs: { receivers: [], exporters: ['otlp_http'] } } },
  },
};

const rate = (what: string): string => `sum(rate(${what}[10m]))`;

const alerts: readonly Alert[] = [
  { name: 'LokiRequestsFail', expr: `${rate('loki_request_duration_seconds_count{status_code=~"5.."}')} / (${rate('loki_request_duration_seconds_count')} > 0) > 0.05`, forMinutes: 15, severity: 'warning', summary: 'Loki fails more than one request in twenty: logs arrive late or can\'t be read.', runbook: 'loki-requests-fail' },
  { name: 'LokiBucketOperationsFail', expr: `${rate('loki_objstore_bucket_operation_failures_total')} / (${rate('loki_objstore_bucket_operations_total')} > 0) > 0.05`, forMinutes: 15, severity: 'warning', summary: 'S3 refuses more than one operation of Loki in twenty: its disk fills with what it can\'t store.', runbook: 'loki-requests-fail' },
  { name: 'LokiDiscardsLogs', expr: 'sum by (reason) (rate(loki_discarded_samples_total[15m])) > 1', forMinutes: 30, severity: 'warning', summary: 'Loki throws log lines away because they break a limit.', runbook: 'loki-discards-logs' },
  { name: 'LogAgentDown', expr: 'kube_daemonset_status_number_unavailable{namespace="log-agent"} > 0', forMinutes: 30, severity: 'warning', summary: 'The logs of a node are not collected.', runbook: 'log-agent-down' },
];

const settings = z.strictObject({
  retention_days: z.int().min(1).max(3653).default(30).meta({ description: 'How long logs are kept.', unit: 'days' }),
  replicas: z.union([z.literal(1), z.literal(3)]).optional().meta({ description: 'Replicas of Loki; with 3 each line is written three times. 3 in prod, else 1, when absent.', unit: 'pods' }),
  storage_gib: z.int().min(5).max(1000).default(20).meta({ description: 'Disk of each replica, for lines that are not in the bucket yet.', unit: 'GiB' }),
});

const replicasOf = ({ tier }: Cluster, { replicas }: z.infer<typeof settings>): number => replicas ?? (tier === 'prod' ? 3 : 1);

/** Logs of a cluster, searchable by label, in the bucket of its environment. Off by default: CloudWatch does it where it is asked for. */
export const loki = defineComponent({
  id,
  summary: 'Keeps the logs of every container in a bucket, and finds them for Grafana; an agent on each node collects them.',
  layer: 'observability',
  requires: ['prometheus-crds', 'ebs-csi', 'coredns'],
  defaultOn: false,
  settings,
  infra: ({ platform, environment, cluster }) => {
    const { bucket, region } = bucketOf(platform, environment);
    return { loki: workloadRole(cluster, id, id, id, documented(cluster, [lokiPolicy], { bucket, bucketRegion: region, keyAlias: storageKeyAlias(environment.settings.cluster_name_prefix), prefix: cluster.name })) };
  },
  workload: ({ platform, environment, cluster, settings: own, infra }) => {
    const { bucket, region } = bucketOf(platform, environment);
    const replicas = replicasOf(cluster, own);
    return {
      namespaces: [{ name: id, podSecurity: 'restricted' }, { name: agent, podSecurity: 'privileged' }],
      releases: [
        {
          kind: 'chart', name: id, namespace: id, chart: id, installedBy: 'gitops', values: shared,
          clusterValues: {
            serviceAccount: { annotations: roleAnnotation(infra.loki.arn) },
            loki: {
              commonConfig: { replication_factor: replicas },
              limits_config: { retention_period: `${own.retention_days * 24}h` },
              storage: { type: 's3', use_thanos_objstore: true, bucketNames: { chunks: bucket }, object_store: { type: 's3', storage_prefix: cluster.name, s3: { endpoint: `s3.${region}.amazonaws.com`, region } } },
            },
            singleBinary: { replicas, persistence: { size: `${own.storage_gib}Gi`, storageClass: 'gp3' }, podDisruptionBudget: replicas > 1 ? { enabled: true, maxUnavailable: 1 } : off },
          },
          standIn: { workloads: [{ kind: 'StatefulSet', name: id, replicas, serviceAccount: id, roleArn: infra.loki.arn, port, requests: { cpu: '100m', memory: '512Mi' } }] },
        },
        {
          kind: 'chart', name: agent, namespace: agent, chart: 'opentelemetry-collector', installedBy: 'gitops', values: agentValues, clusterValues: {},
          standIn: { workloads: [{ kind: 'DaemonSet', name: `${agent}-agent`, serviceAccount: agent, tolerations: 'all', requests: { cpu: '50m', memory: '128Mi' } }] },
        },
      ],
    };
  },
  network: ({ platform, environment }) => [
    { from: 'loki/loki', to: bucketOf(platform, environment).host, port: 443, why: 'keeps and reads logs' },
    { from: 'loki/loki', to: 'loki/loki', port: 7946, protocol: 'ANY', why: 'replicas find one another' },
    { from: 'loki/loki', to: 'loki/loki', port: 9095, why: 'replicas pass lines and queries on' },
    { from: `loki/${agent}-agent`, to: 'loki/loki', port, why: 'gives logs' },
    { from: `loki/${agent}-agent`, to: 'kube-apiserver', port: 443, why: 'knows whose logs they are' },
    { from: 'kube-prometheus-stack/kube-prometheus-stack-grafana', to: 'loki/loki', port, why: 'finds logs' },
    { from: prometheus, to: 'loki/loki', port, why: 'scrapes metrics' },
    { from: prometheus, to: `loki/${agent}-agent`, port: scrapedAt, why: 'scrapes metrics' },
  ],
  alerts: () => alerts,
  dashboards: () => [
    { title: 'Loki: requests by status', expr: 'sum by (status_code) (rate(loki_request_duration_seconds_count[5m]))', unit: 'reqps' },
    { title: 'Loki: lines thrown away', expr: 'sum by (reason) (rate(loki_discarded_samples_total[5m]))', unit: 'ops' },
  ],
  cost: ({ cluster, settings: own }) => {
    const gib = replicasOf(cluster, own) * own.storage_gib;
    return [{ what: 'volumes of Loki', usd: gib * volumePrice.usdPerGibMonth, basis: `${gib} GiB of gp3; what is in the bucket is counted with the buckets` }];
  },
  checks: [daemonSetReady(agent, `${agent}-agent`)],
});
