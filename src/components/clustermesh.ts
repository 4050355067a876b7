import { z } from 'zod';
import { hoursPerMonth } from '../../catalog/prices.ts';
import { edgePrices } from '../../catalog/service-prices.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import type { Cluster, Environment, Platform } from '../config/platform.ts';
import { defineComponent } from '../model/component.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { meshApiServer, meshComponent, meshHost, meshPeers, meshPort, meshSecretName } from './clustermesh-peers.ts';
import { remoteRef } from './remote-ref.ts';

const namespace = 'kube-system';
const authority = 'clustermesh-ca';
const selfSigned = 'clustermesh-self-signed';
const pods = 'cilium/clustermesh-apiserver';
const certApi = 'cert-manager.io/v1';
const tenYears = '87600h';
/** As long as the chart's own certificates; renewed after two thirds. */
const threeYears = '26280h';
const issuerRef = (name: string) => ({ name, kind: 'Issuer', group: 'cert-manager.io' });
const storeRef = { kind: 'ClusterSecretStore', name: 'clustermesh' };

/** Only what is in `kube-system` may ask it: the platform's own stores serve the platform's namespaces, which this is not. */
const store = (region: string): KubeObject => ({
  apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', metadata: { name: storeRef.name },
  spec: { conditions: [{ namespaces: [namespace] }], provider: { aws: { service: 'SecretsManager', region, auth: { jwt: { serviceAccountRef: { name: 'external-secrets', namespace: 'external-secrets' } } } } } },
});

/** On the hub: the authority is made there, and copied to Secrets Manager of every region where somebody reads it, with the tags by which a destroy finds it. */
const made = (platform: Platform, environment: Environment, hub: Cluster, key: string): readonly KubeObject[] => {
  const regions = [...new Set(meshPeers(environment, hub).map(({ region }) => region))].filter((region) => region !== hub.region).toSorted();
  return [
    { apiVersion: certApi, kind: 'Issuer', metadata: { name: selfSigned, namespace }, spec: { selfSigned: {} } },
    {
      apiVersion: certApi, kind: 'Certificate', metadata: { name: authority, namespace },
      spec: { isCA: true, commonName: `${environment.name} cluster mesh`, secretName: authority, duration: tenYears, privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' }, issuerRef: issuerRef(selfSigned) },
    },
    {
      apiVersion: 'external-secrets.io/v1alpha1', kind: 'PushSecret', metadata: { name: authority, namespace },
      spec: {
        refreshInterval: '1h0m0s', updatePolicy: 'Replace', deletionPolicy: 'None', secretStoreRefs: [storeRef], selector: { secret: { name: authority } },
        data: [{
          match: { remoteRef: { remoteKey: key } }, conversionStrategy: 'None',
          metadata: { apiVersion: 'kubernetes.external-secrets.io/v1alpha1', kind: 'PushSecretMetadata', spec: { secretPushFormat: 'string', description: `Authority of the cluster mesh of ${environment.name}`, tags: { 'argoeks:platform': platform.name, 'argoeks:environment': environment.name }, ...(regions.length > 0 ? { replicationLocations: regions } : {}) } },
        }],
      },
    },
  ];
};

const read = (key: string): KubeObject => ({
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: authority, namespace },
  spec: { refreshInterval: '1h0m0s', secretStoreRef: storeRef, target: { name: authority, creationPolicy: 'Owner', deletionPolicy: 'Retain' }, dataFrom: [{ extract: remoteRef(key) }] },
});

const authorityOf = (platform: Platform, environment: Environment, cluster: Cluster): readonly KubeObject[] => {
  const key = meshSecretName(platform.name, environment.name);
  return [
    store(cluster.region),
    ...(cluster.hub ? made(platform, environment, cluster, key) : [read(key)]),
    { apiVersion: certApi, kind: 'Issuer', metadata: { name: authority, namespace }, spec: { ca: { secretName: authority } } },
  ];
};

/** Names are those that the chart mounts; subjects those by which etcd of the other clusters knows a cluster (`authMode: cluster`). Source: `templates/clustermesh-apiserver/tls-certmanager`. */
const certificates = (environment: Environment, { name }: Cluster): readonly KubeObject[] => {
  const certificate = (purpose: string, commonName: string, usage: 'server auth' | 'client auth', names: Readonly<Record<string, readonly string[]>> = {}): KubeObject => ({
    apiVersion: certApi, kind: 'Certificate', metadata: { name: `${meshApiServer}-${purpose}-cert`, namespace },
    spec: { secretName: `${meshApiServer}-${purpose}-cert`, commonName, ...names, duration: threeYears, usages: ['digital signature', 'key encipherment', usage], privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' }, issuerRef: issuerRef(authority) },
  });
  return [
    certificate('server', `${meshApiServer}.cilium.io`, 'server auth', { dnsNames: [`${meshApiServer}.cilium.io`, '*.mesh.cilium.io', `${meshApiServer}.${namespace}.svc`, meshHost(environment, name)], ipAddresses: ['127.0.0.1', '::1'] }),
    certificate('admin', `admin-${name}`, 'client auth'),
    certificate('remote', `remote-${name}`, 'client auth'),
    certificate('local', `local-${name}`, 'client auth'),
  ];
};

const settings = z.strictObject({
  replicas: z.int().min(1).max(3).optional().meta({ description: 'Replicas of what tells the other clusters; 2 in prod where there is more than one node, else 1, when absent.', unit: 'pods' }),
});

/** Joins the clusters of an environment: one authority for them all, and the certificates by which they know each other. The pods are Cilium's. */
export const clustermesh = defineComponent({
  id: meshComponent,
  summary: 'Joins the cluster to the Cilium cluster mesh of its environment: services and network policies across clusters.',
  layer: 'platform',
  requires: ['cilium', 'coredns', 'cert-manager', 'external-secrets', 'external-dns', 'aws-load-balancer-controller'],
  defaultOn: false,
  settings,
  infra: () => ({}),
  workload: ({ platform, environment, cluster }) => ({
    namespaces: [],
    releases: [
      { kind: 'manifests', name: 'clustermesh-authority', namespace, manifests: [], clusterManifests: authorityOf(platform, environment, cluster) },
      { kind: 'manifests', name: 'clustermesh-certificates', namespace, manifests: [], clusterManifests: certificates(environment, cluster) },
    ],
  }),
  network: ({ environment: { domain } }) => [
    { from: pods, to: 'kube-apiserver', port: 443, why: 'reads identities, endpoints and services that the other clusters shall know' },
    { from: pods, to: `*.mesh.${domain}`, port: meshPort, why: 'reads what the other clusters tell' },
    { from: 'world', to: pods, port: meshPort, why: 'the other clusters come through the load balancer, whose addresses are of the VPC; who has no certificate is refused' },
    { from: 'cilium/cilium', to: pods, port: meshPort, why: 'agents read what the other clusters tell' },
  ],
  alerts: () => [
    { name: 'ClusterMeshDown', expr: `kube_deployment_status_replicas_available{namespace="${namespace}",deployment="${meshApiServer}"} == 0`, forMinutes: 10, severity: 'critical', summary: 'Nothing tells the mesh about this cluster, and its agents learn nothing new of the others.', runbook: 'cluster-mesh-down' },
    { name: 'ClusterMeshClusterUnreachable', expr: 'max by (cluster, target_cluster) (cilium_kvstoremesh_remote_cluster_readiness_status) == 0', forMinutes: 10, severity: 'critical', summary: 'A cluster of the mesh can not be reached; what is known of it grows old.', runbook: 'cluster-mesh-unreachable' },
    { name: 'ClusterMeshAgentsNotSynced', expr: 'sum by (cluster, target_cluster) (cilium_clustermesh_remote_cluster_readiness_status == bool 0) > 0', forMinutes: 15, severity: 'warning', summary: 'Agents do not know another cluster of the mesh; services and policies that speak of it do not work on their nodes.', runbook: 'cluster-mesh-unreachable' },
  ],
  dashboards: () => [
    { title: 'Clusters of the mesh that are reached', expr: 'sum by (cluster) (max by (cluster, target_cluster) (cilium_kvstoremesh_remote_cluster_readiness_status))', unit: 'clusters' },
    { title: 'Failures of the way to each cluster of the mesh', expr: 'max by (cluster, target_cluster) (cilium_kvstoremesh_remote_cluster_failures)', unit: 'failures' },
  ],
  cost: () => [{ what: 'network load balancer of the cluster mesh', usd: edgePrices.loadBalancer.usd * hoursPerMonth + edgePrices.loadBalancerUse.usd, basis: 'at all hours, with one capacity unit; traffic between clusters is counted with the transit gateway', usage: {} }],
  checks: [deploymentReady(namespace, meshApiServer)],
});
