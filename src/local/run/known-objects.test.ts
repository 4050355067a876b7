import { expect, it } from 'vitest';
import { environmentFixture } from '../../../test/fixtures/platform.ts';
import { leftovers } from '../../sim/provider/store/store.ts';
import { MemoryStore } from '../../sim/provider/store/memory-store.ts';
import { knownObjects, readDocuments } from './known-objects.ts';

const environment = (edge: Readonly<Record<string, unknown>>) => environmentFixture({ tier: 'dev', clusters: 1, settings: { edge } });

it('are what the configuration names and no root makes, and count as no leftovers', () => {
  const ca = 'arn:aws:acm-pca:eu-west-1:111111111111:certificate-authority/0a';
  const objects = knownObjects(environment({
    certificates: [{ name: 'web', domain: 'acme.io', zone_id: 'Z1' }, { name: 'api', domain: 'api.acme.io', zone_id: 'Z1' }, { name: 'argocd', domain: 'a.internal', issuer: 'private' }], private_ca: { arn: ca },
    api_gateway: { enabled: true, rest: [{ name: 'features', openapi: 'api/features.yaml' }] },
  }));
  expect(objects.map(({ type, region, id }) => `${type} ${region} ${id}`)).toEqual([
    'aws_route53_zone aws-global Z1', `aws_acmpca_certificate_authority eu-west-1 ${ca}`, `aws_acmpca_certificate_authority_certificate eu-west-1 ${ca}`, 'aws_api_gateway_account us-east-1 api-gateway-account',
  ]);
  expect(leftovers(new MemoryStore(objects))).toEqual([]);
  expect(knownObjects(environment({}))).toEqual([]);
});

it('documents are read only where they are used', () => {
  const rest = [{ name: 'b', openapi: 'api/b.yaml' }, { name: 'a', openapi: 'api/a.yaml' }, { name: 'c', openapi: 'api/a.yaml' }];
  expect(readDocuments(environment({ api_gateway: { enabled: true, rest } }))).toEqual(['api/a.yaml', 'api/b.yaml']);
  expect(readDocuments(environment({ api_gateway: { rest } }))).toEqual([]);
});
