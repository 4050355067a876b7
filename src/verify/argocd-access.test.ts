import { describe, expect, it } from 'vitest';
import { catalogFacts } from '../compile/catalog-facts.ts';
import { resolve } from '../compile/compile.ts';
import { components } from '../components/registry.ts';
import { argocdAccess } from './argocd-access.ts';

const found = (tier: string, argocd: unknown, environment: Readonly<Record<string, unknown>> = {}): readonly (readonly [string, number])[] => {
  const platform = { gitops: { repo_url: 'https://git.acme.io/a/b.git' }, envs: { [tier]: { aws: { account_id: '314159265358' }, ...environment, components: { argocd } } } };
  const files = new Map([
    ['configuration/platform.yaml', JSON.stringify(platform, undefined, 1)],
    ['configuration/clusters/a.yaml', `apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: ${tier}-mlops-a, region: us-east-1, labels: {environment: ${tier}, hub: "true"}}\n`],
  ]);
  const { value, diagnostics } = resolve({ files, lock: undefined, components, facts: catalogFacts() });
  if (!value) expect.fail(JSON.stringify(diagnostics));
  return argocdAccess(value.plan).map(({ code, at }) => [code, at.line]);
};
const codes = (...given: Parameters<typeof found>): readonly string[] => found(...given).map(([code]) => code);

const ingress = { ingress: { enabled: true } };
const sso = { sso: { oidc: { issuer: 'https://id.acme.io', client_id: 'a' } } };
const access = { access: { read_only: ['staff'] } };

describe('Argo CD', () => {
  it('has nothing to complain about by default', () => {
    for (const tier of ['dev', 'qa', 'prod']) expect(found(tier, {})).toEqual([]);
  });

  it('lets somebody in, who may do something', () => {
    expect(codes('prod', { ...ingress })).toEqual(['verify/no-access']);
    expect(codes('prod', sso)).toEqual(['verify/no-access']);
    expect(codes('prod', { ...sso, ...access })).toEqual([]);
    expect(codes('prod', sso, { tenants: [{ name: 'a', groups: ['team-a'] }] })).toEqual([]);
    expect(codes('prod', { ...sso, policy: ['g, staff, role:read-only'] })).toEqual([]);
  });

  it('tells somebody', () => {
    const smtp = { monitoring: { alertmanager: { smtp: { smarthost: 'mail.acme.io:587', from: 'a@acme.io', username: 'a' } } } };
    expect(codes('dev', { notifications: { email: true } })).toEqual(['verify/no-recipient', 'verify/no-recipient']);
    expect(codes('dev', { notifications: { email: true } }, { ...smtp, alerts: { emails: ['a@acme.io'] } })).toEqual([]);
    expect(codes('dev', { notifications: { pagerduty: true } }, { alerts: { pagerduty: { service_region: 'eu' } } })).toEqual(['verify/no-recipient']);
  });
});
