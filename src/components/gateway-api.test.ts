import { describe, expect, it } from 'vitest';
import { chartOf, examplePlatform, exampleCluster, objectsOf, planned } from '../../test/fixtures/planned-components.ts';
import { chartPins } from '../compile/catalog-facts.ts';
import { bootstrapProps } from '../emit/terraform/bootstrap-props.ts';
import { ownCharts } from '../emit/terraform/own-charts.ts';
import { applicationsOf } from '../emit/argocd/application.ts';
import type { ClusterPlan, ComponentPlan, Plan } from '../model/plan.ts';
import { crdManifest } from '../verify/kubernetes/crd-manifest.ts';
import { validateObject } from '../verify/kubernetes/schemas.ts';

const dev = exampleCluster('dev');
const withGateway = { ...dev, components: { ...dev.components, 'gateway-api': {} } };
const all = (settings: unknown = {}) => ['gateway-api-crds', 'shared-gateway'].flatMap((release) => objectsOf(planned('gateway-api', dev, settings), release));
const gateway = (settings: unknown = {}) => all(settings).find(({ kind }) => kind === 'Gateway')?.['spec'] as { infrastructure: { annotations: Record<string, string> }; listeners: readonly { name: string; port: number; protocol: string; hostname?: string; tls?: object }[] };

/** A plan with this component alone. */
const plan = (): { readonly of: ClusterPlan; readonly whole: Plan } => {
  const environment = examplePlatform.environments[0] ?? expect.fail();
  const { infra, workload } = planned('gateway-api', dev);
  const component = { id: 'gateway-api', layer: 'platform', requires: ['cilium'], settings: {}, infra, workload, network: [], alerts: [], dashboards: [], cost: [], checks: [], waves: {}, because: dev.at } as unknown as ComponentPlan;
  const of = { cluster: dev, environment, components: [component] };
  return { of, whole: { platform: examplePlatform, environments: [{ environment, clusters: [of] }] } };
};

describe('gateway-api', () => {
  it('brings objects that the definitions it brings allow', () => {
    for (const settings of [{}, { domains: ['a.acme.io', '*.acme.io'], issuer: 'acme', scheme: 'internet-facing', source_ranges: ['10.0.0.0/8'] }, { acm_certificate_arn: 'arn:aws:acm:us-east-1:123456789012:certificate/1a' }])
      for (const one of all(settings)) expect(validateObject(one), `${one.kind} ${one.metadata.name}`).toEqual([]);
  });

  it('has a load balancer inside the VPC that serves TLS, and sends who asks in the clear there', () => {
    expect(gateway().infrastructure.annotations).toMatchObject({ 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal', 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'instance' });
    expect(gateway().listeners.map(({ name, protocol, port, hostname }) => `${name} ${protocol} ${port} ${hostname ?? ''}`)).toEqual(['http HTTP 80 ', 'https-0 HTTPS 443 *.dev.eks.local', 'https-1 HTTPS 443 *.dev-mlops-cluster-01.dev.eks.local']);
    expect(all().find(({ kind }) => kind === 'HTTPRoute')?.['spec']).toMatchObject({ parentRefs: [{ name: 'shared', sectionName: 'http' }], rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }] });
    expect(all().find(({ kind }) => kind === 'Certificate')?.['spec']).toMatchObject({ dnsNames: ['*.dev.eks.local', '*.dev-mlops-cluster-01.dev.eks.local'], issuerRef: { name: 'platform-ca' } });
  });

  it('lets the load balancer end TLS with a certificate of ACM, and then needs none of its own', () => {
    const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/1a';
    expect(gateway({ acm_certificate_arn: arn }).infrastructure.annotations).toMatchObject({ 'service.beta.kubernetes.io/aws-load-balancer-ssl-cert': arn, 'service.beta.kubernetes.io/aws-load-balancer-ssl-ports': '443' });
    expect(all({ acm_certificate_arn: arn }).map(({ kind }) => kind)).not.toContain('Certificate');
  });

  it('has its definitions there before Cilium starts: from Terraform, once, and owned by Argo CD', () => {
    const { of, whole } = plan();
    expect(Object.values(bootstrapProps(examplePlatform, of, chartPins).definitions)).toEqual([{ name: 'gateway-api-crds', namespace: 'gateway', path: expect.stringMatching(/charts\/gateway-api-crds$/) as string }]);
    const paths = ownCharts(whole).map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('terraform/charts/gateway-api-crds/'))).toEqual(expect.arrayContaining(['terraform/charts/gateway-api-crds/Chart.yaml', 'terraform/charts/gateway-api-crds/crds/httproutes.gateway.networking.k8s.io.yaml']));
    const application = applicationsOf(examplePlatform.gitops, chartPins, of).find(({ metadata }) => metadata.name.endsWith('gateway-api-crds'));
    expect(application?.metadata).not.toHaveProperty('finalizers');
    expect(application?.['spec']).toMatchObject({ syncPolicy: { automated: { prune: false } } });
  });

  it('leaves no chart where nobody asks', () => {
    const { whole } = plan();
    expect(ownCharts({ ...whole, environments: [] }).map(({ path }) => path).filter((path) => path.includes('gateway'))).toEqual([]);
  });

  it('turns Cilium\'s controller on, and has ExternalDNS read routes', () => {
    expect(chartOf(planned('cilium', dev), 'cilium').clusterValues).not.toHaveProperty('gatewayAPI');
    expect(chartOf(planned('cilium', withGateway), 'cilium').clusterValues).toMatchObject({ gatewayAPI: { enabled: true, gatewayClass: { create: 'false' } } });
    expect(chartOf(planned('external-dns', withGateway), 'external-dns').clusterValues['sources']).toContain('gateway-httproute');
  });

  it('says which version its definitions are of, as Cilium wants it', () => {
    for (const one of objectsOf(planned('gateway-api', dev), 'gateway-api-crds')) expect(one).toEqual({ ...crdManifest(one.metadata.name), metadata: { ...one.metadata, annotations: { ...crdManifest(one.metadata.name).metadata.annotations, 'gateway.networking.k8s.io/bundle-version': 'v1.4.1', 'gateway.networking.k8s.io/channel': 'standard' } } });
  });
});
