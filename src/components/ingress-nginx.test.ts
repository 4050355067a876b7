import { describe, expect, it } from 'vitest';
import { chartOf, exampleCluster, objectsOf, planned } from '../../test/fixtures/planned-components.ts';
import { platformFixture } from '../../test/fixtures/platform.ts';
import type { Plan } from '../model/plan.ts';
import { ingress } from '../verify/ingress.ts';
import { validateObject } from '../verify/kubernetes/schemas.ts';

const dev = exampleCluster('dev');

describe('ingress-nginx', () => {
  it('is inside the VPC, serves TLS, and takes no snippets of configuration from Ingresses', () => {
    expect(chartOf(planned('ingress-nginx', dev), 'ingress-nginx').values).toMatchObject({
      controller: {
        allowSnippetAnnotations: false,
        extraArgs: { 'default-ssl-certificate': 'ingress-nginx/default-tls' },
        service: { loadBalancerClass: 'service.k8s.aws/nlb', annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' } },
        admissionWebhooks: { certManager: { enabled: true }, patch: { enabled: false } },
      },
    });
    const [certificate] = objectsOf(planned('ingress-nginx', dev), 'ingress-nginx-certificate');
    expect(validateObject(certificate)).toEqual([]);
    expect(certificate).toMatchObject({ metadata: { name: 'default-tls' }, spec: { dnsNames: ['*.dev.eks.local'] } });
  });

  it('has its certificate before it starts', () => {
    expect(planned('ingress-nginx', dev).workload.releases.map(({ name }) => name)).toEqual(['ingress-nginx-certificate', 'ingress-nginx']);
  });
});

/** A plan whose clusters have one component, with what it needs of its settings. */
const plan = (id: string, settings: unknown = {}): Plan => {
  const platform = platformFixture([{ tier: 'prod', clusters: 2 }]);
  const because = { file: 'configuration/platform.yaml', line: 4, column: 7 };
  return { platform, environments: platform.environments.map((environment) => ({ environment, clusters: environment.clusters.map((cluster) => ({ cluster, environment, components: [{ id, settings, workload: planned(id, cluster, settings, platform).workload, because }] })) })) } as unknown as Plan;
};

describe('ways into a cluster', () => {
  it('that nobody maintains are named once, at the line that asked', () => {
    expect(ingress(plan('ingress-nginx')).map(({ code, severity, at, summary }) => `${at.line}:${at.column} ${severity} ${code} ${summary}`)).toEqual([
      '4:7 warning verify/retired-chart Component "ingress-nginx" of prod-mlops-cluster-01 runs chart "ingress-nginx", whose project has ended (no release and no fix since March 2026): nobody mends what is found in it.',
    ]);
    expect(ingress(plan('gateway-api'))).toEqual([]);
  });

  it('that nobody may sign in to are refused', () => {
    expect(ingress(plan('oauth2-proxy', { allowed_groups: [] })).map(({ code, severity }) => [code, severity])).toEqual([['verify/no-sign-in', 'error']]);
    expect(ingress(plan('oauth2-proxy', { issuer: 'https://id.acme.io', client_id: 'h', allowed_groups: ['a'] }))).toEqual([]);
  });
});
