import { describe, expect, it } from 'vitest';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import { exampleCluster, objectsOf, planned, rolesOf } from '../../test/fixtures/planned-components.ts';
import { policiesOf } from '../emit/network/policies.ts';
import type { ClusterPlan, ComponentPlan } from '../model/plan.ts';
import type { ChartRelease } from '../model/workload.ts';

const clusters = everythingClusters({ connectivity: { transit_gateway: { enabled: true, cluster_mesh: true } } });
const [hub = expect.fail('no hub'), spoke = expect.fail('no spoke')] = clusters;
const part = (plan: ClusterPlan, id: string): ComponentPlan => plan.components.find((one) => one.id === id) ?? expect.fail(`no ${id}`);
const chart = (plan: ClusterPlan): ChartRelease => {
  const release = part(plan, 'cilium').workload.releases.find(({ name }) => name === 'cilium');
  return release?.kind === 'chart' ? release : expect.fail('no chart');
};
const objects = (plan: ClusterPlan, release: string) => {
  const found = part(plan, 'clustermesh').workload.releases.find(({ name }) => name === release);
  return found?.kind === 'manifests' ? found.clusterManifests : expect.fail(`no ${release}`);
};
const actionsOn = (plan: ClusterPlan, secret: string) =>
  Object.values(part(plan, 'external-secrets').infra).flatMap((need) => (need.kind === 'iam-role' ? need.allow : [])).filter(({ on }) => on.some((arn) => arn.includes(secret))).flatMap(({ actions }) => actions);

describe('clustermesh', () => {
  it('has every cluster reach the others by name, and never itself', () => {
    expect(chart(hub).clusterValues).toMatchObject({ cluster: { name: hub.cluster.name, id: 1 }, clustermesh: { useAPIServer: true, config: { enabled: true, clusters: { [spoke.cluster.name]: { address: `${spoke.cluster.name}.mesh.prod.acme.test`, port: 2379 } } } } });
    expect(chart(spoke).clusterValues).toMatchObject({ cluster: { id: 2 }, clustermesh: { config: { clusters: { [hub.cluster.name]: {} } } } });
    expect(Object.keys((chart(hub).clusterValues as { clustermesh: { config: { clusters: object } } }).clustermesh.config.clusters)).not.toContain(hub.cluster.name);
  });

  it('lets nobody wait for what waits for certificates and a load balancer', () => {
    expect(chart(hub)).toMatchObject({ readyLater: true, clusterValues: { clustermesh: { annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } } } });
    const alone = planned('cilium', exampleCluster('prod')).workload.releases.at(-1);
    expect(alone).not.toHaveProperty('readyLater');
    expect((alone as ChartRelease).clusterValues).not.toHaveProperty('clustermesh');
    expect((alone as ChartRelease).clusterValues).not.toHaveProperty('MTU');
  });

  it('listens behind an internal load balancer, for the environment alone', () => {
    expect(chart(hub).clusterValues).toMatchObject({
      MTU: 8500,
      clustermesh: { apiserver: { replicas: 2, service: {
        type: 'LoadBalancer', loadBalancerSourceRanges: ['10.128.0.0/10'],
        annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal', 'external-dns.alpha.kubernetes.io/hostname': `${hub.cluster.name}.mesh.prod.acme.test` },
      } } },
    });
  });

  it('makes the authority on the hub and reads it elsewhere, from where the hub has copied it', () => {
    expect(objects(hub, 'clustermesh-authority').map(({ kind }) => kind)).toEqual(['ClusterSecretStore', 'Issuer', 'Certificate', 'PushSecret', 'Issuer']);
    expect(objects(spoke, 'clustermesh-authority').map(({ kind }) => kind)).toEqual(['ClusterSecretStore', 'ExternalSecret', 'Issuer']);
    const push = objects(hub, 'clustermesh-authority').find(({ kind }) => kind === 'PushSecret');
    expect(push).toMatchObject({ spec: { deletionPolicy: 'None', data: [{ match: { remoteRef: { remoteKey: 'argoeks-clustermesh/prod' } }, metadata: { spec: { replicationLocations: [spoke.cluster.region] } } }] } });
    expect(objects(spoke, 'clustermesh-authority').find(({ kind }) => kind === 'ExternalSecret')).toMatchObject({ spec: { dataFrom: [{ extract: { key: 'argoeks-clustermesh/prod' } }] } });
    for (const plan of clusters) expect(objects(plan, 'clustermesh-authority')[0]).toMatchObject({ spec: { conditions: [{ namespaces: ['kube-system'] }], provider: { aws: { region: plan.cluster.region } } } });
  });

  it('lets the hub alone write the authority, and nobody outside the mesh read it', () => {
    expect(actionsOn(hub, 'argoeks-clustermesh/prod')).toEqual(expect.arrayContaining(['secretsmanager:GetSecretValue', 'secretsmanager:CreateSecret', 'secretsmanager:PutSecretValue']));
    expect(actionsOn(hub, 'argoeks-clustermesh/prod').filter((action) => action.includes('Delete'))).toEqual([]);
    expect(actionsOn(spoke, 'argoeks-clustermesh/prod')).toContain('secretsmanager:GetSecretValue');
    expect(actionsOn(spoke, 'argoeks-clustermesh/prod').filter((action) => /Put|Create|Tag/.test(action))).toEqual([]);
    expect(rolesOf(planned('external-secrets', exampleCluster('prod'))).flatMap(({ allow }) => allow).some(({ on }) => on.some((arn) => arn.includes('clustermesh')))).toBe(false);
  });

  it('gives each cluster a name of its own in the stores of the others', () => {
    const names = objects(spoke, 'clustermesh-certificates').map(({ metadata, spec }) => [metadata.name, (spec as { commonName: string }).commonName]);
    const { name } = spoke.cluster;
    expect(names).toEqual([
      ['clustermesh-apiserver-server-cert', 'clustermesh-apiserver.cilium.io'], ['clustermesh-apiserver-admin-cert', `admin-${name}`],
      ['clustermesh-apiserver-remote-cert', `remote-${name}`], ['clustermesh-apiserver-local-cert', `local-${name}`],
    ]);
    expect(objects(spoke, 'clustermesh-certificates')[0]).toMatchObject({ spec: { dnsNames: expect.arrayContaining([`${name}.mesh.prod.acme.test`, 'clustermesh-apiserver.kube-system.svc']) as string[] } });
  });

  it('keeps every policy inside its cluster: none names another', () => {
    const text = JSON.stringify(policiesOf(hub));
    expect(text).not.toContain('io.cilium.k8s.policy.cluster');
    expect(chart(hub).values).not.toHaveProperty('clustermesh');
    expect(text).toContain('*.mesh.prod.acme.test');
  });

  it('is no part of a cluster that does not ask for it', () => {
    expect(objectsOf(planned('clustermesh', exampleCluster('prod')), 'clustermesh-certificates')).toHaveLength(4);
    expect(everythingClusters({ components: {} }).flatMap(({ components }) => components.filter(({ id }) => id === 'clustermesh'))).toEqual([]);
  });
});
