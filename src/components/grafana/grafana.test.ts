import { describe, expect, it } from 'vitest';
import { chartOf, examplePlatform, exampleCluster, objectsOf, planned } from '../../../test/fixtures/planned-components.ts';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import type { Cluster, Platform } from '../../config/platform.ts';
import { checkValues } from '../../verify/kubernetes/chart-values.ts';
import { validateObject } from '../../verify/kubernetes/schemas.ts';
import { components } from '../registry.ts';
import { grafanaFlows } from './flows.ts';
import { grafanaSettings } from './settings.ts';

const name = 'kube-prometheus-stack';
const sso = {
  auth_url: 'https://id.acme.io/authorize', token_url: 'https://token.acme.io/token', api_url: 'https://id.acme.io:8443/userinfo', client_id: 'grafana', groups_claim: 'cognito:groups',
  admin_groups: ['platform admins'], editor_groups: ['urn:editors'], viewer_groups: ['everybody'],
};
const everything = { sso, ingress: { enabled: true, certificate_arn: 'arn:aws:acm:us-east-1:314159265358:certificate/0a' }, database: { host: 'db.acme.io' } };

interface GrafanaValues {
  readonly replicas: number;
  readonly 'grafana.ini': Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly additionalDataSources: readonly { readonly name: string }[];
  readonly dashboards?: { readonly default: Readonly<Record<string, unknown>> };
}
const plan = (cluster: Cluster, grafana: unknown = {}, platform?: Platform) => planned(name, cluster, { grafana }, platform);
const valuesOf = (cluster: Cluster, grafana: unknown = {}, platform?: Platform): GrafanaValues => chartOf(plan(cluster, grafana, platform), name).clusterValues['grafana'] as GrafanaValues;
const custom = (settings: Readonly<Record<string, unknown>>): { readonly platform: Platform; readonly cluster: Cluster } => {
  const platform = platformFixture([{ tier: 'prod', clusters: 1, settings }]);
  return { platform, cluster: platform.environments[0]?.clusters[0] ?? expect.fail('no cluster') };
};
const flowsOf = (cluster: Cluster, grafana: unknown, platform: Platform = examplePlatform): readonly string[] => {
  const environment = platform.environments.find((one) => one.name === cluster.environment) ?? expect.fail('no environment');
  return grafanaFlows(environment, cluster, grafanaSettings.parse(grafana), 'grafana').map(({ from, to, port }) => `${from} ${to}:${port}`);
};
const refused = (grafana: unknown): string => JSON.stringify(components.find(({ id }) => id === name)?.settings.safeParse({ grafana }).error?.issues ?? '');

describe('Grafana', () => {
  it('gets values that the chart knows and objects that the API server takes, with everything asked for', () => {
    const { platform, cluster } = custom({ observability: { amp: { enabled: true } } });
    const made = plan(cluster, { ...everything, admin_secret_name: '/prod/grafana/admin' }, platform);
    const { values, clusterValues } = chartOf(made, name);
    for (const one of [values, clusterValues]) expect(checkValues('kube-prometheus-stack', one)).toEqual([]);
    for (const object of [...objectsOf(made, 'grafana-secrets'), ...objectsOf(plan(cluster), 'grafana-secrets')]) expect(validateObject(object), object.metadata.name).toEqual([]);
  });

  it('reads Secrets and ConfigMaps of its own namespace only, and keeps the data sources that its image brings', () => {
    const { values } = chartOf(plan(exampleCluster('prod')), name);
    expect(values['grafana']).toMatchObject({ rbac: { namespaced: true }, sidecar: { dashboards: { searchNamespace: 'monitoring' }, datasources: { searchNamespace: 'monitoring' } }, 'grafana.ini': { plugins: { preinstall_auto_update: false } } });
    expect(valuesOf(exampleCluster('prod'))['grafana.ini']['plugins']).toEqual({ preinstall_disabled: true });
  });

  it('draws the password of its administrator once, or takes it from Secrets Manager', () => {
    expect(objectsOf(plan(exampleCluster('dev')), 'grafana-secrets').map(({ kind }) => kind)).toEqual(['Password', 'ExternalSecret']);
    expect(objectsOf(plan(exampleCluster('dev'), { admin_secret_name: 'dev/grafana' }), 'grafana-secrets')).toMatchObject([{ kind: 'ExternalSecret', spec: { data: [{ remoteRef: { key: 'dev/grafana', property: 'admin-user' } }, { remoteRef: { property: 'admin-password' } }] } }]);
    const { workload } = plan(exampleCluster('dev'));
    const order = workload.releases.map((release) => release.name);
    expect(order.indexOf('grafana-secrets')).toBeLessThan(order.indexOf(name));
  });

  it('lets in who is in a group and nobody else; in prod only so', () => {
    const { auth, 'auth.generic_oauth': oauth } = valuesOf(exampleCluster('prod'), { sso })['grafana.ini'];
    expect(auth).toEqual({ disable_login_form: true });
    expect(oauth).toMatchObject({
      role_attribute_strict: true, allow_assign_grafana_admin: false,
      role_attribute_path: `contains("cognito:groups"[*], 'platform admins') && 'Admin' || contains("cognito:groups"[*], 'urn:editors') && 'Editor' || contains("cognito:groups"[*], 'everybody') && 'Viewer'`,
    });
    expect(valuesOf(exampleCluster('dev'), { sso })['grafana.ini']['auth']).toEqual({ disable_login_form: false });
    expect(valuesOf(exampleCluster('prod'))['grafana.ini']['auth']).toBeUndefined();
  });

  it('has no secret in its values', () => {
    const text = JSON.stringify(chartOf(plan(exampleCluster('prod'), everything), name));
    expect(text).not.toMatch(/client_secret|admin_?password":|"password"/);
    expect(valuesOf(exampleCluster('prod'), everything)).toMatchObject({ envFromSecrets: [{ name: 'grafana-sso', optional: true }, { name: 'grafana-database', optional: true }] });
    expect(objectsOf(plan(exampleCluster('prod'), everything), 'grafana-secrets').at(-2)).toMatchObject({ spec: { data: [{ secretKey: 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET', remoteRef: { key: '/prod/grafana/sso', property: 'client-secret' } }] } });
  });

  it.each([
    ['sign-on without a group', { sso: { ...sso, admin_groups: [], editor_groups: [], viewer_groups: [] } }, /may not enter/], ['a group that ends the expression', { sso: { ...sso, admin_groups: [`a') || 'Admin`] } }, /is not the name or id of a group/],
    ['replicas without a database', { replicas: 2 }, /without a database/], ['an address without TLS', { sso: { ...sso, token_url: 'http://id.acme.io' } }, /https/],
  ])('%s is refused', (_, grafana, message) => expect(refused(grafana)).toMatch(message));

  it('runs twice only with a database that both share', () => {
    expect(valuesOf(exampleCluster('prod')).replicas).toBe(1);
    expect(valuesOf(exampleCluster('prod'), everything)).toMatchObject({ replicas: 2, podDisruptionBudget: { maxUnavailable: 1 } });
    expect(valuesOf(exampleCluster('dev'), everything).replicas).toBe(1);
  });

  it('is reached by a load balancer inside the network, over TLS', () => {
    expect(valuesOf(exampleCluster('prod'), everything)).toMatchObject({
      'grafana.ini': { server: { root_url: 'https://grafana.prod-mlops-cluster-01.prod.eks.internal' }, security: { cookie_secure: true } },
    });
    const [ingress = expect.fail('no way in'), ...more] = objectsOf(plan(exampleCluster('prod'), everything), 'grafana-ingress');
    expect(more).toEqual([]);
    expect(validateObject(ingress)).toEqual([]);
    expect(ingress).toMatchObject({
      metadata: { annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal', 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS":443}]' } },
      spec: { ingressClassName: 'alb', rules: [{ host: 'grafana.prod-mlops-cluster-01.prod.eks.internal', http: { paths: [{ backend: { service: { name: 'kube-prometheus-stack-grafana', port: { number: 80 } } } }] } }] },
    });
    expect(objectsOf(plan(exampleCluster('prod')), 'grafana-ingress')).toEqual([]);
  });

  it('is a route of the shared gateway instead, where it is told so', () => {
    const [route = expect.fail('no way in'), ...more] = objectsOf(plan(exampleCluster('prod'), { ingress: { enabled: true, via: 'gateway' } }), 'grafana-ingress');
    expect(more).toEqual([]);
    expect(validateObject(route)).toEqual([]);
    expect(route).toMatchObject({ kind: 'HTTPRoute', spec: { hostnames: ['grafana.prod-mlops-cluster-01.prod.eks.internal'], rules: [{ backendRefs: [{ name: 'kube-prometheus-stack-grafana', port: 80 }] }] } });
  });

  it('asks nobody but those it was told of', () => {
    const dev = exampleCluster('dev');
    expect(flowsOf(dev, {})).toEqual(['grafana monitoring.us-east-1.amazonaws.com:443', 'grafana grafana.com:443']);
    expect(flowsOf(dev, { ...everything, cloudwatch: false })).toEqual(['grafana token.acme.io:443', 'grafana id.acme.io:8443', 'world grafana:3000', 'grafana db.acme.io:5432', 'grafana grafana.com:443']);
    const { platform, cluster } = custom({ monitoring: { grafana: { dashboard_ids: [], dashboard_mirror: 'https://mirror.acme.io' } } });
    expect(flowsOf(cluster, { cloudwatch: false }, platform)).toEqual([]);
  });
});

describe('the data sources of Grafana', () => {
  it('are those that are there', () => {
    const names = (cluster: Cluster, grafana: unknown = {}): readonly string[] => valuesOf(cluster, grafana).additionalDataSources.map((one) => one.name);
    const bare = exampleCluster('dev');
    expect(names({ ...bare, components: {} })).toEqual(['CloudWatch']);
    expect(names({ ...bare, components: { thanos: {}, loki: {} } })).toEqual(['Thanos', 'Loki', 'CloudWatch']);
    expect(names({ ...bare, components: {} }, { cloudwatch: false })).toEqual([]);
    expect(plan(bare, { cloudwatch: false }).infra['grafana']).toBeUndefined();
  });

  it('hold the workspace of AWS, by the address that its root publishes', () => {
    const { platform, cluster } = custom({ observability: { amp: { enabled: true } } });
    const source = objectsOf(plan(cluster, {}, platform), 'grafana-secrets').at(-1) ?? expect.fail('no secret');
    expect(source).toMatchObject({ spec: { secretStoreRef: { name: 'aws-parameter-store' }, target: { template: { metadata: { labels: { grafana_datasource: '1' } } } }, data: [{ remoteRef: { key: '/argoeks/prod/observability/prometheus-remote-write-url' } }] } });
    const { target: { template: { data } } } = source['spec'] as { target: { template: { data: Readonly<Record<string, string>> } } };
    const file = (data['amp.yaml'] ?? '').replace('{{ trimSuffix `api/v1/remote_write` .url }}', 'https://aps/workspaces/ws-1/');
    expect(JSON.parse(file)).toMatchObject({ datasources: [{ type: 'grafana-amazonprometheus-datasource', url: 'https://aps/workspaces/ws-1/', jsonData: { sigV4Auth: true, sigV4Region: 'us-east-1' } }] });
    expect(plan(cluster, {}, platform).infra['grafana']).toMatchObject({ allow: [{ sid: 'ReadMetrics' }, { sid: 'AskWorkspaces', when: { StringEquals: { 'aws:ResourceTag/argoeks:environment': ['prod'] } } }] });
  });
});

describe('dashboards of grafana.com', () => {
  it('are read by revision, and the data source that they ask for is the cluster\'s Prometheus', () => {
    const datasource = [{ name: 'DS_PROMETHEUS', value: 'prometheus' }];
    expect(valuesOf(exampleCluster('dev')).dashboards?.default).toEqual({ 'dashboard-1860': { gnetId: 1860, revision: 37, datasource }, 'dashboard-315': { gnetId: 315, revision: 3, datasource } });
    const { platform, cluster } = custom({ monitoring: { grafana: { dashboard_ids: ['1860:latest', '13332:12'], dashboard_mirror: 'https://mirror.acme.io/d/' } } });
    expect(valuesOf(cluster, {}, platform).dashboards?.default).toMatchObject({ 'dashboard-1860': { url: 'https://mirror.acme.io/d/1860/revisions/37/download' }, 'dashboard-13332': { url: 'https://mirror.acme.io/d/13332/revisions/12/download' } });
  });

  it('are not asked for where there is no way out', () => {
    const dev = exampleCluster('dev');
    const closed = { ...dev, network: { ...dev.network, nat: 'none' as const } };
    expect(valuesOf(closed).dashboards).toBeUndefined();
    expect(flowsOf(closed, { cloudwatch: false })).toEqual([]);
  });
});
