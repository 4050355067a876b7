import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { argoCdChildren, minimalConfig } from './argocd.ts';
import { controlPlaneChildren } from './control-plane.ts';
import { metricsAnswer } from './egress.ts';
import { publish, replaceAll } from './git-remote.ts';
import { nodeObject } from './nodes.ts';
import { ensurePki, tokenUsers, type Pki } from './pki.ts';

const tools = Object.fromEntries(['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok', 'argocd', 'argoeks-redis', 'helm', 'kustomize'].map((name) => [name, `/tools/${name}`]));
let dir: string;
let pki: Pki;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'argoeks-cp-'));
  pki = await ensurePki(join(dir, 'pki'), 'hub', '172.20.0.1');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('keys of a control plane', () => {
  it('are chained to the cluster\'s own authority and name the addresses used', () => {
    const authority = new X509Certificate(readFileSync(pki.ca));
    const server = new X509Certificate(readFileSync(pki.apiserverCert));
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(server.checkHost('kubernetes.default.svc')).toBe('kubernetes.default.svc');
    expect(new X509Certificate(readFileSync(pki.frontProxyCert)).verify(authority.publicKey)).toBe(false);
  });
  it('are readable by their owner only and stay the same', async () => {
    for (const path of [pki.tokenFile, pki.apiserverKey, pki.serviceAccountKey]) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await ensurePki(join(dir, 'pki'), 'hub', '172.20.0.1')).toEqual(pki);
    expect(new Set(tokenUsers.map((user) => pki.tokens[user])).size).toBe(tokenUsers.length);
    for (const user of tokenUsers) expect(pki.tokens[user].length).toBeGreaterThanOrEqual(43);
  });
});

describe('programs', () => {
  const input = () => ({ worldDir: dir, cluster: 'hub', state: { kubernetesVersion: '1.35', ports: { etcdClient: 4001, etcdPeer: 4002, apiserver: 4003 } }, tools, pki, egressSocket: '/tmp/e.sock' });
  const argocd = () => argoCdChildren({
    worldDir: dir, tools, socketDir: '/tmp/s', path: '/usr/bin',
    state: { hub: 'hub', redisPassword: 'pw', ports: { redis: 1, repoServer: 2, repoMetrics: 3, controllerMetrics: 4, setsMetrics: 5, setsProbe: 6, setsWebhook: 7 } },
  });
  it('listen on loopback only', () => {
    const { serving, clients } = controlPlaneChildren(input());
    const args = [...serving, ...clients, ...argocd()].flatMap((child) => child.args);
    const listening = args.filter((a) => /^--(listen-|bind-address|addr|address|[a-z]+-addr|metrics-address)[^ ]*=/.test(a) && !a.startsWith('--advertise'));
    expect(listening).toHaveLength(9);
    for (const arg of listening) expect(arg).toMatch(/127\.0\.0\.1/);
    for (const client of clients.slice(0, 2)) expect(client.args).toContain('--secure-port=0');
  });
  it('show no secret in their arguments', () => {
    const { serving, clients } = controlPlaneChildren(input());
    const args = [...serving, ...clients, ...argocd()].flatMap((child) => child.args).join(' ');
    for (const secret of [...Object.values(pki.tokens), 'pw']) expect(args.split(/[\s=]/)).not.toContain(secret);
  });
  it('start with their own homes', () => {
    for (const child of argocd()) expect(child.env['HOME']?.startsWith(dir)).toBe(true);
  });
});

describe('Argo CD\'s first configuration', () => {
  it('gates an app-of-apps on the health of its children', () => {
    const config = minimalConfig('pw', 'key').find(({ object }) => object.metadata.name === 'argocd-cm')?.object['data'];
    expect(Object.keys(config as object)).toEqual(['application.resourceTrackingMethod', 'resource.customizations.health.argoproj.io_Application']);
  });
});

describe('nodes', () => {
  it('register as their group would, simulated and said so', () => {
    const node = nodeObject({ name: 'n', labels: { a: 'b' }, taints: [{ key: 'k', effect: 'NoExecute' }], capacity: { cpu: '2' }, providerId: 'aws:///eu-west-1a/i-1' }, 'v1.35.4');
    expect(node.metadata).toMatchObject({ labels: { a: 'b', 'kubernetes.io/hostname': 'n' }, annotations: { 'kwok.x-k8s.io/node': 'fake', 'argoeks.io/simulated': 'true' } });
    expect(node).toMatchObject({ spec: { providerID: 'aws:///eu-west-1a/i-1', taints: [{ key: 'k', effect: 'NoExecute' }] }, status: { allocatable: { cpu: '2' } } });
  });
});

describe('the simulated metrics API', () => {
  it('answers discovery and empty lists, nothing else', () => {
    expect(metricsAnswer('/apis/metrics.k8s.io/v1beta1')).toMatchObject({ kind: 'APIResourceList' });
    expect(metricsAnswer('/apis/metrics.k8s.io/v1beta1/nodes?limit=5')).toMatchObject({ kind: 'NodeMetricsList', items: [] });
    expect(metricsAnswer('/apis/other/v1')).toBeUndefined();
  });
});

describe('the git remote', () => {
  it('replaces longer addresses before those they begin with', () => {
    expect(replaceAll('https://git/a.git https://git/a', new Map([['https://git/a', 'X'], ['https://git/a.git', 'Y']]))).toBe('Y X');
  });
  it('makes a commit only when the content changed, and the same one for the same content', async () => {
    const repo = join(dir, 'repo');
    mkdirSync(join(repo, 'kubernetes'), { recursive: true });
    writeFileSync(join(repo, 'kubernetes', 'a.yaml'), 'url: https://git/a\n');
    const first = await publish(repo, join(dir, 'git-1'), new Map([['https://git/a', 'file:///b']]));
    const again = await publish(repo, join(dir, 'git-1'), new Map([['https://git/a', 'file:///b']]));
    const elsewhere = await publish(repo, join(dir, 'git-2'), new Map([['https://git/a', 'file:///b']]));
    expect(first.isNew).toBe(true);
    expect(again).toEqual({ ...first, isNew: false });
    expect(elsewhere.revision).toBe(first.revision);
    writeFileSync(join(repo, 'kubernetes', 'a.yaml'), 'url: other\n');
    expect((await publish(repo, join(dir, 'git-1'))).revision).not.toBe(first.revision);
  });
});
