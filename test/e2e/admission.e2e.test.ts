import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubeOf } from '../../src/adapters/kube.ts';
import { gatewayApiDefinitions } from '../../catalog/gateway-api.ts';
import { changesOf, policyObject } from '../../src/components/admission/policy.ts';
import { namespaceObject } from '../../src/emit/kubernetes/namespaces.ts';
import { placeOf, renderStandIn } from '../../src/local/charts/stand-in.ts';
import { closeWorld, openWorld } from '../../src/local/world.ts';
import type { Kube } from '../../src/ports/kube.ts';
import type { KubeObject } from '../../src/units/kube-object.ts';
import { admissionCases, admissionPlatform, podOf } from '../fixtures/admission-cases.ts';
import { exampleCluster, examplePlatform, objectsOf, planned, plannedDefaults } from '../fixtures/planned-components.ts';
import { dryRunOf } from './dry-run.ts';

const repository = join(import.meta.dirname, '../..');
const id = 'admission-policies';
const isPolicy = ({ kind }: KubeObject): boolean => kind === 'ValidatingAdmissionPolicy';
const objectsFor = (settings: unknown): readonly KubeObject[] => objectsOf(planned(id, exampleCluster('prod'), settings, admissionPlatform), id);
const bare = podOf({ containers: [{ name: 'main', image: 'nginx' }] });

/** Asks again until it is so, for a minute at most. */
const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 60_000; !(await isSo()); await sleep(300)) if (Date.now() > end) throw new Error(`${what}: not within a minute`);
};

let directory = '';
let kube: Kube;
let dryRun: ReturnType<typeof dryRunOf>;

const namespace = (name: string, labels: Readonly<Record<string, string>> = {}): Promise<KubeObject> => kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { team: 'science', environment: 'test', cluster: 'test', ...labels } } });

/** Puts all policies into force in one mode, and waits until the server follows. */
const enforce = async (mode: 'off' | 'warn' | 'audit' | 'deny'): Promise<void> => {
  for (const object of objectsFor({ mode })) await kube.apply(object);
  await until(`policies in mode ${mode}`, async () => {
    const asked = await Promise.all(admissionCases.map(({ refused }) => dryRun.create(refused)));
    return asked.every(({ message, warnings }) => (mode === 'deny' ? message.includes('denied request') : mode === 'off' ? warnings.length === 0 && !message.includes('denied') : warnings.length > 0 && !message.includes('denied')));
  });
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'argoeks-admission-'));
  const world = await openWorld({ repoDir: directory, toolsRepoDir: repository });
  const { kubeconfigPath } = await world.ensureControlPlane('admission', { kubernetesVersion: '1.35' });
  const kubeconfig = await readFile(kubeconfigPath, 'utf8');
  kube = kubeOf(kubeconfig);
  dryRun = dryRunOf(kubeconfig);
  await namespace('policy-test');
  await namespace('tenant-research', { 'argoeks.io/owner': 'research' });
  for (const definition of gatewayApiDefinitions()) await kube.apply(definition);
  const routes = admissionCases.filter(({ admitted: { kind } }) => kind.endsWith('Route')).map(({ admitted }) => admitted);
  await until('kinds of routes', async () => (await Promise.all(routes.map((one) => dryRun.create(one)))).every(({ status }) => status === 201));
  await until('a service account for pods', async () => (await dryRun.create(bare)).status === 201);
}, 900_000);

afterAll(async () => {
  await closeWorld(directory);
  await rm(directory, { recursive: true, force: true });
});

describe('admission policies on a real API server', () => {
  it('have expressions whose types fit every kind they look at', async () => {
    const wrong: KubeObject = policyObject({ name: 'policy-of-the-test', demands: '', resources: [changesOf('apps', ['deployments'])], when: [], variables: [], validations: [{ expression: 'object.spec.nonsense == 1', message: 'never' }] });
    const policies = objectsFor({}).filter(isPolicy);
    for (const object of [...policies, wrong]) await kube.apply(object);
    for (const policy of [...policies, wrong]) {
      const read = async () => (await kube.get(policy, policy.metadata.name)) as unknown as { readonly metadata: { readonly generation: number }; readonly status?: { readonly observedGeneration?: number; readonly typeChecking?: { readonly expressionWarnings?: readonly unknown[] } } };
      await until(`types of ${policy.metadata.name}`, async () => {
        const { metadata, status } = await read();
        return status?.observedGeneration === metadata.generation;
      });
      expect((await read()).status?.typeChecking?.expressionWarnings ?? [], policy.metadata.name).toHaveLength(policy === wrong ? 1 : 0);
    }
    await kube.remove(wrong, wrong.metadata.name);
  });

  it('come back from the server as they were written, so that GitOps sees no difference', async () => {
    for (const object of objectsFor({})) {
      await kube.apply(object);
      expect((await kube.get(object, object.metadata.name))?.['spec'], object.metadata.name).toEqual(object['spec']);
    }
  });

  it('are taken by the server where there is no team, and where namespaces need no label of their own', async () => {
    const bareObjects = objectsOf(planned(id, exampleCluster('prod'), { required_labels: { namespace_labels: [] } }), id).filter(isPolicy);
    for (const object of bareObjects) {
      await kube.apply(object);
      expect((await kube.get(object, object.metadata.name))?.['spec'], object.metadata.name).toEqual(object['spec']);
    }
  });

  it('come with a case for each', () => {
    expect([...new Set(admissionCases.map(({ policy }) => policy))].toSorted()).toEqual(objectsFor({}).filter(isPolicy).map(({ metadata }) => metadata.name).toSorted());
  });

  it('off: let everything in', async () => {
    await enforce('off');
    expect(await dryRun.create(bare)).toEqual({ status: 201, message: '', warnings: [] });
  });

  describe('warn', () => {
    beforeAll(() => enforce('warn'), 90_000);
    it.each(admissionCases)('$policy: $what', async ({ policy, refused, admitted }) => {
      const { message, warnings } = await dryRun.create(refused);
      expect(message).not.toContain('denied');
      expect(warnings.filter((text) => text.includes('Validation failed')), message).toEqual([expect.stringContaining(policy)]);
      expect(await dryRun.create(admitted)).toEqual({ status: 201, message: '', warnings: [] });
    });
  });

  it('audit: warns too, and refuses nothing', async () => {
    await enforce('audit');
    expect((await dryRun.create(bare)).status).toBe(201);
  });

  describe('deny', () => {
    const old: KubeObject = { ...bare, metadata: { ...bare.metadata, name: 'old', labels: {} } };
    const oldDeployment: KubeObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'old', namespace: 'policy-test' }, spec: { replicas: 0, selector: { matchLabels: { app: 'old' } }, template: { metadata: { labels: { app: 'old' } }, spec: bare['spec'] } } };

    beforeAll(async () => {
      await enforce('off');
      for (const object of [old, oldDeployment]) await kube.apply(object);
      await enforce('deny');
    }, 120_000);

    it.each(admissionCases)('$policy: $what', async ({ policy, refused, admitted }) => {
      const { status, message } = await dryRun.create(refused);
      expect(message).toContain(`ValidatingAdmissionPolicy '${policy}'`);
      expect(status).toBe(422);
      expect(await dryRun.create(admitted)).toEqual({ status: 201, message: '', warnings: [] });
    });

    it('leaves alone what was there before, until its pods change', async () => {
      expect((await dryRun.patch(old, { metadata: { annotations: { a: 'b' } } })).status).toBe(200);
      expect((await dryRun.patch(oldDeployment, { spec: { replicas: 2 } })).status).toBe(200);
      expect((await dryRun.patch(oldDeployment, { spec: { template: { spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] } } } })).message).toContain('denied request');
      expect((await dryRun.patch(oldDeployment, { metadata: { labels: { a: 'b' } } })).message).toContain("'platform-required-labels'");
    });

    it('looks at the containers that kubectl debug adds', async () => {
      const clean = admissionCases.find(({ policy }) => policy === 'platform-no-privileged')?.admitted;
      if (!clean) throw new Error('no pod that conforms');
      const here: KubeObject = { ...clean, metadata: { ...clean.metadata, name: 'debugged' } };
      await kube.apply(here);
      const debug = (securityContext: Readonly<Record<string, unknown>>, image = 'quay.io/cilium/cilium:v1') => dryRun.patch(here, { spec: { ephemeralContainers: [{ name: 'debug', image, securityContext }] } }, '/ephemeralcontainers');
      expect((await debug({ runAsNonRoot: true, allowPrivilegeEscalation: false })).status).toBe(200);
      expect((await debug({ runAsNonRoot: true, privileged: true })).message).toContain("'platform-no-privileged'");
      expect((await debug({ runAsNonRoot: true, allowPrivilegeEscalation: false }, 'busybox:1')).message).toContain("'platform-allowed-registries'");
    });

    it('leaves system namespaces alone, and lets node agents be node agents where their namespace says so', async () => {
      const agent = { containers: [{ name: 'main', image: 'quay.io/cilium/cilium:v1', securityContext: { privileged: true } }], hostNetwork: true };
      const inside = (name: string, spec: Readonly<Record<string, unknown>>): KubeObject => ({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent', namespace: name }, spec: { selector: { matchLabels: { app: 'a' } }, template: { metadata: { labels: { app: 'a' } }, spec } } });
      await namespace('policy-agents', { 'pod-security.kubernetes.io/enforce': 'privileged', 'argoeks.io/owner': 'platform' });
      await namespace('policy-team', { 'pod-security.kubernetes.io/enforce': 'privileged', 'argoeks.io/owner': 'science' });
      expect((await dryRun.create(inside('kube-system', { ...agent, containers: [{ name: 'main', image: 'nginx' }] }))).status).toBe(201);
      expect((await dryRun.create(inside('policy-agents', agent))).status).toBe(201);
      expect((await dryRun.create(inside('policy-agents', { ...agent, containers: [{ name: 'main', image: 'nginx:1' }] }))).message).toContain("'platform-allowed-registries'");
      expect((await dryRun.create(inside('policy-team', agent))).message).toContain('denied request');
    });

    it('lets in all that the platform brings to prod, as its namespaces are there', async () => {
      const cluster = exampleCluster('prod');
      const environment = examplePlatform.environments.find(({ name }) => name === 'prod');
      if (!environment) throw new Error('no prod');
      const own = plannedDefaults(cluster);
      const namespaces = [...new Map(own.flatMap(({ workload }) => workload.namespaces).map((need) => [need.name, need])).values()];
      for (const need of namespaces) {
        const object = namespaceObject({ cluster, environment, components: [] }, need);
        const said = await dryRun.create(object);
        expect({ ...said, warnings: [] }, need.name).toEqual({ status: 201, message: '', warnings: [] });
        await kube.apply(object);
      }
      const releases = own.flatMap(({ workload }) => workload.releases).filter((release) => release.kind === 'chart');
      const objects = releases.flatMap((release) => renderStandIn(release.standIn, placeOf(release))).filter(({ kind }) => ['Deployment', 'DaemonSet', 'StatefulSet', 'Service'].includes(kind));
      expect(objects.length).toBeGreaterThan(20);
      for (const object of objects) expect({ name: object.metadata.name, ...(await dryRun.create(object)) }).toMatchObject({ name: object.metadata.name, status: 201, message: '' });
      // The last step on the way to a pod is the one that counts.
      for (const object of objects) {
        const { template } = object['spec'] as { readonly template?: { readonly metadata: Readonly<Record<string, unknown>>; readonly spec: Readonly<Record<string, unknown>> } };
        if (!template) continue;
        const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { ...object.metadata, ...template.metadata, name: object.metadata.name }, spec: { ...template.spec, serviceAccountName: 'default' } } as KubeObject;
        await until(`a pod of ${object.metadata.name}`, async () => {
          const { status, message } = await dryRun.create(pod);
          if (!message.includes('serviceaccount')) expect(message, object.metadata.name).toBe('');
          return status === 201;
        });
      }
    }, 120_000);
  });
});
