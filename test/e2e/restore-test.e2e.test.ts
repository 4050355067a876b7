import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubeOf } from '../../src/adapters/kube.ts';
import { restoreOf, restoreTest, stepsOf, type RestoreTest } from '../../src/components/velero/restore-test.ts';
import { namespaceObject } from '../../src/emit/kubernetes/namespaces.ts';
import { closeWorld, openWorld } from '../../src/local/world.ts';
import type { Kube } from '../../src/ports/kube.ts';
import type { KubeObject } from '../../src/units/kube-object.ts';
import { crdManifest } from '../../src/verify/kubernetes/crd-manifest.ts';
import { everythingClusters } from '../fixtures/network-plans.ts';
import { exampleCluster, objectsOf, planned } from '../fixtures/planned-components.ts';
import { dryRunOf, type Said } from './dry-run.ts';

const repository = join(import.meta.dirname, '../..');
const run = promisify(execFile);
/** What the steps are run with; the image brings its own. */
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
const [plan = expect.fail('no cluster')] = everythingClusters();
const test: RestoreTest = { schedule: 'velero-daily', cron: '0 5 * * 0', namespace: 'monitoring', resources: ['persistentvolumeclaims', 'persistentvolumes', 'serviceaccounts'], timeoutMinutes: 60, home: 'velero' };
const scratch: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'monitoring-restore-test' } };
const restores = { apiVersion: 'velero.io/v1', kind: 'Restore', namespace: 'velero' };
const spec = restoreOf(test)['spec'] as Readonly<Record<string, unknown>>;
const objects = objectsOf(planned('velero', exampleCluster('prod')), 'velero-restore-test');
const policies = objectsOf(planned('admission-policies', exampleCluster('prod'), { mode: 'deny' }), 'admission-policies');

const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 60_000; !(await isSo()); await sleep(300)) if (Date.now() > end) throw new Error(`${what}: not within a minute`);
};

let directory = '';
let kube: Kube;
let ask: (object: KubeObject) => Promise<Said>;
let kubeconfigOfAccount = '';

/** The same server, asked as the test's own account. */
const asAccount = (admin: string): string => {
  const config = new KubeConfig();
  config.loadFromString(admin);
  const [context, user] = [config.getCurrentContext(), config.getCurrentUser()];
  if (!user) throw new Error('the kubeconfig has no user');
  const plain = { clusters: config.clusters, contexts: config.contexts, 'current-context': context };
  const cluster = config.getCurrentCluster();
  return JSON.stringify({
    apiVersion: 'v1', kind: 'Config', 'current-context': plain['current-context'],
    clusters: [{ name: cluster?.name, cluster: { server: cluster?.server, ...(cluster?.caData ? { 'certificate-authority-data': cluster.caData } : { 'certificate-authority': cluster?.caFile }) } }],
    contexts: [{ name: context, context: { cluster: cluster?.name, user: user.name } }],
    users: [{ name: user.name, user: { ...(user.certData ? { 'client-certificate-data': user.certData, 'client-key-data': user.keyData } : user.certFile ? { 'client-certificate': user.certFile, 'client-key': user.keyFile } : { token: user.token }), as: 'system:serviceaccount:velero:restore-test' } }],
  });
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'argoeks-restore-test-'));
  const world = await openWorld({ repoDir: directory, toolsRepoDir: repository });
  const { kubeconfigPath } = await world.ensureControlPlane('restore-test', { kubernetesVersion: '1.35' });
  const admin = await readFile(kubeconfigPath, 'utf8');
  kube = kubeOf(admin);
  kubeconfigOfAccount = join(directory, 'account.json');
  await writeFile(kubeconfigOfAccount, asAccount(admin));
  for (const name of ['backups.velero.io', 'restores.velero.io']) await kube.apply(crdManifest(name));
  for (const name of ['velero', 'monitoring']) await kube.apply(namespaceObject(plan, { name, podSecurity: 'restricted' }));
  for (const object of policies) await kube.apply(object);
  const bare: KubeObject = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'bare', namespace: 'velero' }, spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'nginx' }] } } } };
  await until('policies of prod', async () => (await dryRunOf(admin).create(bare)).message.includes('denied request'));
  for (const object of objects) await until(`${object.kind} ${object.metadata.name}`, () => kube.apply(object).then(() => true, (error: unknown) => { if (String(error).includes('denied')) throw error; return false; }));
  ask = dryRunOf(await readFile(kubeconfigOfAccount, 'utf8')).create;
}, 900_000);

afterAll(async () => {
  await closeWorld(directory);
  await rm(directory, { recursive: true, force: true });
});

describe('the restore test on a real API server', () => {
  it('is let in by the policies of prod, and comes back as it was written', async () => {
    for (const object of objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')) expect((await kube.get(object, object.metadata.name))?.['spec']).toEqual(object['spec']);
  });

  it('has a policy whose expressions fit the definition', async () => {
    const policy = objects.find(({ kind }) => kind === 'ValidatingAdmissionPolicy') ?? expect.fail('no policy');
    const read = async () => (await kube.get(policy, policy.metadata.name)) as unknown as { readonly metadata: { readonly generation: number }; readonly status?: { readonly observedGeneration?: number; readonly typeChecking?: { readonly expressionWarnings?: readonly unknown[] } } };
    await until('types', async () => { const { metadata, status } = await read(); return status?.observedGeneration === metadata.generation; });
    expect((await read()).status?.typeChecking?.expressionWarnings ?? []).toEqual([]);
  });

  it('may ask for its own Restore and no other', async () => {
    const other = (change: object, name = restoreTest): KubeObject => ({ ...restoreOf(test), metadata: { name, namespace: 'velero' }, spec: { ...spec, ...change } });
    await until('the policy', async () => (await ask(other({ namespaceMapping: {} }))).message.includes('denied'));
    expect((await ask(restoreOf(test))).status).toBe(201);
    const wrong = [
      other({}, 'another'), other({ namespaceMapping: { monitoring: 'kube-system' } }), other({ includedNamespaces: ['monitoring', 'kube-system'] }), other({ includedNamespaces: undefined }),
      other({ includedResources: ['clusterrolebindings.rbac.authorization.k8s.io'] }), other({ includeClusterResources: true }), other({ existingResourcePolicy: 'update' }),
      other({ hooks: { resources: [{ name: 'a', postHooks: [{ exec: { command: ['sh'] } }] }] } }),
    ];
    for (const object of wrong) {
      const { status, message } = await ask(object);
      expect({ status, denied: message.includes('velero-restore-test') }, JSON.stringify(object)).toEqual({ status: 422, denied: true });
    }
    // Whoever else may make Restores is not held to it.
    await kube.apply(other({ namespaceMapping: { monitoring: 'elsewhere' } }, 'by-hand'));
  });

  it('may delete its copy and its Restore, and read or delete nothing else', async () => {
    const account = kubeOf(await readFile(kubeconfigOfAccount, 'utf8'));
    const denied = async (done: Promise<unknown>): Promise<boolean> => done.then(() => false, (error: { readonly kind?: string }) => error.kind === 'denied');
    await kube.apply(scratch);
    expect(await denied(account.remove({ apiVersion: 'v1', kind: 'Namespace' }, 'monitoring'))).toBe(true);
    expect(await denied(account.remove(restores, 'by-hand'))).toBe(true);
    expect(await denied(account.list({ apiVersion: 'v1', kind: 'Secret', namespace: 'velero' }))).toBe(true);
    expect(await denied(account.get({ apiVersion: 'v1', kind: 'Namespace' }, scratch.metadata.name))).toBe(false);
  });
});

describe.skipIf(!hasKubectl)('the steps of a run, with kubectl', () => {
  /** Velero's part: what becomes of the Restore. */
  const play = async (status: Readonly<Record<string, unknown>>): Promise<void> => {
    await until('a Restore', async () => (await kube.get(restores, restoreTest)) !== undefined);
    await kube.apply(scratch);
    await kube.patch(restores, restoreTest, { status });
  };
  const stepThrough = async (status: Readonly<Record<string, unknown>>): Promise<readonly string[]> => {
    const file = join(directory, 'restore.json');
    await writeFile(file, JSON.stringify(restoreOf(test)));
    const done: string[] = [];
    for (const { name, args } of stepsOf(test)) {
      const real = args.map((arg) => arg.replace('/restore/restore.json', file).replace(/^--timeout=\d+m$/, name.startsWith('await') ? '--timeout=5s' : '--timeout=60s'));
      if (name === 'await-completed') await play(status);
      const isDone = await run('kubectl', [`--kubeconfig=${kubeconfigOfAccount}`, ...real]).then(() => true, () => false);
      if (!isDone) return [...done, `${name} failed`];
      done.push(name);
    }
    return done;
  };

  it('takes all its steps when the restore is good, again and again, and leaves no copy', async () => {
    for (const _ of [1, 2]) {
      expect(await stepThrough({ phase: 'Completed', progress: { totalItems: 3, itemsRestored: 3 } })).toEqual(stepsOf(test).map(({ name }) => name));
      expect(await kube.get({ apiVersion: 'v1', kind: 'Namespace' }, scratch.metadata.name)).toBeUndefined();
    }
  }, 240_000);

  it.each([
    ['PartiallyFailed', { phase: 'PartiallyFailed', errors: 1, progress: { totalItems: 3, itemsRestored: 2 } }, 'await-completed failed'],
    ['Completed without anything', { phase: 'Completed', progress: { totalItems: 0 } }, 'await-not-empty failed'],
  ])('fails on a restore that is %s, and leaves the copy for whoever looks', async (_, status, last) => {
    expect((await stepThrough(status)).at(-1)).toBe(last);
    expect(await kube.get({ apiVersion: 'v1', kind: 'Namespace' }, scratch.metadata.name)).toBeDefined();
  }, 240_000);
});
