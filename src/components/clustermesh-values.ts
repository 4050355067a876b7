import { nightNodes } from '../config/night-nodes.ts';
import type { Cluster, Environment } from '../config/platform.ts';
import type { StandInWorkload, Values } from '../model/workload.ts';
import { isMeshed, meshApiServer, meshComponent, meshHost, meshPeers, meshPort } from './clustermesh-peers.ts';

/** What a transit gateway passes on at most. Source: AWS documentation, "Quotas for your transit gateways", maximum transmission unit. */
const transitMtu = 8500;

const requests = { cpu: '50m', memory: '128Mi' };

const annotation = (name: string): string => `service.beta.kubernetes.io/aws-load-balancer-${name}`;

/** Where the configuration says nothing two, but only in prod and where they can stand on two nodes. */
const replicasOf = (environment: Environment, cluster: Cluster): number =>
  (cluster.components[meshComponent] as { readonly replicas?: number }).replicas ?? (cluster.tier === 'prod' && nightNodes(environment, cluster) > 1 ? 2 : 1);

/** An internal load balancer, found by its name in the private zone. It appears once the two controllers run that come after Cilium. */
const service = (environment: Environment, cluster: Cluster) => ({
  type: 'LoadBalancer',
  loadBalancerClass: 'service.k8s.aws/nlb',
  loadBalancerSourceRanges: [environment.settings.base_cidr].flat(),
  // Each replica has a store of its own: who comes again should meet the same one. The load balancer sees to it, by the address of who asks.
  enableSessionAffinity: 'Never',
  annotations: {
    [annotation('scheme')]: 'internal',
    [annotation('nlb-target-type')]: 'ip',
    [annotation('attributes')]: 'load_balancing.cross_zone.enabled=true',
    [annotation('target-group-attributes')]: 'preserve_client_ip.enabled=false,stickiness.enabled=true,stickiness.type=source_ip',
    'external-dns.alpha.kubernetes.io/hostname': meshHost(environment, cluster.name),
  },
});

/**
 * What Cilium's chart is told on a cluster of a mesh; nothing on others. Agents take their part of the mesh from Secrets that may appear later, so
 * the chart itself is installed before anything of it can work. Pure.
 */
export const meshValues = (environment: Environment, cluster: Cluster): Values => {
  if (!isMeshed(cluster)) return {};
  const replicas = replicasOf(environment, cluster);
  return {
    // Larger packets get lost between clusters: WireGuard's own can't be made smaller on the way.
    MTU: transitMtu,
    clustermesh: {
      useAPIServer: true,
      // Its pods wait for certificates, and its Service for a load balancer: both come from components that wait for Cilium.
      annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' },
      config: { enabled: true, clusters: Object.fromEntries(meshPeers(environment, cluster).map(({ name }) => [name, { address: meshHost(environment, name), port: meshPort }])) },
      apiserver: {
        replicas,
        ...(replicas > 1 ? { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } } : {}),
        service: service(environment, cluster),
        // The component `clustermesh` makes the certificates, all from one authority.
        tls: { authMode: 'cluster', enableSecrets: false, auto: { enabled: false } },
        resources: { requests },
        etcd: { resources: { requests }, init: { resources: { requests: { cpu: '10m', memory: '32Mi' } } } },
        kvstoremesh: { resources: { requests } },
      },
    },
  };
};

/** The pods of those values, for the local platform. Pure. */
export const meshStandIn = (environment: Environment, cluster: Cluster): readonly StandInWorkload[] =>
  isMeshed(cluster)
    ? [{ kind: 'Deployment', name: meshApiServer, replicas: replicasOf(environment, cluster), serviceAccount: meshApiServer, labels: { 'k8s-app': meshApiServer }, requests: { cpu: '150m', memory: '384Mi' } }]
    : [];
