import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { chartOf, exampleCluster, objectsOf, planned } from '../../../test/fixtures/planned-components.ts';
import type { Cluster, Platform } from '../../config/platform.ts';
import type { Tree } from '../../../test/fixtures/switches.ts';
import { validateObject } from '../../verify/kubernetes/schemas.ts';
import { components } from '../registry.ts';

const dev = exampleCluster('dev');
const prod = exampleCluster('prod');
const oidc = { issuer: 'https://login.acme.io/tenant', client_id: 'argocd' };
const identityCenter = { sign_in_url: 'https://portal.sso.us-east-1.amazonaws.com/saml/assertion/x', certificate: 'LS0t' };

interface Values {
  readonly global: { readonly domain: string };
  readonly configs: { readonly cm: Readonly<Record<string, string>>; readonly rbac: Readonly<Record<string, string>>; readonly params: Readonly<Record<string, string>> };
  readonly notifications: { readonly enabled: boolean; readonly subscriptions?: readonly { readonly recipients: readonly string[] }[]; readonly notifiers?: Readonly<Record<string, string>> };
  readonly [part: string]: unknown;
}
const valuesOf = (cluster: Cluster, settings: Tree = {}, platform?: Platform): Values => chartOf(platform ? planned('argocd', cluster, settings, platform) : planned('argocd', cluster, settings), 'argocd').clusterValues as Values;

/** A platform of one environment whose hub has `settings` for Argo CD. */
const withHub = (argocd: Tree, environment: Tree = {}): { readonly platform: Platform; readonly hub: Cluster } => {
  const platform = platformFixture([{ tier: 'prod', clusters: 1, settings: environment }]);
  const [first] = platform.environments;
  const [hub] = first?.clusters ?? [];
  if (!first || !hub) throw new Error('no hub');
  const told: Cluster = { ...hub, components: { argocd } };
  return { platform: { ...platform, environments: [{ ...first, clusters: [told] }] }, hub: told };
};
const networkOf = (id: string, { platform, hub }: ReturnType<typeof withHub>): readonly string[] => {
  const component = components.find((one) => one.id === id) ?? expect.fail(id);
  const base = { platform, environment: platform.environments[0] ?? expect.fail('no environment'), cluster: hub, settings: component.settings.parse(hub.components[id] ?? {}) };
  return component.network({ ...base, infra: component.infra(base) }).map(({ from, to, port }) => `${from} ${to}:${port}`);
};

describe('signing in', () => {
  it('is for nobody by default, and for a local admin only where there is no other way and no prod', () => {
    expect(valuesOf(prod).configs).toMatchObject({ cm: { 'admin.enabled': 'false' }, rbac: { 'policy.default': '' } });
    expect(valuesOf(dev).configs.cm['admin.enabled']).toBe('true');
    for (const sso of [{ oidc }, { identity_center: identityCenter }]) expect(valuesOf(dev, { sso }).configs.cm['admin.enabled']).toBe('false');
  });

  it('takes the secret of its client from a Secret that External Secrets makes', () => {
    const told = withHub({ sso: { oidc } });
    expect(valuesOf(told.hub, { sso: { oidc } }).configs.cm['oidc.config']).toContain('clientSecret: $argocd-sso:clientSecret\n');
    expect(objectsOf(planned('argocd-secrets', told.hub, {}, told.platform), 'argocd-secrets')).toMatchObject([
      { kind: 'ExternalSecret', metadata: { name: 'argocd-sso' }, spec: { target: { template: { metadata: { labels: { 'app.kubernetes.io/part-of': 'argocd' } } } }, data: [{ secretKey: 'clientSecret', remoteRef: { key: '/prod/argocd/sso', property: 'clientSecret' } }] } },
    ]);
    expect(networkOf('argocd', told)).toContain('argocd/argocd-server login.acme.io:443');
    expect(networkOf('argocd', withHub({ sso: { oidc: { ...oidc, further_hosts: ['keys.acme.io'] } } }))).toContain('argocd/argocd-server keys.acme.io:443');
  });

  it('through IAM Identity Center runs Dex, which reaches nobody outside', () => {
    const told = withHub({ host: 'argocd.acme.io', sso: { identity_center: identityCenter } });
    const values = valuesOf(told.hub, told.hub.components['argocd'] as Tree);
    expect(values['dex']).toMatchObject({ enabled: true });
    expect(values.configs.cm['dex.config']).toContain('redirectURI: https://argocd.acme.io/api/dex/callback\n');
    expect(networkOf('argocd', told).filter((flow) => flow.includes('dex'))).toEqual(['argocd/argocd-server argocd/argocd-dex-server:5556', 'argocd/argocd-dex-server kube-apiserver:443']);
    expect(objectsOf(planned('argocd-secrets', told.hub, {}, told.platform), 'argocd-secrets')).toEqual([]);
  });

  it.each([
    ['both ways', { sso: { oidc, identity_center: identityCenter } }, /needs one of oidc and identity_center/], ['neither', { sso: {} }, /needs one of oidc/],
    ['a secret in the file', { sso: { oidc: { ...oidc, client_secret: 'x' } } }, /client_secret/], ['everybody as administrator', { default_role: 'role:admin' }, /would make everybody an administrator/],
    ['a group that breaks the policy', { access: { read_only: ['a, role:admin'] } }, /holds no comma/], ['a line that is none', { policy: ['p, a, b'] }, /is not a line/],
  ])('refuses %s', (_, settings, message) => {
    expect(() => planned('argocd', prod, settings)).toThrow(message);
  });

  it('gives roles to groups', () => {
    const csv = valuesOf(prod, { access: { platform_admins: ['admins'], read_only: ['staff', 'audit'] } }).configs.rbac['policy.csv']?.split('\n') ?? [];
    expect(csv.filter((line) => line.startsWith('g, '))).toEqual(['g, role:platform-admin, role:admin', 'g, admins, role:platform-admin', 'g, staff, role:read-only', 'g, audit, role:read-only']);
    expect(valuesOf(prod, { sso: { oidc: { ...oidc, groups_claim: 'cognito:groups' } } }).configs.rbac['scopes']).toBe('[cognito:groups]');
  });

  it('gives teams their own applications, to change where they may change things by hand', () => {
    const { platform, hub } = withHub({}, { tenants: [{ name: 'a', groups: ['team-a'], access: 'edit' }, { name: 'b' }] });
    const csv = valuesOf(hub, {}, platform).configs.rbac['policy.csv'] ?? '';
    expect(csv).toContain('p, role:tenant-a, applications, delete, tenant-a/*, allow\n');
    expect(csv).toContain('g, team-a, role:tenant-a\n');
    expect(csv).not.toMatch(/role:tenant-b, applications, (create|update|delete|override)/);
    expect(csv).not.toContain('override');
  });
});

describe('notifications', () => {
  const mail = { alerts: { emails: ['ops@acme.io'] }, monitoring: { alertmanager: { smtp: { smarthost: 'mail.acme.io:587', from: 'a@acme.io', username: 'a' } } } };
  const channels = { notifications: { slack_channel: '#ops', pagerduty: true, email: true } };

  it('do not run where nobody is told', () => {
    expect(valuesOf(prod).notifications).toEqual({ enabled: false });
    expect(objectsOf(planned('argocd-secrets', prod), 'argocd-secrets')).toEqual([]);
  });

  it('tell each channel, with keys from one secret and a way to each', () => {
    const told = withHub(channels, mail);
    const { notifications } = valuesOf(told.hub, channels, told.platform);
    expect(notifications).toMatchObject({ enabled: true, secret: { create: false }, subscriptions: [{ recipients: ['slack:ops', 'email:ops@acme.io', 'pagerdutyv2:platform'], selector: '!argoeks.io/tenant', triggers: ['health-degraded', 'sync-failed'] }] });
    expect(objectsOf(planned('argocd-secrets', told.hub, {}, told.platform), 'argocd-secrets')).toMatchObject([{ metadata: { name: 'argocd-notifications-secret' }, spec: { data: ['pagerduty-key', 'slack-token', 'smtp-password'].map((property) => ({ secretKey: property, remoteRef: { key: '/prod/argocd/notifications', property } })) } }]);
    for (const text of Object.values(notifications.notifiers ?? {})) expect(text).toMatch(/\$(slack-token|pagerduty-key|smtp-password)/);
    expect(networkOf('argocd', told).filter((flow) => flow.startsWith('argocd/argocd-notifications-controller ')).map((flow) => flow.split(' ')[1])).toEqual(['kube-apiserver:443', 'argocd/argocd-repo-server:8081', 'slack.com:443', 'events.pagerduty.com:443', 'mail.acme.io:587']);
  });
});

describe('the way in', () => {
  const objects = (argocd: Tree, environment: Tree = {}) => {
    const { platform, hub } = withHub(argocd, environment);
    return objectsOf(planned('argocd-ingress', hub, {}, platform), 'argocd-ingress');
  };

  it('is closed unless asked for, and the service stays inside', () => {
    expect(objects({})).toEqual([]);
    expect(networkOf('argocd-ingress', withHub({}))).toEqual([]);
    expect(chartOf(planned('argocd', prod), 'argocd').values).toMatchObject({ server: { service: { type: 'ClusterIP' } } });
  });

  it('is an internal load balancer with TLS 1.3, the web ACL and the certificate that covers the host', () => {
    const [ingress] = objects({ ingress: { enabled: true } });
    expect(ingress).toMatchObject({
      kind: 'Ingress',
      metadata: { annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal', 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS":443}]', 'alb.ingress.kubernetes.io/ssl-policy': 'ELBSecurityPolicy-TLS13-1-3-2021-06', 'alb.ingress.kubernetes.io/wafv2-acl-name': 'prod-argocd-waf', 'alb.ingress.kubernetes.io/backend-protocol': 'HTTPS' } },
      spec: { ingressClassName: 'alb', rules: [{ host: 'argocd.prod.eks.internal' }] },
    });
    expect(ingress?.metadata.annotations).not.toHaveProperty('alb.ingress.kubernetes.io/certificate-arn');
    expect(networkOf('argocd-ingress', withHub({ ingress: { enabled: true } }))).toEqual(['world argocd/argocd-server:8080']);
  });

  it('takes a host, a certificate and a policy of one\'s own, and leaves a web ACL that is off', () => {
    const arn = 'arn:aws:acm:us-east-1:333333333333:certificate/0a';
    const [ingress] = objects({ host: 'cd.acme.io', ingress: { enabled: true, certificate_arn: arn, scheme: 'internet-facing', allowed_cidrs: ['203.0.113.0/24'] } }, { edge: { waf: { enabled: false } } });
    expect(ingress).toMatchObject({ metadata: { annotations: { 'alb.ingress.kubernetes.io/certificate-arn': arn, 'alb.ingress.kubernetes.io/scheme': 'internet-facing', 'alb.ingress.kubernetes.io/inbound-cidrs': '203.0.113.0/24', 'alb.ingress.kubernetes.io/wafv2-acl-name': 'none' } }, spec: { rules: [{ host: 'cd.acme.io' }] } });
    expect(valuesOf(prod, { host: 'cd.acme.io' }).global.domain).toBe('cd.acme.io');
  });
});

describe('high availability', () => {
  it('leaves no part in prod that a single lost node stops for all clusters', () => {
    const values = valuesOf(prod);
    for (const part of ['server', 'repoServer', 'applicationSet']) expect(values[part]).toMatchObject({ replicas: 2, pdb: { enabled: true, maxUnavailable: 1 } });
    // Two of these without a leader would write over one another.
    expect(values.configs.params['applicationsetcontroller.enable.leader.election']).toBe('true');
  });

  it('runs Redis on three nodes in prod, once it has them', () => {
    const large = { ...prod, nodes: { ...prod.nodes, desired: 4 } };
    expect(valuesOf(large)).toMatchObject({ 'redis-ha': { enabled: true, podDisruptionBudget: { maxUnavailable: 1 }, haproxy: { podDisruptionBudget: { maxUnavailable: 1 } } } });
    expect(valuesOf(dev)).not.toHaveProperty('redis-ha');
  });

  it('has no budget over a single pod, which could then never be moved', () => {
    const values = valuesOf(dev);
    for (const part of ['controller', 'server', 'repoServer', 'applicationSet']) expect(values[part]).toMatchObject({ pdb: { enabled: false } });
  });
});

describe('the way in through the shared gateway', () => {
  const told = withHub({ ingress: { enabled: true, via: 'gateway' } });

  it('is a route in place of the Ingress, to a server that speaks no TLS of its own', () => {
    const [route = expect.fail('no way in'), ...more] = objectsOf(planned('argocd-ingress', told.hub, {}, told.platform), 'argocd-ingress');
    expect(more).toEqual([]);
    expect(validateObject(route)).toEqual([]);
    expect(route).toMatchObject({ kind: 'HTTPRoute', metadata: { namespace: 'argocd' }, spec: { parentRefs: [{ name: 'shared', namespace: 'gateway' }], rules: [{ backendRefs: [{ name: 'argocd-server', port: 80 }] }] } });
    expect(valuesOf(told.hub, told.hub.components['argocd'] as Tree).configs.params).toMatchObject({ 'server.insecure': 'true' });
    expect(valuesOf(told.hub, { ingress: { enabled: true } }).configs.params).not.toHaveProperty('server.insecure');
  });

  it('is open to Cilium\'s proxy and to nobody else', () => {
    expect(networkOf('argocd-ingress', told)).toEqual(['ingress argocd/argocd-server:8080']);
    expect(networkOf('argocd-ingress', withHub({ ingress: { enabled: true } }))).toEqual(['world argocd/argocd-server:8080']);
  });
});
