import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { catalogFacts, chartPins } from '../../src/compile/catalog-facts.ts';
import { resolve } from '../../src/compile/compile.ts';
import { components } from '../../src/components/registry.ts';
import { fluxCluster } from '../../src/emit/flux/cluster.ts';
import { bootstrapProps } from '../../src/emit/terraform/bootstrap-props.ts';
import { ownCharts } from '../../src/emit/terraform/own-charts.ts';
import { KubeRest } from '../../src/local/kube-rest.ts';
import { closeWorld, openWorld } from '../../src/local/world.ts';
import type { Plan } from '../../src/model/plan.ts';
import { applicationState } from '../../src/ops/applications.ts';
import type { KubeObject } from '../../src/units/kube-object.ts';
import { crdManifest } from '../../src/verify/kubernetes/crd-manifest.ts';
import { privateGit, type PrivateGit } from './private-git.ts';

const repository = join(import.meta.dirname, '../..');
const cluster = 'dev-mlops-cluster-01';
const login = { username: 'reader', password: 'not-for-git' };

interface ExternalSecret {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly target: { readonly name: string; readonly template: { readonly metadata?: { readonly labels: Readonly<Record<string, string>> }; readonly data: Readonly<Record<string, string>> } }; readonly data: readonly { readonly secretKey: string; readonly remoteRef: { readonly key: string; readonly property: string } }[] };
}
interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message: string;
}

/** What External Secrets makes of an ExternalSecret; Secrets Manager holds one entry here. */
const secretOf = ({ metadata: { namespace }, spec: { target, data } }: ExternalSecret, more: Readonly<Record<string, string>>): KubeObject => {
  const entry: Readonly<Record<string, string>> = login;
  const values = new Map(data.map(({ secretKey, remoteRef: { key, property } }) => [secretKey, key === 'platform/git' ? entry[property] ?? expect.fail(property) : expect.fail(key)]));
  const filled = Object.entries(target.template.data).map(([key, text]) => [key, text.replace(/\{\{ \.(\w+) \}\}/g, (_, name: string) => values.get(name) ?? expect.fail(name))]);
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: target.name, namespace, labels: { ...target.template.metadata?.labels } }, stringData: { ...Object.fromEntries(filled), ...more } };
};

const planOf = (engine: string, url: string, dev: Readonly<Record<string, unknown>> = {}): Plan => {
  const platform = { gitops: { engine, repo_url: url, credentials: { kind: 'token', secret: 'platform/git' } }, envs: { dev: { aws: { account_id: '314159265358' }, ...dev } } };
  const registry = { apiVersion: 'platform.example.io/v1alpha1', kind: 'ClusterRegistry', metadata: { name: 'dev' }, spec: { clusters: [{ name: cluster, region: 'us-east-1', labels: { environment: 'dev', hub: 'true' } }] } };
  const { value, diagnostics } = resolve({ files: new Map([['configuration/platform.yaml', JSON.stringify(platform)], ['configuration/clusters/dev.yaml', JSON.stringify(registry)]]), lock: undefined, components, facts: catalogFacts() });
  return value?.plan ?? expect.fail(JSON.stringify(diagnostics));
};

let directory = '';
let git: PrivateGit;
let kube: KubeRest;
let helm = '';

const until = async (what: string, isSo: () => Promise<boolean>, why: () => Promise<unknown>): Promise<void> => {
  for (const end = Date.now() + 60_000; !(await isSo()); await sleep(300)) if (Date.now() > end) throw new Error(`${what}: not within 60 s: ${JSON.stringify(await why())}`);
};

/** The objects that Terraform installs as the engine's start: the chart of the repository, rendered by Helm with the root's values. */
const rootObjects = async (plan: Plan): Promise<readonly KubeObject[]> => {
  const [planned] = plan.environments[0]?.clusters ?? [];
  const { gitOps } = planned ? bootstrapProps(plan.platform, planned, chartPins) : expect.fail('no cluster');
  if (!gitOps) throw new Error('no root');
  for (const { path, text } of ownCharts(plan)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  await writeFile(join(directory, 'root.json'), JSON.stringify(gitOps.values));
  const { stdout } = await promisify(execFile)(helm, ['template', gitOps.name, join(directory, 'terraform/charts', gitOps.name), '-n', gitOps.namespace, '-f', join(directory, 'root.json')]);
  return parseAllDocuments(stdout).flatMap((one) => (one.toJS() as KubeObject | null) ?? []);
};
const plurals: Readonly<Record<string, string>> = { ClusterSecretStore: 'clustersecretstores', ExternalSecret: 'externalsecrets', GitRepository: 'gitrepositories', Kustomization: 'kustomizations', Application: 'applications', Secret: 'secrets', SecretStore: 'secretstores', ServiceAccount: 'serviceaccounts', ImageRepository: 'imagerepositories', ImagePolicy: 'imagepolicies', ImageUpdateAutomation: 'imageupdateautomations', Receiver: 'receivers', Ingress: 'ingresses' };
const pathOf = ({ apiVersion, kind, metadata: { name, namespace } }: KubeObject): string => `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plurals[kind] ?? kind}/${name}`;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'argoeks-git-'));
  const world = await openWorld({ repoDir: directory, toolsRepoDir: repository, engines: ['argocd', 'flux'] });
  helm = world.toolPath('helm');
  const { endpoint, token, caBase64 } = await world.ensureControlPlane(cluster, { kubernetesVersion: '1.35' });
  kube = new KubeRest(() => Promise.resolve({ endpoint, token, caPem: Buffer.from(caBase64, 'base64').toString('utf8') }));
  for (const name of ['clustersecretstores.external-secrets.io', 'externalsecrets.external-secrets.io', 'secretstores.external-secrets.io', 'receivers.notification.toolkit.fluxcd.io', ...['imagerepositories', 'imagepolicies', 'imageupdateautomations'].map((one) => `${one}.image.toolkit.fluxcd.io`), ...['gitrepositories', 'ocirepositories', 'helmrepositories', 'helmcharts', 'buckets', 'externalartifacts'].map((one) => `${one}.source.toolkit.fluxcd.io`), 'kustomizations.kustomize.toolkit.fluxcd.io', 'helmreleases.helm.toolkit.fluxcd.io'])
    await kube.apply(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`, crdManifest(name));
  await world.ensureArgoCd(cluster);
  for (const name of ['flux-system', 'tenant-science']) await kube.apply(`/api/v1/namespaces/${name}`, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  await world.ensureFlux(cluster);
  for (const [folder, name] of [['gitops/argocd', 'by-argocd'], [`clusters/${cluster}/flux`, 'by-flux']] as const) {
    await mkdir(join(directory, 'kubernetes', folder), { recursive: true });
    await writeFile(join(directory, 'kubernetes', folder, 'object.yaml'), JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } }));
  }
  await world.publish(directory);
  git = await privateGit((await world.ensureGit()).url, login.username, login.password);
  await kube.apply('/api/v1/namespaces/argocd/secrets/cluster', {
    apiVersion: 'v1', kind: 'Secret', metadata: { name: 'cluster', namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': 'cluster' } },
    stringData: { name: cluster, server: 'https://kubernetes.default.svc', config: JSON.stringify({ bearerToken: token, tlsClientConfig: { caData: caBase64 } }) },
  });
}, 1_800_000);

afterAll(async () => {
  git?.close();
  kube?.close();
  await closeWorld(directory);
  await rm(directory, { recursive: true, force: true });
});

describe('a private repository', () => {
  it('is read by Flux as soon as External Secrets has made the Secret, and not before', async () => {
    const objects = await rootObjects(planOf('flux', git.url));
    expect(objects.map(({ kind }) => kind).toSorted()).toEqual(['ClusterSecretStore', 'ExternalSecret', 'GitRepository', 'Kustomization']);
    for (const object of objects) await kube.apply(pathOf(object), object);
    const source = objects.find(({ kind }) => kind === 'GitRepository') ?? expect.fail('no source');
    const ready = async (): Promise<Condition | undefined> => ((await kube.get(pathOf(source)))?.status as { readonly conditions?: readonly Condition[] } | undefined)?.conditions?.find(({ type }) => type === 'Ready');
    await until('it is refused', async () => (await ready())?.status === 'False', ready);
    expect((await ready())?.message).toContain('git-credentials');
    const secret = secretOf(await kube.get(pathOf(objects.find(({ kind }) => kind === 'ExternalSecret') ?? source)) as unknown as ExternalSecret, { 'ca.crt': git.cert });
    await kube.apply(pathOf(secret), secret);
    await kube.merge(pathOf(source), { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': new Date().toISOString() } } });
    await until('it is read', async () => (await ready())?.status === 'True', ready);
    expect(git.counts().admitted).toBeGreaterThan(0);
  });

  it('is read by Argo CD with the Secret that bears its URL, and not before', async () => {
    const objects = await rootObjects(planOf('argocd', git.url));
    for (const object of objects.filter(({ kind }) => kind !== 'Secret')) await kube.apply(pathOf(object), object);
    const root = objects.find(({ kind }) => kind === 'Application') ?? expect.fail('no Application');
    const state = async () => {
      const found = await kube.get(pathOf(root));
      return found && applicationState(found as unknown as KubeObject);
    };
    await until('it is refused', async () => (await state())?.causes.some((cause) => /authentication|certificate|ComparisonError/.test(cause)) ?? false, state);
    const made = objects.find(({ kind, metadata }) => kind === 'ExternalSecret' && metadata.namespace === 'argocd') ?? root;
    // The certificate of this server is nobody's; a real one is known.
    const secret = secretOf(await kube.get(pathOf(made)) as unknown as ExternalSecret, { insecure: 'true' });
    await kube.apply(pathOf(secret), secret);
    await until('it is synced', async () => {
      if ((await state())?.sync === 'Synced') return true;
      await kube.merge(pathOf(root), { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'hard' } } });
      await sleep(2000);
      return (await state())?.sync === 'Synced';
    }, state);
    expect(await kube.get('/api/v1/namespaces/default/configmaps/by-argocd')).toBeDefined();
  });

  it('and whatever else a team asks of Flux is taken by the API server', async () => {
    const images = { credentials: { kind: 'token', secret: 'science/push' }, branch: 'images', policies: [{ name: 'api', image: '314159265358.dkr.ecr.us-east-1.amazonaws.com/api', order: 'semver', range: '>=1.0.0' }, { name: 'web', image: 'ghcr.io/acme/web', order: 'numerical', pattern: '^main-(?P<n>[0-9]+)$', extract: '$n' }] };
    const plan = planOf('flux', git.url, { tenants: [{ name: 'science', git: { repo_url: git.url, credentials: { kind: 'token', secret: 'science/git' }, images } }], components: { 'flux-webhooks': { enabled: true } } });
    const [planned = expect.fail('no cluster')] = plan.environments[0]?.clusters ?? [];
    const files = fluxCluster(plan.platform.gitops, chartPins, planned).filter(({ path }) => path.includes('/tenant-repositories/'));
    const webhooks = planned.components.find(({ id }) => id === 'flux-webhooks')?.workload.releases.flatMap((release) => (release.kind === 'manifests' ? release.clusterManifests : [])) ?? [];
    const objects = [...files.map(({ text }) => parse(text) as KubeObject), ...webhooks];
    expect([...new Set(objects.map(({ kind }) => kind))].toSorted()).toEqual(['ExternalSecret', 'GitRepository', 'ImagePolicy', 'ImageRepository', 'ImageUpdateAutomation', 'Ingress', 'Kustomization', 'Receiver', 'SecretStore', 'ServiceAccount']);
    for (const object of objects) await kube.apply(pathOf(object), object);
  });

  it('shows its password nowhere but in the Secret', async () => {
    const texts = JSON.stringify([await rootObjects(planOf('flux', git.url)), await rootObjects(planOf('argocd', git.url))]);
    expect(texts).not.toContain(login.password);
  });
});
