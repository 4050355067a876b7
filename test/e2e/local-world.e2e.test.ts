import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { KubeRest, type KubeItem } from '../../src/local/kube-rest.ts';
import { conditionStatus, isReady } from '../../src/local/nodes.ts';
import { identify } from '../../src/local/process-identity.ts';
import type { ControlPlaneAnswer, WorldStatus } from '../../src/local/process/protocol.ts';
import { closeWorld, openWorld, type LocalWorld } from '../../src/local/world.ts';
import type { KubeObject } from '../../src/units/kube-object.ts';

const repository = join(import.meta.dirname, '..', '..');
const checkout = mkdtempSync(join(tmpdir(), 'argoeks-e2e-'));
const node = (name: string) => ({
  name, labels: { 'eks.amazonaws.com/nodegroup': 'general' }, internalIp: '10.0.1.5',
  taints: [{ key: 'node.cilium.io/agent-not-ready', value: 'true', effect: 'NoExecute' as const }],
  capacity: { cpu: '4', memory: '16Gi', pods: '110' },
});

/** Polls the world until it is as wanted; nothing else can end these waits, so each has a deadline. */
async function eventually<T>(what: string, ask: () => Promise<T | undefined>, seconds = 60): Promise<T> {
  for (const until = Date.now() + seconds * 1000; Date.now() < until; await sleep(200)) {
    const found = await ask().catch(() => undefined);
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`not within ${seconds} s: ${what}`);
}

const restOf = (answer: ControlPlaneAnswer): KubeRest =>
  new KubeRest(() => Promise.resolve({ endpoint: answer.endpoint, token: answer.token, caPem: Buffer.from(answer.caBase64, 'base64').toString('utf8') }));

const workload = (kind: 'DaemonSet' | 'Deployment', name: string, namespace: string, labels: Record<string, string>, spec: object): KubeObject => ({
  apiVersion: 'apps/v1', kind, metadata: { name, namespace },
  spec: {
    selector: { matchLabels: labels }, ...(kind === 'Deployment' ? { replicas: 2 } : {}),
    template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'example.invalid/main:1' }], ...spec } },
  },
});

const agent = workload('DaemonSet', 'cilium', 'kube-system', { 'k8s-app': 'cilium' }, { hostNetwork: true, tolerations: [{ operator: 'Exists' }] });

const externalSecretDefinition: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'externalsecrets.external-secrets.io' },
  spec: {
    group: 'external-secrets.io', scope: 'Namespaced', names: { kind: 'ExternalSecret', plural: 'externalsecrets', singular: 'externalsecret' },
    versions: [{ name: 'v1', served: true, storage: true, subresources: { status: {} }, schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } }],
  },
};

const registration: KubeObject = {
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret',
  metadata: { name: 'cluster-spoke', namespace: 'argocd', labels: { 'argoeks.io/registers-cluster': 'spoke' } },
  spec: { target: { name: 'cluster-spoke', template: { metadata: { labels: { 'argoeks.io/platform': 'enabled' } }, data: { name: 'spoke', server: '{{ .endpoint }}' } } } },
};

const application = (name: string, destination: object, repoURL: string): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name, namespace: 'argocd' },
  spec: {
    project: 'default', destination, source: { repoURL, targetRevision: 'main', path: 'kubernetes/web' },
    syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'] },
  },
});

const AppStatus = z.looseObject({ sync: z.looseObject({ status: z.string(), revision: z.string().optional() }), health: z.looseObject({ status: z.string() }) });
const isWell = (item: KubeItem | undefined, revision: string): true | undefined => {
  const status = AppStatus.safeParse(item?.status).data;
  return status?.sync.status === 'Synced' && status.health.status === 'Healthy' && status.sync.revision === revision ? true : undefined;
};

const isListening = (port: number): Promise<boolean> => new Promise((resolve) => {
  const socket = connect({ host: '127.0.0.1', port });
  socket.once('connect', () => { socket.destroy(); resolve(true); });
  socket.once('error', () => resolve(false));
});

describe('local world', { timeout: 180_000 }, () => {
  let world: LocalWorld;
  let hub: KubeRest;
  let spoke: KubeRest;
  let endpoints: readonly string[];

  beforeAll(async () => {
    world = await openWorld({ repoDir: checkout, toolsRepoDir: repository });
    const answers = await Promise.all(['hub', 'spoke'].map((name) => world.ensureControlPlane(name, { kubernetesVersion: '1.35' })));
    const [hubAnswer, spokeAnswer] = answers;
    if (!hubAnswer || !spokeAnswer) throw new Error('two control planes were asked for');
    endpoints = answers.map((answer) => answer.endpoint);
    hub = restOf(hubAnswer);
    spoke = restOf(spokeAnswer);
  }, 1_800_000);

  afterAll(async () => {
    hub?.close();
    spoke?.close();
    await closeWorld(checkout);
    rmSync(checkout, { recursive: true, force: true });
  }, 120_000);

  it('keeps nodes NotReady until a Cilium agent runs on them', async () => {
    await world.createNodes('hub', [node('hub-1'), node('hub-2')]);
    await world.createNodes('spoke', [node('spoke-1')]);
    await eventually('kubelets report', async () => (await hub.list('/api/v1/nodes')).every((n) => n.status?.['conditions'] !== undefined) || undefined);
    await hub.apply('/apis/apps/v1/namespaces/default/deployments/early', workload('Deployment', 'early', 'default', { app: 'early' }, {}));
    expect((await hub.list('/api/v1/nodes')).map(isReady)).toEqual([false, false]);
    await expect(world.waitNodesReady('hub', ['hub-1'], 500)).rejects.toThrow(/not Ready: hub-1[\s\S]*Next: .*Cilium agent/);

    for (const cluster of [hub, spoke]) await cluster.apply('/apis/apps/v1/namespaces/kube-system/daemonsets/cilium', agent);
    await world.waitNodesReady('hub', ['hub-1', 'hub-2'], 30_000);
    await world.waitNodesReady('spoke', ['spoke-1'], 30_000);
    const available = await eventually('deployment available', async () =>
      (await hub.get('/apis/apps/v1/namespaces/default/deployments/early'))?.status?.['availableReplicas'] === 2 || undefined);
    expect(available).toBe(true);
  });

  it('makes a pod ready again that was marked with its node while that was away', async () => {
    const isPodReady = (pod: KubeItem | undefined): boolean => conditionStatus(pod ?? { metadata: { name: '' } }, 'Ready') === 'True';
    const [pod] = await hub.list('/api/v1/namespaces/default/pods', { labelSelector: 'app=early' });
    const path = `/api/v1/namespaces/default/pods/${pod?.metadata.name ?? ''}`;
    expect(isPodReady(pod)).toBe(true);
    await hub.merge(`${path}/status`, { status: { conditions: [{ type: 'Ready', status: 'False' }, { type: 'ContainersReady', status: 'True' }] } });
    expect(await eventually('pod is ready', async () => isPodReady(await hub.get(path)) || undefined)).toBe(true);
  });

  it('syncs the published output to hub and spoke with the real Argo CD', async () => {
    const manifests = join(checkout, 'kubernetes', 'web');
    mkdirSync(manifests, { recursive: true });
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] } };
    const { namespace: _none, ...metadata } = workload('Deployment', 'web', '', { app: 'web' }, {}).metadata;
    writeFileSync(join(manifests, 'web.yaml'), `${JSON.stringify({ ...workload('Deployment', 'web', '', { app: 'web' }, {}), metadata })}\n---\n${JSON.stringify(service)}\n`);
    writeFileSync(join(manifests, 'repository.yaml'), JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'repository' }, data: { url: 'https://git.example/platform.git' } }));

    await world.ensureArgoCd('hub');
    const published = await world.publish(checkout, new Map([['https://git.example/platform.git', world.gitUrl]]));
    expect(await world.publish(checkout, new Map([['https://git.example/platform.git', world.gitUrl]]))).toEqual({ ...published, isNew: false });
    await hub.apply('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/externalsecrets.external-secrets.io', externalSecretDefinition);
    await eventually('definition served', () => hub.apply('/apis/external-secrets.io/v1/namespaces/argocd/externalsecrets/cluster-spoke', registration));

    await eventually('spoke is registered', () => hub.get('/api/v1/namespaces/argocd/secrets/cluster-spoke'));

    const apps = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
    await hub.apply(`${apps}/web-hub`, application('web-hub', { server: 'https://kubernetes.default.svc', namespace: 'web' }, published.url));
    await hub.apply(`${apps}/web-spoke`, application('web-spoke', { name: 'spoke', namespace: 'web' }, published.url));
    for (const name of ['web-hub', 'web-spoke']) await eventually(`${name} is well`, async () => isWell(await hub.get(`${apps}/${name}`), published.revision), 90);

    const secret = await hub.get('/api/v1/namespaces/argocd/secrets/cluster-spoke');
    expect(secret?.metadata.labels).toEqual({ 'argocd.argoproj.io/secret-type': 'cluster', 'argoeks.io/platform': 'enabled' });
    expect(secret?.metadata.annotations).toMatchObject({ 'argoeks.io/simulated': 'true' });
    expect((await spoke.get('/api/v1/namespaces/web/configmaps/repository'))?.['data']).toEqual({ url: world.gitUrl });
  });

  it('repairs what was killed, the supervisor included, and keeps what lives', async () => {
    const before = await world.status();
    const of = (status: WorldStatus, name: string) => {
      const child = status.children.find((found) => found.name === name);
      if (!child) throw new Error(`${name} is no child`);
      return child;
    };
    const server = of(before, 'hub/kube-apiserver');
    process.kill(server.pid, 'SIGKILL');
    await eventually('API server is back', async () => (await hub.call('GET', '/readyz') === 'ok') || undefined);
    const between = await world.status();
    expect(of(between, 'hub/kube-apiserver').pid).not.toBe(server.pid);

    process.kill(between.supervisor.pid, 'SIGKILL');
    process.kill(of(between, 'spoke/etcd').pid, 'SIGKILL');
    const after = await eventually('everything lives', async () => {
      const status = await world.status();
      return status.children.every((child) => child.isAlive) && status.clusters.every((cluster) => cluster.isReady) && status.argocd?.isRunning ? status : undefined;
    });
    expect(after.supervisor.pid).not.toBe(between.supervisor.pid);
    expect(of(after, 'hub/etcd').pid).toBe(of(between, 'hub/etcd').pid);
    expect(after.children.map((child) => child.name).sort()).toEqual(before.children.map((child) => child.name).sort());
    expect((await spoke.list('/api/v1/nodes')).map((n) => n.metadata.name)).toEqual(['spoke-1']);
  });

  it('leaves no process, port, socket or file behind', async () => {
    const before = await world.status();
    const state = z.object({ socketDir: z.string() }).parse(JSON.parse(readFileSync(join(checkout, '.argoeks', 'local', 'state.json'), 'utf8')));
    await world.shutdown();
    for (const { pid } of before.children) expect(identify(pid), `process ${pid}`).toBeUndefined();
    expect(await Promise.all(endpoints.map((url) => isListening(Number(new URL(url).port))))).toEqual([false, false]);
    expect(existsSync(state.socketDir)).toBe(false);
    expect(readdirSync(join(checkout, '.argoeks', 'local'))).toEqual([]);
  });
});
