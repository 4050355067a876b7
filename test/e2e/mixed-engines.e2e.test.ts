import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { argoeks, freshRepository, kubectl, processesOf, type Ran } from './argoeks.ts';

interface Found {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: { readonly destination?: { readonly name?: string; readonly server?: string }; readonly secretRef?: unknown };
  readonly status?: { readonly sync?: { readonly status: string }; readonly health?: { readonly status: string }; readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}
interface List {
  readonly items: readonly Found[];
}

const hub = 'dev-mlops-cluster-01';
const spoke = 'dev-mlops-cluster-02';
/** What both clusters do without here, so that two engines fit into three minutes. */
const off = ['admission-policies', 'argocd-ingress', 'aws-load-balancer-controller', 'cert-manager', 'flux-notifications', 'karpenter', 'kube-prometheus-stack', 'metrics-server', 'nvidia-device-plugin', 'prometheus-crds', 'thanos'];

const platform = {
  gitops: { repo_url: 'https://git.acme.io/acme/platform.git', credentials: { kind: 'token', secret: 'platform/git' } },
  envs: { dev: { aws: { account_id: '314159265358' }, components: Object.fromEntries(off.map((id) => [id, { enabled: false }])) } },
};
const registry = {
  apiVersion: 'platform.example.io/v1alpha1', kind: 'ClusterRegistry', metadata: { name: 'dev' },
  spec: { clusters: [{ name: hub, region: 'us-east-1', labels: { environment: 'dev', hub: 'true' } }, { name: spoke, region: 'us-east-1', labels: { environment: 'dev' }, spec: { gitops_engine: 'flux' } }] },
};

describe('a hub of Argo CD whose other cluster runs Flux, from a private repository', () => {
  let directory: string;
  let up: Ran;
  const items = async (cluster: string, ...words: readonly string[]): Promise<readonly Found[]> => (await kubectl<List>(directory, cluster, 'get', ...words)).items;

  beforeAll(async () => {
    directory = freshRepository();
    for (const file of ['qa', 'prod']) rmSync(join(directory, `configuration/clusters/${file}.yaml`), { force: true });
    writeFileSync(join(directory, 'configuration/platform.yaml'), stringify(platform));
    writeFileSync(join(directory, 'configuration/clusters/dev.yaml'), stringify(registry));
    rmSync(join(directory, 'configuration/tags.yaml'), { force: true });
    const built = await argoeks(directory, 'build');
    expect(built.code, built.err + built.out).toBe(0);
    up = await argoeks(directory, 'local', 'up', '--env', 'dev');
  });
  afterAll(async () => {
    await argoeks(directory, 'local', 'down');
    rmSync(directory, { recursive: true, force: true });
  });

  it('comes up', () => expect(up.code, up.err).toBe(0));

  it('each cluster has one engine, and the hub knows nothing of the other cluster', async () => {
    const applications = await items(hub, 'applications', '-n', 'argocd');
    expect(applications.length).toBeGreaterThan(4);
    expect(applications.filter(({ metadata, spec }) => metadata.name.includes(spoke) || spec?.destination?.name === spoke)).toEqual([]);
    expect(applications.filter(({ status }) => status?.sync?.status !== 'Synced' || status.health?.status !== 'Healthy').map(({ metadata }) => metadata.name)).toEqual([]);
    const registered = await items(hub, 'secrets', '-n', 'argocd', '-l', 'argocd.argoproj.io/secret-type=cluster');
    expect(registered.map(({ metadata }) => metadata.name)).toEqual([`cluster-${hub}`]);
    const names = async (cluster: string) => (await items(cluster, 'namespaces')).map(({ metadata }) => metadata.name);
    expect(await names(hub)).not.toContain('flux-system');
    expect(await names(spoke)).not.toContain('argocd');
    const kustomizations = await items(spoke, 'kustomizations', '-n', 'flux-system');
    expect(kustomizations.length).toBeGreaterThan(4);
    expect(kustomizations.filter(({ status }) => status?.conditions?.find(({ type }) => type === 'Ready')?.status !== 'True').map(({ metadata }) => metadata.name)).toEqual([]);
  });

  it('External Secrets was there before the engine read anything, and the engine took it over', async () => {
    for (const cluster of [hub, spoke]) {
      const text = readFileSync(join(directory, `terraform/environments/dev/${cluster}/bootstrap/gitops.tf`), 'utf8');
      expect(text).toMatch(/"helm_release" "root"[\s\S]*depends_on = \[helm_release\.external_secrets\]/);
      expect((await items(cluster, 'deployments', '-n', 'external-secrets')).map(({ metadata }) => metadata.name)).toContain('external-secrets');
      // What Terraform installed is recorded here; the engines record nothing.
      expect(existsSync(join(directory, `.argoeks/local/releases/${cluster}/external-secrets.external-secrets.json`))).toBe(true);
    }
    const [release] = await items(spoke, 'helmreleases', '-n', 'flux-system', '--field-selector', 'metadata.name=external-secrets');
    expect(release?.status?.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('True');
    expect((await items(hub, 'applications', '-n', 'argocd')).some(({ metadata }) => metadata.name === `${hub}-external-secrets`)).toBe(true);
    // The repository of this machine is read without.
    const [source] = await items(spoke, 'gitrepositories', '-n', 'flux-system');
    expect(source?.spec?.secretRef).toBeUndefined();
  });

  it('one command says how both are', async () => {
    const status = await argoeks(directory, 'status', '--env', 'dev', '--local');
    expect(status.code, status.out).toBe(0);
    for (const cluster of [hub, spoke]) expect(status.out).toContain(cluster);
  });

  it('leaves nothing running', async () => {
    const down = await argoeks(directory, 'local', 'down');
    expect(down.code, down.err).toBe(0);
    expect(await processesOf(directory)).toEqual([]);
  });
});
