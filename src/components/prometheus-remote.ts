import { ampWritePolicy } from '../../catalog/iam/amp.ts';
import type { Cluster, Environment, Platform } from '../config/platform.ts';
import type { Flow } from '../model/component.ts';
import type { IamStatement } from '../model/infra.ts';
import type { ManifestRelease, Values } from '../model/workload.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { observabilityPath } from '../units/aws-names.ts';
import { secretStore } from '../units/wellknown.ts';
import { documented } from './identity.ts';
import { blockBucket, blockRights, objectStore } from './thanos-blocks.ts';
import { remoteRef } from './remote-ref.ts';

/** Service account of Prometheus, whose role writes to the bucket of Thanos and to the workspace of AWS. */
export const prometheusAccount = 'prometheus';

const isFed = ({ settings }: Environment): boolean => settings.storage.thanos.enabled;
const isWritten = ({ settings }: Environment): boolean => settings.observability.amp.enabled;

/** True where Prometheus gives its samples to anybody else, and so needs a role. Pure. */
export const leavesCluster = (environment: Environment): boolean => isFed(environment) || isWritten(environment);

/** What the role of Prometheus may do. Pure. */
export const remoteRights = (platform: Platform, environment: Environment, cluster: Cluster) => (): readonly IamStatement[] => [
  ...(isFed(environment) ? blockRights(platform, environment, cluster, 'upload')() : []),
  ...(isWritten(environment) ? documented(cluster, [ampWritePolicy], { environment: environment.name })() : []),
];

/** Secret with the id of the region's workspace, and the variable it becomes. */
const workspace = { secret: 'prometheus-workspace', key: 'id', variable: 'PROMETHEUS_WORKSPACE' } as const;

/** Names the workspace, which AWS chose an id for: its address is published by the root that makes it. */
const workspaceSecret = (platform: Platform, environment: Environment, namespace: string): KubeObject => ({
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: workspace.secret, namespace },
  spec: {
    refreshInterval: '1h0m0s', secretStoreRef: { kind: 'ClusterSecretStore', name: secretStore.parameterStore },
    // https://aps-workspaces.<region>.amazonaws.com/workspaces/<id>/api/v1/remote_write
    target: { name: workspace.secret, creationPolicy: 'Owner', deletionPolicy: 'Retain', template: { engineVersion: 'v2', mergePolicy: 'Replace', data: { [workspace.key]: '{{ index (splitList "/" .url) 4 }}' } } },
    data: [{ secretKey: 'url', remoteRef: remoteRef(`${observabilityPath(platform.name, environment.name)}/prometheus-remote-write-url`) }],
  },
});

/** What must be there before Prometheus writes to a workspace; none where it doesn't. Pure. */
export const workspaceRelease = (platform: Platform, environment: Environment, namespace: string): readonly ManifestRelease[] =>
  isWritten(environment) ? [{ kind: 'manifests', name: workspace.secret, namespace, manifests: [], clusterManifests: [workspaceSecret(platform, environment, namespace)] }] : [];

const fromSecret = [{ name: workspace.variable, valueFrom: { secretKeyRef: { name: workspace.secret, key: workspace.key } } }];

/**
 * Writes to the workspace of the region. The config reloader fills the id in, as it fills in the pod's name. Replicas of a pair send the same: AWS keeps one
 * by the labels `cluster` and `__replica__`. A shard sends at most `maxSamplesPerSend` at a time and buffers ten such batches; fifty of them take what a
 * hundred thousand samples a second come to, far above a cluster of this size, and stay below the gigabyte that Prometheus requests.
 */
const remoteWrite = ({ region }: Cluster): Values => ({
  remoteWrite: [{
    url: `https://aps-workspaces.${region}.amazonaws.com/workspaces/$(${workspace.variable})/api/v1/remote_write`,
    sigv4: { region },
    writeRelabelConfigs: [
      { sourceLabels: ['prometheus_replica'], targetLabel: '__replica__' },
      { regex: 'prometheus_replica', action: 'LabelDrop' },
    ],
    queueConfig: { capacity: 10_000, maxSamplesPerSend: 1000, minShards: 1, maxShards: 50, minBackoff: '30ms', maxBackoff: '5s' },
  }],
  containers: [{ name: 'config-reloader', env: fromSecret }],
  initContainers: [{ name: 'init-config-reloader', env: fromSecret }],
});

/** Values of `prometheus` with which samples leave the cluster. Pure. */
export const remoteValues = (platform: Platform, environment: Environment, cluster: Cluster): { readonly chart: Values; readonly spec: Values } => ({
  chart: isFed(environment) ? { thanosService: { enabled: true }, thanosServiceMonitor: { enabled: true } } : {},
  spec: {
    ...(isFed(environment) ? { thanos: { objectStorageConfig: { secret: objectStore(blockBucket(platform, environment)) }, resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '512Mi' } } } } : {}),
    ...(isWritten(environment) ? remoteWrite(cluster) : {}),
  },
});

/** Where Prometheus must be let through to, beside what it scrapes. Pure. */
export const remoteFlows = (platform: Platform, environment: Environment, { region }: Cluster, prometheus: string): readonly Flow[] => [
  ...(isFed(environment) ? [
    { from: prometheus, to: blockBucket(platform, environment).host, port: 443, why: 'gives blocks of metrics to the bucket of Thanos' },
    { from: prometheus, to: prometheus, port: 10902, why: 'scrapes the sidecar' },
  ] : []),
  ...(isWritten(environment) ? [{ from: prometheus, to: `aps-workspaces.${region}.amazonaws.com`, port: 443, why: 'writes to the workspace of AWS' }] : []),
];
