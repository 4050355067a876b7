import { describe, expect, it } from 'vitest';
import { load } from './load.ts';

const regions = { 'us-east-1': { partition: 'aws', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] }, 'eu-west-1': { partition: 'aws', zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] } };
const registry = 'apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: dev-mlops-a, region: eu-west-1, labels: {environment: dev, hub: "true"}}\n';
const found = (environment: string, top = ''): readonly string[] => {
  const text = `gitops: {repo_url: https://git.acme.io/a/b.git}\nenvs:\n  dev:\n    aws: {account_id: "314159265358", region: eu-west-1}\n${environment}${top}`;
  return load(new Map([['configuration/platform.yaml', text], ['configuration/clusters/dev.yaml', registry]]), undefined, new Map(), { regions }).diagnostics.map(({ at, summary }) => `${at.line}: ${summary}`);
};

describe('a distribution', () => {
  const withCertificate = (certificates: string): readonly string[] => found(`    edge: {certificates: [${certificates}]}\n`, 'edge:\n  dev:\n    cloudfront:\n      enabled: true\n      acm_cert_arn: web\n      origins: [{id: lb, type: alb, domain_name: lb.acme.io}]\n      behaviors: [{is_default: true, origin_id: lb}]\n');

  it('names a public certificate of its environment, in us-east-1', () => {
    expect(withCertificate('')).toEqual(['10: edge.dev.cloudfront.acm_cert_arn is "web", which is none of envs.dev.edge.certificates.']);
    expect(withCertificate('{name: web, domain: acme.io, zone_id: Z0}')).toEqual(['10: edge.dev.cloudfront.acm_cert_arn is "web", a certificate in eu-west-1; CloudFront takes only those of us-east-1.']);
    expect(withCertificate('{name: web, domain: acme.io, zone_id: Z0, region: us-east-1}')).toEqual([]);
  });
  it('takes no private certificate', () => {
    expect(found('    edge: {certificates: [{name: web, domain: acme.io, issuer: private}], private_ca: {create: true}}\n', 'edge:\n  dev:\n    cloudfront: {enabled: true, acm_cert_arn: web, origins: [{id: lb, type: alb, domain_name: lb.acme.io}], behaviors: [{is_default: true, origin_id: lb}]}\n'))
      .toEqual(['8: edge.dev.cloudfront.acm_cert_arn is "web", a private certificate, which no browser trusts.']);
  });
});

describe('an endpoint to a service of somebody else', () => {
  const endpoint = (more: string): readonly string[] => found(`    connectivity: {private_link: {endpoints: [{name: vendor, ${more}}]}}\n`);

  it('is in a cluster that is there, in the region of the service', () => {
    expect(endpoint('service_name: com.amazonaws.vpce.eu-west-1.vpce-svc-0a')).toEqual([]);
    expect(endpoint('service_name: com.amazonaws.vpce.eu-west-1.vpce-svc-0a, cluster: dev-mlops-b')).toEqual(['5: envs.dev.connectivity.private_link.endpoints.0.cluster is "dev-mlops-b", which is no cluster of dev.']);
    expect(endpoint('service_name: com.amazonaws.vpce.us-east-1.vpce-svc-0a')).toEqual(['5: envs.dev.connectivity.private_link.endpoints.0.service_name is a service in us-east-1, but dev-mlops-a is in eu-west-1.']);
  });
});
