import { expect, it } from 'vitest';
import { platformFixture } from '../../test/fixtures/platform.ts';
import type { Plan } from '../model/plan.ts';
import { ingress } from './ingress.ts';

const plan = (settings: unknown, more: readonly (readonly [id: string, settings: unknown])[] = []): Plan => {
  const platform = platformFixture([{ tier: 'prod', clusters: 2 }]);
  const because = { file: 'configuration/platform.yaml', line: 4, column: 7 };
  return { platform, environments: platform.environments.map((environment) => ({ environment, clusters: environment.clusters.map((cluster) => ({ cluster, environment, components: [['oauth2-proxy', settings] as const, ...more].map(([id, own]) => ({ id, settings: own, because, workload: { namespaces: [], releases: [] } })) })) })) } as unknown as Plan;
};

it('refuses a proxy that is told nothing of who may sign in, once, at the line that asked', () => {
  expect(ingress(plan({ allowed_groups: [] })).map(({ code, severity, at }) => [code, severity, at.line])).toEqual([['verify/no-sign-in', 'error', 4]]);
  expect(ingress(plan({ issuer: 'https://id.acme.io', client_id: 'h', allowed_groups: ['a'] }))).toEqual([]);
});

const told = { issuer: 'https://id.acme.io', client_id: 'h', allowed_groups: ['a'] };
const gateway = (settings: unknown, certManager: unknown = {}): readonly string[] =>
  ingress(plan(told, [['gateway-api', settings], ['cert-manager', certManager]])).map(({ code, at, summary }) => {
    expect([code, at.line]).toEqual(['verify/no-issuer', 4]);
    return summary;
  });
const acme = { acme: { email: 'a@acme.io', zone_id: 'Z1', domains: ['acme.io'] } };

it('refuses a gateway whose certificate nobody would sign', () => {
  expect(gateway({ issuer: 'platform-ca' })).toEqual([]);
  expect(gateway({ issuer: 'acme' })).toEqual([expect.stringContaining('cert-manager has no issuer "acme"')]);
  expect(gateway({ issuer: 'acme', domains: ['*.acme.io', 'acme.io'] }, acme)).toEqual([]);
  expect(gateway({ issuer: 'acme', domains: ['*.ml.acme.io'] }, acme)).toEqual([]);
  expect(gateway({ issuer: 'acme', domains: ['*.acme.io', 'notacme.io'] }, acme)).toEqual([expect.stringContaining('notacme.io')]);
  expect(gateway({ issuer: 'acme' }, acme)).toEqual([expect.stringContaining('*.prod.eks.internal')]);
  expect(gateway({ issuer: 'acme', acm_certificate_arn: 'arn:aws:acm:us-east-1:123456789012:certificate/1a' })).toEqual([]);
});
