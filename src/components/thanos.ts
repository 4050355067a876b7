import { z } from 'zod';
import { thanos as pinned } from '../../catalog/thanos.ts';
import { volumePrice } from '../../catalog/volume-price.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import type { Tier } from '../config/platform.ts';
import { defineComponent } from '../model/component.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { roleAnnotation, workloadRole } from './identity.ts';
import { thanosAlerts } from './thanos/alerts.ts';
import { accounts, parts } from './thanos/parts.ts';
import type { Retention } from './thanos/parts.ts';
import { namespace, partObjects, ports } from './thanos/pods.ts';
import { blockBucket, blockRights, objectStore } from './thanos-blocks.ts';

const id = 'thanos';
const prometheus = 'kube-prometheus-stack/prometheus-kube-prometheus';

const days = (what: string, least: number, whenAbsent: string) =>
  z.int().min(least).max(3653).optional().meta({ description: `How long ${what} are kept; ${whenAbsent} when absent.`, unit: 'days' });

const retentionSettings = z.strictObject({
  raw_days: days('samples as they were scraped', pinned.leastDays.raw, '90 in prod, else 30'),
  five_minutes_days: days('samples of five minutes', pinned.leastDays.fiveMinutes, '180 in prod, else 60'),
  one_hour_days: days('samples of one hour', pinned.leastDays.fiveMinutes, '395 in prod, else 180'),
}).prefault({}).meta({ description: 'What the compactor leaves in the bucket; coarser samples must stay at least as long as finer ones.' });

const settings = z.strictObject({
  retention: retentionSettings,
  replicas: z.int().min(1).max(5).optional().meta({ description: 'Replicas of store gateway, querier and its front end; 2 in prod, else 1, when absent. The compactor is always one.', unit: 'pods' }),
  compactor_gib: z.int().min(10).max(2000).optional().meta({ description: 'Disk on which the compactor works; it must hold the blocks of two weeks of the largest cluster twice. 100 in prod, else 20, when absent.', unit: 'GiB' }),
  store_gib: z.int().min(5).max(500).default(10).meta({ description: 'Disk of each store gateway, for the heads of indexes.', unit: 'GiB' }),
});
type Settings = z.infer<typeof settings>;

const byTier = (tier: Tier, prod: number, else_: number): number => (tier === 'prod' ? prod : else_);

/** Days that each resolution is kept, with the defaults of the tier. Pure. */
export const retentionOf = (tier: Tier, { retention }: Pick<Settings, 'retention'>): Retention => ({
  raw: retention.raw_days ?? byTier(tier, 90, 30), fiveMinutes: retention.five_minutes_days ?? byTier(tier, 180, 60), oneHour: retention.one_hour_days ?? byTier(tier, 395, 180),
});

const sizeOf = (tier: Tier, { replicas, compactor_gib, store_gib }: Settings) => ({ replicas: replicas ?? byTier(tier, 2, 1), compactorGib: compactor_gib ?? byTier(tier, 100, 20), storeGib: store_gib });

const account = (name: string, annotations: Readonly<Record<string, string>> = {}): KubeObject => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) } });

const monitor: KubeObject = {
  apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: { name: id, namespace },
  spec: { selector: { matchLabels: { 'app.kubernetes.io/part-of': id } }, podMetricsEndpoints: [{ port: 'http' }] },
};

/** Metrics of all clusters of an environment, for years, from the bucket that the sidecar of each Prometheus fills. */
export const thanos = defineComponent({
  id,
  summary: 'Answers queries over the metrics of all clusters of an environment, and keeps their bucket small: store gateway, compactor, querier and its front end, on the hub.',
  layer: 'observability',
  requires: ['prometheus-crds', 'ebs-csi', 'coredns'],
  defaultOn: 'hub',
  onlyWith: ({ storage }) => storage.thanos.enabled,
  settings,
  infra: ({ platform, environment, cluster }) => ({
    store: workloadRole(cluster, 'thanos-store', namespace, accounts.store, blockRights(platform, environment, cluster, 'read')),
    compactor: workloadRole(cluster, 'thanos-compact', namespace, accounts.compact, blockRights(platform, environment, cluster, 'compact')),
  }),
  workload: ({ platform, environment, cluster, settings: own, infra }) => ({
    namespaces: [{ name: namespace, podSecurity: 'restricted' }],
    releases: [
      {
        kind: 'manifests', name: id, namespace,
        manifests: [account(accounts.none), monitor],
        clusterManifests: [
          account(accounts.store, roleAnnotation(infra.store.arn)),
          account(accounts.compact, roleAnnotation(infra.compactor.arn)),
          ...parts(objectStore(blockBucket(platform, environment)), retentionOf(cluster.tier, own), sizeOf(cluster.tier, own)).flatMap(partObjects),
        ],
      },
    ],
  }),
  network: ({ platform, environment }) => {
    const { host } = blockBucket(platform, environment);
    return [
      { from: 'thanos/thanos-store', to: host, port: 443, why: 'reads blocks' },
      { from: 'thanos/thanos-compact', to: host, port: 443, why: 'reads, joins and deletes blocks' },
      { from: 'thanos/thanos-query', to: 'thanos/thanos-store', port: ports.grpc, why: 'asks for series in the bucket' },
      { from: 'thanos/thanos-query', to: prometheus, port: ports.grpc, why: 'asks the sidecar for series of the last hours' },
      { from: 'thanos/thanos-query-frontend', to: 'thanos/thanos-query', port: ports.http, why: 'passes queries on' },
      { from: 'kube-prometheus-stack/kube-prometheus-stack-grafana', to: 'thanos/thanos-query-frontend', port: ports.http, why: 'reads metrics of all clusters' },
      { from: prometheus, to: 'thanos', port: ports.http, why: 'scrapes metrics' },
    ];
  },
  alerts: () => thanosAlerts,
  dashboards: () => [
    { title: 'Thanos: blocks that store gateways serve', expr: 'max(thanos_bucket_store_blocks_loaded)', unit: 'short' },
    { title: 'Thanos: 99th percentile of query time', expr: 'histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{namespace="thanos",handler="query_range"}[5m])))', unit: 's' },
    { title: 'Thanos: failed operations on the bucket', expr: 'sum by (pod, operation) (rate(thanos_objstore_bucket_operation_failures_total[5m]))', unit: 'ops' },
  ],
  cost: ({ cluster, settings: own }) => {
    const { replicas, compactorGib, storeGib } = sizeOf(cluster.tier, own);
    const gib = compactorGib + replicas * storeGib;
    return [{ what: 'volumes of Thanos', usd: gib * volumePrice.usdPerGibMonth, basis: `${gib} GiB of gp3; what is in the bucket is counted with the buckets` }];
  },
  checks: [deploymentReady(namespace, 'thanos-query'), deploymentReady(namespace, 'thanos-query-frontend')],
});
