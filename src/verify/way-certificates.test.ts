import { describe, expect, it } from 'vitest';
import { catalogFacts } from '../compile/catalog-facts.ts';
import { resolve } from '../compile/compile.ts';
import { components } from '../components/registry.ts';
import { wayCertificates } from './way-certificates.ts';

const found = (tier: string, chosen: Readonly<Record<string, unknown>>, environment: Readonly<Record<string, unknown>> = {}): readonly string[] => {
  const platform = { gitops: { repo_url: 'https://git.acme.io/a/b.git' }, envs: { [tier]: { components: chosen, aws: { account_id: '314159265358' }, ...environment } } };
  const files = new Map([
    ['configuration/platform.yaml', JSON.stringify(platform, undefined, 1)],
    ['configuration/clusters/a.yaml', `apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: ${tier}-mlops-a, region: us-east-1, labels: {environment: ${tier}, hub: "true"}}\n    - {name: ${tier}-mlops-b, region: eu-west-1, labels: {environment: ${tier}}}\n`],
  ]);
  const { value, diagnostics } = resolve({ files, lock: undefined, components, facts: catalogFacts() });
  if (!value) expect.fail(JSON.stringify(diagnostics));
  return wayCertificates(value.plan).map(({ code, at, summary }) => {
    expect(code).toBe('verify/no-certificate');
    expect(at).toMatchObject({ file: 'configuration/platform.yaml', line: 8 });
    return /(.*) is to be reached by (\S+),/.exec(summary)?.slice(1).join(' ') ?? summary;
  });
};
const certificates = (...domains: readonly string[]) => ({ edge: { certificates: ['us-east-1', 'eu-west-1'].flatMap((region) => domains.map((domain, i) => ({ name: `${region}-${i}`, domain, region, zone_id: 'Z0ABC' }))) } });
const certificate = (domain: string, more: Readonly<Record<string, unknown>> = {}) => ({ edge: { certificates: [{ name: 'web', domain, zone_id: 'Z0ABC', ...more }] } });
const arn = 'arn:aws:acm:us-east-1:314159265358:certificate/0a';

it('is silent while there is no way in', () => {
  for (const tier of ['dev', 'qa', 'prod']) expect(found(tier, { argocd: {} })).toEqual([]);
});

describe('Argo CD', () => {
  const argocd = { argocd: { ingress: { enabled: true } } };

  it('needs a certificate for its host in its region', () => {
    expect(found('dev', argocd)).toEqual(['Argo CD of dev-mlops-a argocd.dev.eks.local']);
    expect(found('dev', argocd, certificate('argocd.dev.eks.local'))).toEqual([]);
    expect(found('dev', argocd, certificate('acme.io', { alternative_names: ['*.dev.eks.local'] }))).toEqual([]);
    expect(found('dev', argocd, certificate('*.eks.local'))).toHaveLength(1);
    expect(found('dev', argocd, certificate('argocd.dev.eks.local', { region: 'eu-west-1' }))).toHaveLength(1);
    expect(found('dev', { argocd: { ingress: { enabled: true, certificate_arn: arn } } })).toEqual([]);
  });
});

describe('Grafana', () => {
  const grafana = (ingress: Readonly<Record<string, unknown>>) => ({ 'kube-prometheus-stack': { grafana: { ingress: { enabled: true, ...ingress } } } });

  it('needs one on each cluster, which the wildcard of the domain does not cover', () => {
    const both = ['Grafana of prod-mlops-a grafana.prod-mlops-a.prod.eks.internal', 'Grafana of prod-mlops-b grafana.prod-mlops-b.prod.eks.internal'];
    expect(found('prod', grafana({}))).toEqual(both);
    expect(found('prod', grafana({}), certificates('*.prod.eks.internal'))).toEqual(both);
    expect(found('prod', grafana({}), certificates('*.prod-mlops-a.prod.eks.internal', '*.prod-mlops-b.prod.eks.internal'))).toEqual([]);
    expect(found('prod', grafana({ certificate_arn: arn }))).toEqual([]);
  });
});

describe('Hubble behind single sign-on', () => {
  const proxy = { issuer: 'https://id.acme.io', client_id: 'hubble', allowed_groups: ['platform'] };

  it('needs one where it has a load balancer of its own', () => {
    expect(found('dev', { 'oauth2-proxy': proxy })).toHaveLength(2);
    expect(found('dev', { 'oauth2-proxy': { ...proxy, acm_certificate_arn: arn } })).toEqual([]);
    expect(found('dev', { 'oauth2-proxy': { ...proxy, allowed_groups: [] } })).toEqual([]);
    expect(found('dev', { 'oauth2-proxy': proxy, 'gateway-api': {} })).toEqual([]);
  });
});
