import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogFacts } from '../../src/compile/catalog-facts.ts';
import { resolve } from '../../src/compile/compile.ts';
import { components } from '../../src/components/registry.ts';
import { projects } from '../../src/emit/argocd/projects.ts';
import { tenantApplicationSet } from '../../src/emit/argocd/tenant-application-set.ts';
import { KubeRest } from '../../src/local/kube-rest.ts';
import { closeWorld, openWorld } from '../../src/local/world.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { ChartRelease } from '../../src/model/workload.ts';
import { applicationState, type ApplicationState } from '../../src/ops/applications.ts';
import type { KubeObject } from '../../src/units/kube-object.ts';
import { adminOf, configMapsOf } from './argocd-admin.ts';

const repository = join(import.meta.dirname, '../..');
const cluster = 'prod-mlops-cluster-01';

/** Prod with one cluster, two teams and everything that Argo CD can be told. */
const planOf = (gitUrl: string, argocd: Readonly<Record<string, unknown>> = {}): Plan => {
  const platform = {
    gitops: { repo_url: gitUrl },
    envs: { prod: {
      aws: { account_id: '314159265358' },
      alerts: { emails: ['ops@acme.io'] },
      monitoring: { alertmanager: { smtp: { smarthost: 'mail.acme.io:587', from: 'argocd@acme.io', username: 'argocd' } } },
      tenants: [{ name: 'research', groups: ['Research team'], access: 'edit', git: { repo_url: gitUrl, path: 'kubernetes/research' } }, { name: 'reckless', groups: ['reckless'], git: { repo_url: gitUrl, path: 'kubernetes/reckless' } }],
      components: { argocd: { access: { platform_admins: ['admins'], read_only: ['staff'] }, sso: { oidc: { issuer: 'https://id.acme.io', client_id: 'argocd', cli_client_id: 'cli' } }, notifications: { slack_channel: 'ops', pagerduty: true, email: true }, ...argocd } },
    } },
  };
  const registry = { apiVersion: 'platform.example.io/v1alpha1', kind: 'ClusterRegistry', metadata: { name: 'prod' }, spec: { clusters: [{ name: cluster, region: 'us-east-1', labels: { environment: 'prod', hub: 'true' } }] } };
  const { value, diagnostics } = resolve({ files: new Map([['configuration/platform.yaml', JSON.stringify(platform)], ['configuration/clusters/prod.yaml', JSON.stringify(registry)]]), lock: undefined, components, facts: catalogFacts() });
  return value?.plan ?? expect.fail(JSON.stringify(diagnostics));
};

const chartOf = (plan: Plan): ChartRelease => plan.environments[0]?.clusters[0]?.components.find(({ id }) => id === 'argocd')?.workload.releases.find((release) => release.kind === 'chart') ?? expect.fail('no chart');

let directory = '';
let gitUrl = '';
let hub: KubeRest;
let admin: ReturnType<typeof adminOf>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'argoeks-argocd-'));
  const world = await openWorld({ repoDir: directory, toolsRepoDir: repository });
  ({ gitUrl } = world);
  admin = adminOf(world.toolPath('argocd'), directory);
  const { endpoint, token, caBase64 } = await world.ensureControlPlane(cluster, { kubernetesVersion: '1.35' });
  hub = new KubeRest(() => Promise.resolve({ endpoint, token, caPem: Buffer.from(caBase64, 'base64').toString('utf8') }));
  await world.ensureArgoCd(cluster);
  const written: Readonly<Record<string, unknown>> = {
    research: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'model' }, data: { name: 'a' } },
    reckless: { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'generous' }, spec: { hard: { pods: '1000' } } },
    platform: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'late' }, data: { a: 'b' } },
  };
  for (const [name, object] of Object.entries(written)) {
    await mkdir(join(directory, 'kubernetes', name), { recursive: true });
    await writeFile(join(directory, 'kubernetes', name, 'object.yaml'), JSON.stringify(object));
  }
  await world.publish(directory);
  for (const name of ['tenant-research', 'tenant-reckless']) await hub.apply(`/api/v1/namespaces/${name}`, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  await hub.apply('/api/v1/namespaces/argocd/secrets/cluster', {
    apiVersion: 'v1', kind: 'Secret', metadata: { name: 'cluster', namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': 'cluster', 'argoeks.io/platform': 'enabled', environment: 'prod' }, annotations: { 'argoeks.io/tier': 'prod' } },
    stringData: { name: cluster, server: endpoint, config: JSON.stringify({ bearerToken: token, tlsClientConfig: { caData: caBase64 } }) },
  });
}, 1_800_000);

afterAll(async () => {
  hub?.close();
  await closeWorld(directory);
  await rm(directory, { recursive: true, force: true });
});

describe('what Argo CD is told, read by Argo CD itself', () => {
  it('is a configuration it takes, with either way of signing in', async () => {
    const settings = async (argocd: Readonly<Record<string, unknown>>) => admin.validate(await configMapsOf(chartOf(planOf(gitUrl, argocd)), directory));
    const oidc = await settings({});
    expect(oidc).toContain('OIDC is configured');
    expect(oidc).not.toContain('❌');
    const dex = await settings({ sso: { identity_center: { sign_in_url: 'https://portal.sso.us-east-1.amazonaws.com/saml/assertion/x', certificate: 'LS0t' } } });
    expect(dex).toContain('Dex is configured');
    expect(dex).not.toContain('❌');
  });

  it('gives groups what their role says, teams what is theirs, and nobody else anything', async () => {
    const files = await configMapsOf(chartOf(planOf(gitUrl)), directory);
    expect(await admin.policyIsValid(files)).toBe(true);
    const can = (who: string, ...what: readonly [string, string, string]) => admin.can(files, who, ...what);
    const answers: readonly (readonly [boolean, string, string, string, string])[] = [
      [true, 'admins', 'delete', 'applications', 'platform/x'], [true, 'admins', 'update', 'projects', 'platform'],
      [true, 'staff', 'get', 'applications', 'platform/x'], [true, 'staff', 'get', 'clusters', '*'], [false, 'staff', 'sync', 'applications', 'platform/x'], [false, 'staff', 'get', 'logs', 'platform/x'],
      [true, 'Research team', 'sync', 'applications', 'tenant-research/x'], [true, 'Research team', 'delete', 'applications', 'tenant-research/x'], [false, 'Research team', 'override', 'applications', 'tenant-research/x'],
      [false, 'Research team', 'get', 'applications', 'tenant-reckless/x'], [false, 'Research team', 'get', 'applications', 'platform/x'], [false, 'Research team', 'get', 'clusters', '*'],
      [true, 'reckless', 'sync', 'applications', 'tenant-reckless/x'], [false, 'reckless', 'delete', 'applications', 'tenant-reckless/x'],
      [false, 'somebody', 'get', 'applications', 'platform/x'], [false, 'somebody', 'get', 'projects', 'platform'],
    ];
    for (const [expected, who, action, resource, object] of answers) expect([who, action, resource, object, await can(who, action, resource, object)]).toEqual([who, action, resource, object, expected]);
  });

  it('tells of what is degraded or can not be synced, and of nothing else', async () => {
    const files = await configMapsOf(chartOf(planOf(gitUrl)), directory);
    const application = (health: string, phase: string): KubeObject => ({
      apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: `${cluster}-karpenter`, namespace: 'argocd' },
      spec: { project: 'platform', destination: { name: cluster, namespace: 'karpenter' }, sources: [{ repoURL: gitUrl, path: 'a' }] },
      status: { health: { status: health }, sync: { status: 'Synced' }, operationState: { phase, message: 'boom', operation: {}, startedAt: '2026-01-01T00:00:00Z', syncResult: { revision: '', revisions: ['a', 'b'] } } },
    });
    const fires = (trigger: string, health: string, phase: string) => admin.fires(files, trigger, application(health, phase));
    expect([await fires('health-degraded', 'Degraded', 'Succeeded'), await fires('health-degraded', 'Progressing', 'Succeeded')]).toEqual([true, false]);
    expect([await fires('sync-failed', 'Healthy', 'Failed'), await fires('sync-failed', 'Healthy', 'Succeeded')]).toEqual([true, false]);
    expect(await admin.notification(files, 'sync-failed', application('Healthy', 'Failed'))).toContain(`message: |\n  ${cluster}-karpenter could not be synced: boom\n  https://argocd.prod.eks.internal/applications/argocd/${cluster}-karpenter\n`);
  });

  it('knows the health of kinds that it does not know by itself', async () => {
    const files = await configMapsOf(chartOf(planOf(gitUrl)), directory);
    const policy = (status: string): KubeObject => ({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'a', namespace: 'b' }, status: { conditions: [{ type: 'Valid', status, message: 'no such entity' }] } });
    expect(await admin.health(files, policy('True'))).toContain('STATUS: Healthy');
    expect(await admin.health(files, policy('False'))).toMatch(/STATUS: Degraded[\s\S]*no such entity/);
    const admission = (warnings: readonly unknown[]): KubeObject => ({ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy', metadata: { name: 'a' }, status: { typeChecking: { expressionWarnings: warnings } } });
    expect(await admin.health(files, admission([]))).toContain('STATUS: Healthy');
    expect(await admin.health(files, admission([{ fieldRef: 'spec.validations[0]', warning: 'undefined field' }]))).toMatch(/STATUS: Degraded[\s\S]*undefined field/);
    const application = (sync: string): KubeObject => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'a', namespace: 'argocd' }, status: { health: { status: 'Healthy' }, sync: { status: sync } } });
    expect(await admin.health(files, application('Synced'))).toContain('STATUS: Healthy');
    expect(await admin.health(files, application('OutOfSync'))).toContain('STATUS: Progressing');
  });
});

describe('projects on a real Argo CD', () => {
  const path = (plural: string, name = '') => `/apis/argoproj.io/v1alpha1/namespaces/argocd/${plural}${name === '' ? '' : `/${name}`}`;
  const stateOf = async (name: string): Promise<ApplicationState | undefined> => {
    const found = await hub.get(path('applications', name));
    return found && applicationState(found as unknown as KubeObject);
  };
  const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
    for (const end = Date.now() + 90_000; !(await isSo()); await sleep(300)) if (Date.now() > end) throw new Error(`${what}: not within 90 s`);
  };
  const apply = async (plan: Plan): Promise<void> => {
    for (const object of projects(plan.platform.gitops, plan, [])) await hub.apply(path('appprojects', object.metadata.name), object);
    const set = tenantApplicationSet(plan) ?? expect.fail('no ApplicationSet');
    await hub.apply(path('applicationsets', set.metadata.name), set);
  };

  it('let a team bring what it runs', async () => {
    await apply(planOf(gitUrl));
    await until('the team is served', async () => (await stateOf(`${cluster}-tenant-research`))?.sync === 'Synced');
    expect(await hub.get('/api/v1/namespaces/tenant-research/configmaps/model')).toBeDefined();
  });

  it('let no team change what keeps it in its bounds', async () => {
    await until('the team is refused', async () => (await stateOf(`${cluster}-tenant-reckless`))?.causes.some((cause) => cause.includes('ResourceQuota')) ?? false);
    expect((await stateOf(`${cluster}-tenant-reckless`))?.causes.join('\n')).toContain('not permitted in project tenant-reckless');
    expect(await hub.get('/api/v1/namespaces/tenant-reckless/resourcequotas/generous')).toBeUndefined();
  });

  it('let a team write nowhere but where it belongs', async () => {
    const stray = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'stray', namespace: 'argocd' }, spec: { project: 'tenant-research', destination: { name: cluster, namespace: 'tenant-reckless' }, source: { repoURL: gitUrl, targetRevision: 'main', path: 'kubernetes/research' }, syncPolicy: { automated: {} } } };
    await hub.apply(path('applications', 'stray'), stray);
    await until('it is refused', async () => (await stateOf('stray'))?.causes.some((cause) => cause.includes('do not match any of the allowed destinations')) ?? false);
    expect(await hub.get('/api/v1/namespaces/tenant-reckless/configmaps/model')).toBeUndefined();
  });

  it('sync nothing of the platform while a window forbids it', async () => {
    const window = { kind: 'deny', schedule: '0 0 * * *', duration: '24h', why: 'The test.' };
    await apply(planOf(gitUrl, { sync_windows: [window] }));
    await hub.apply(path('applications', 'late'), { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'late', namespace: 'argocd' }, spec: { project: 'platform', destination: { name: cluster, namespace: 'argocd' }, source: { repoURL: gitUrl, targetRevision: 'main', path: 'kubernetes/platform' }, syncPolicy: { automated: { selfHeal: true } } } });
    await until('it is compared', async () => (await stateOf('late'))?.sync === 'OutOfSync');
    await sleep(3000);
    expect(await hub.get('/api/v1/namespaces/argocd/configmaps/late')).toBeUndefined();
    await hub.merge(path('appprojects', 'platform'), { spec: { syncWindows: null } });
    await hub.merge(path('applications', 'late'), { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } });
    await until('it is synced', async () => (await hub.get('/api/v1/namespaces/argocd/configmaps/late')) !== undefined);
  });
});
