import { stringify } from 'yaml';
import type { Values } from '../../model/workload.ts';
import { namespace, ports } from './pods.ts';
import type { Part } from './pods.ts';

/** Days that samples of each resolution are kept. */
export interface Retention {
  readonly raw: number;
  readonly fiveMinutes: number;
  readonly oneHour: number;
}

/** How large Thanos is on a hub. */
export interface ThanosSize {
  readonly replicas: number;
  readonly compactorGib: number;
  readonly storeGib: number;
}

/** Service accounts of the parts that read or write the bucket. */
export const accounts = { store: 'thanos-store', compact: 'thanos-compact', none: 'thanos' } as const;

/** Label that tells the samples of two replicas of Prometheus apart; the operator's name for it. */
const replicaLabel = 'prometheus_replica';

const listen = `--http-address=0.0.0.0:${ports.http}`;
const listenGrpc = `--grpc-address=0.0.0.0:${ports.grpc}`;
/** Go's garbage collector holds to the limit of the container instead of being killed by it. */
const memory = '--enable-auto-gomemlimit';

const inCluster = (service: string, of: string = namespace): string => `${service}.${of}.svc.cluster.local`;

/** Who answers the querier: every pod of the store gateway, and the sidecars of the hub's own Prometheus, which know the last two hours. */
const endpoints = stringify({ endpoints: [inCluster('thanos-store'), inCluster('kube-prometheus-thanos-discovery', 'monitoring')].map((host) => ({ address: `dnssrv+_grpc._tcp.${host}` })) });

const cache = stringify({ type: 'IN-MEMORY', config: { max_size: '128MB', max_size_items: 0, validity: '0s' } });

/** The compactor: one for the bucket, always. */
const compact = (store: string, { raw, fiveMinutes, oneHour }: Retention, gib: number): Part => ({
  name: 'thanos-compact', command: 'compact', replicas: 1, serviceAccount: accounts.compact, requests: { cpu: '50m', memory: '256Mi' }, memoryLimit: '2Gi', disk: { path: '/var/thanos', gib },
  args: [
    listen, memory, '--wait', '--data-dir=/var/thanos', `--objstore.config=${store}`,
    `--retention.resolution-raw=${raw}d`, `--retention.resolution-5m=${fiveMinutes}d`, `--retention.resolution-1h=${oneHour}d`,
    // Longer than it takes until every store gateway has looked again.
    '--delete-delay=48h', '--compact.concurrency=1', '--downsample.concurrency=1',
  ],
});

const gateway = (store: string, { replicas, storeGib }: ThanosSize): Part => ({
  name: 'thanos-store', command: 'store', replicas, serviceAccount: accounts.store, grpc: true, requests: { cpu: '50m', memory: '256Mi' }, memoryLimit: '2Gi', disk: { path: '/var/thanos', gib: storeGib },
  args: [
    listen, listenGrpc, memory, '--data-dir=/var/thanos', `--objstore.config=${store}`,
    // The pool's own default is as large as the whole container.
    '--index-cache-size=256MB', '--chunk-pool-size=512MB', '--store.enable-index-header-lazy-reader', '--ignore-deletion-marks-delay=24h',
  ],
});

const query = (replicas: number): Part => ({
  name: 'thanos-query', command: 'query', replicas, serviceAccount: accounts.none, grpc: true, requests: { cpu: '50m', memory: '128Mi' }, memoryLimit: '2Gi',
  args: [listen, listenGrpc, memory, `--endpoint.sd-config=${endpoints}`, `--query.replica-label=${replicaLabel}`, '--query.auto-downsampling', '--query.max-concurrent=10', '--store.response-timeout=60s'],
});

const frontend = (replicas: number): Part => ({
  name: 'thanos-query-frontend', command: 'query-frontend', replicas, serviceAccount: accounts.none, requests: { cpu: '20m', memory: '128Mi' }, memoryLimit: '1Gi',
  args: [
    listen, memory, `--query-frontend.downstream-url=http://${inCluster('thanos-query')}:${ports.http}`, '--query-frontend.compress-responses', '--query-frontend.log-queries-longer-than=20s',
    `--query-range.response-cache-config=${cache}`, `--labels.response-cache-config=${cache}`,
  ],
});

/** Every program of Thanos that a hub runs; `store` is the configuration of the object store. Pure. */
export const parts = (store: Values, retention: Retention, size: ThanosSize): readonly Part[] => {
  const text = stringify(store);
  return [compact(text, retention, size.compactorGib), gateway(text, size), query(size.replicas), frontend(size.replicas)];
};
