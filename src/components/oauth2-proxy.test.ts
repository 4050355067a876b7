import { describe, expect, it } from 'vitest';
import { chartOf, exampleCluster, objectsOf, planned } from '../../test/fixtures/planned-components.ts';
import { defaultClusters, everythingClusters } from '../../test/fixtures/network-plans.ts';
import { lacksSignIn } from './oauth2-proxy.ts';
import { components } from './registry.ts';
import { validateObject } from '../verify/kubernetes/schemas.ts';

const dev = exampleCluster('dev');
const withGateway = { ...dev, components: { ...dev.components, 'gateway-api': {} } };
const told = { issuer: 'https://id.acme.io/realms/one', client_id: 'hubble', allowed_groups: ['platform', 'sre'] };
const values = (cluster = dev, settings: unknown = told) => chartOf(planned('oauth2-proxy', cluster, settings), 'oauth2-proxy').clusterValues;

describe('oauth2-proxy', () => {
  it('serves nothing before it is told who may sign in', () => {
    for (const missing of ['issuer', 'client_id', 'allowed_groups']) {
      const settings = Object.fromEntries(Object.entries(told).map(([key, value]) => [key, key === missing ? (Array.isArray(value) ? [] : undefined) : value]));
      expect(planned('oauth2-proxy', dev, settings).workload.releases, missing).toEqual([]);
      expect(lacksSignIn(settings), missing).toBe(true);
    }
  });

  it('lets members of the groups in and nobody else', () => {
    expect(values()).toMatchObject({ config: { configFile: expect.stringContaining('allowed_groups = ["platform","sre"]\n') as string }, extraArgs: { 'oidc-issuer-url': told.issuer, 'redirect-url': 'https://hubble.dev-mlops-cluster-01.dev.eks.local/oauth2/callback', 'cookie-secure': true } });
    // A list among the arguments would be one group called "[platform sre]".
    expect(Object.values((values() as { extraArgs: object }).extraArgs).filter((value) => Array.isArray(value))).toEqual([]);
  });

  it('asks for the scope that brings groups, unless told otherwise', () => {
    expect(values()).toMatchObject({ extraArgs: { scope: 'openid email profile groups' } });
    expect(values(dev, { ...told, scopes: ['openid', 'email'] })).toMatchObject({ extraArgs: { scope: 'openid email' } });
  });

  it('has a name of its own on each cluster of an environment', () => {
    const hosts = [0, 1].map((index) => (values(exampleCluster('prod', index)) as { ingress: { hosts: readonly string[] } }).ingress.hosts[0]);
    expect(new Set(hosts).size).toBe(2);
  });

  it('has its secrets from AWS, by reference', () => {
    const [credentials] = objectsOf(planned('oauth2-proxy', dev, told), 'oauth2-proxy-credentials');
    expect(validateObject(credentials)).toEqual([]);
    expect(credentials?.['spec']).toMatchObject({ data: [{ remoteRef: { key: 'dev/oauth2-proxy', property: 'client-secret' } }, { remoteRef: { key: 'dev/oauth2-proxy', property: 'cookie-secret' } }] });
  });

  it('is reached through the shared gateway where there is one, else through a load balancer inside the VPC, over TLS both', () => {
    expect(values(withGateway)).toMatchObject({ gatewayApi: { enabled: true, gatewayRef: { name: 'shared', namespace: 'gateway' } } });
    expect(values(withGateway)).not.toHaveProperty('ingress');
    expect(values()).toMatchObject({ ingress: { className: 'alb', tls: [{ hosts: ['hubble.dev-mlops-cluster-01.dev.eks.local'] }], annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal', 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS":443}]' } } });
  });

  it('is the only way to Hubble\'s UI: nothing else reaches it, and Cilium\'s chart makes no Ingress for it', () => {
    for (const { components: all } of [...defaultClusters(), ...everythingClusters()]) {
      for (const { id, network, workload } of all) {
        expect(network.filter(({ to }) => to === 'cilium/hubble-ui').map(({ from }) => from), id).toEqual(id === 'oauth2-proxy' ? ['oauth2-proxy'] : []);
        for (const release of workload.releases) if (release.kind === 'chart' && release.name === 'cilium') expect(JSON.stringify([release.values, release.clusterValues])).not.toContain('"ingress"');
      }
    }
    expect(components.filter(({ id }) => id === 'oauth2-proxy')).toHaveLength(1);
  });
});
