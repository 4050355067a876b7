import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { argoeks, freshRepository, kubectl, processesOf, type Ran } from './argoeks.ts';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
  readonly lastTransitionTime: string;
}
interface FluxObject {
  readonly metadata: { readonly name: string; readonly creationTimestamp: string };
  readonly spec: { readonly dependsOn?: readonly { readonly name: string }[]; readonly targetNamespace?: string };
  readonly status?: { readonly conditions?: readonly Condition[] };
}
interface List<T> {
  readonly items: readonly T[];
}
interface Secret {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly data: { readonly release: string };
}
interface Deployed {
  readonly name: string;
  readonly namespace: string;
  readonly config?: Tree;
}
type Tree = { readonly [key: string]: unknown };

const cluster = 'dev-mlops-cluster-01';
/** Terraform installed these before Flux first looked. */
const adopted: readonly string[] = ['cilium', 'flux'];

const ready = ({ status }: FluxObject): Condition | undefined => status?.conditions?.find(({ type }) => type === 'Ready');
const readyAt = (found: FluxObject | undefined): number => Date.parse((found && ready(found)?.lastTransitionTime) ?? '9999-01-01');

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Values laid over others as Helm does it: maps are merged, everything else is replaced. */
const laid = (below: Tree, above: Tree): Tree =>
  Object.entries(above).reduce<Tree>((tree, [key, value]) => {
    const known = tree[key];
    return { ...tree, [key]: isTree(known) && isTree(value) ? laid(known, value) : value };
  }, below);

/** A release as Helm records it. Source: Helm, pkg/storage/driver/util.go, `encodeRelease`; a Secret encodes once more. */
const deployed = ({ data }: Secret): Deployed => JSON.parse(gunzipSync(Buffer.from(Buffer.from(data.release, 'base64').toString('utf8'), 'base64')).toString('utf8')) as Deployed;

describe('the dev platform on this machine, reconciled by Flux', () => {
  let directory: string;
  let up: Ran;
  const list = async (kind: string): Promise<readonly FluxObject[]> => (await kubectl<List<FluxObject>>(directory, cluster, 'get', kind, '-n', 'flux-system')).items;
  beforeAll(async () => {
    directory = freshRepository();
    const file = join(directory, 'configuration/platform.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('engine: argocd', 'engine: flux'));
    const built = await argoeks(directory, 'build');
    expect(built.code, built.err).toBe(0);
    up = await argoeks(directory, 'local', 'up', '--env', 'dev');
  });
  afterAll(async () => {
    await argoeks(directory, 'local', 'down');
    rmSync(directory, { recursive: true, force: true });
  });

  it('comes up without Argo CD', async () => {
    expect(up.code, up.err).toBe(0);
    expect(existsSync(join(directory, 'kubernetes/gitops/argocd'))).toBe(false);
    expect((await processesOf(directory)).filter((line) => line.includes('argocd'))).toEqual([]);
  });

  it('brings every source, Kustomization and HelmRelease to Ready', async () => {
    const found = (await Promise.all(['gitrepositories', 'helmrepositories', 'ocirepositories', 'helmcharts', 'kustomizations', 'helmreleases'].map(list))).flat();
    expect(found.length).toBeGreaterThan(40);
    // A HelmRepository only says so where it has failed or was fetched.
    expect(found.filter((one) => ready(one)?.status !== 'True').map(({ metadata, status }) => [metadata.name, status])).toEqual([]);
  });

  it('starts nothing before all that it waits for is ready', async () => {
    const kustomizations = new Map((await list('kustomizations')).map((one) => [one.metadata.name, one]));
    const releases = (await list('helmreleases')).filter(({ metadata }) => kustomizations.get(metadata.name)?.spec.dependsOn !== undefined);
    expect(releases.length).toBeGreaterThan(8);
    for (const { metadata } of releases)
      for (const { name } of kustomizations.get(metadata.name)?.spec.dependsOn ?? [])
        expect(readyAt(kustomizations.get(name)), `${name} before ${metadata.name}`).toBeLessThanOrEqual(Date.parse(metadata.creationTimestamp));
  });

  it('gives each chart the values of the two files that Argo CD would read, and adopts what Terraform installed', async () => {
    const { items } = await kubectl<List<Secret>>(directory, cluster, 'get', 'secrets', '-A', '-l', 'owner=helm,status=deployed');
    const found = items.map(deployed);
    expect(found.map(({ name }) => name).toSorted()).toEqual((await list('helmreleases')).map(({ metadata }) => metadata.name).toSorted());
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining([...adopted]));
    const read = (path: string): Tree => parse(readFileSync(join(directory, 'kubernetes', path, 'values.yaml'), 'utf8')) as Tree;
    for (const { name, config = {} } of found) expect(config, name).toEqual(laid(read(`platform/${name}`), read(`clusters/${cluster}/${name}`)));
  });

  it('puts back what somebody changed', async () => {
    const deployment = ['-n', 'external-dns', 'deployment', 'external-dns'];
    await kubectl(directory, cluster, 'patch', ...deployment, '--type=merge', '-p', '{"spec":{"replicas":0}}');
    await kubectl(directory, cluster, 'annotate', '--overwrite', '-n', 'flux-system', 'helmrelease', 'external-dns', `reconcile.fluxcd.io/requestedAt=${new Date().toISOString()}`);
    await expect.poll(async () => (await kubectl<{ readonly spec: { readonly replicas: number } }>(directory, cluster, 'get', ...deployment)).spec.replicas, { timeout: 60_000, interval: 1_000 }).toBeGreaterThan(0);
  });

  it('changes nothing when it is brought up again, and says how it is', async () => {
    const again = await argoeks(directory, 'local', 'up', '--env', 'dev');
    expect(again.code, again.err).toBe(0);
    const plan = await argoeks(directory, 'env', 'plan', '--env', 'dev', '--local');
    expect(plan.out + plan.err).toMatch(/no changes/i);
    const status = await argoeks(directory, 'status', '--env', 'dev', '--local');
    expect(status.code, status.out).toBe(0);
    expect(status.out).toMatch(/karpenter-pools\s+Synced\s+Healthy/);
  });

  it('leaves nothing running', async () => {
    const down = await argoeks(directory, 'local', 'down');
    expect(down.code, down.err).toBe(0);
    expect(await processesOf(directory)).toEqual([]);
  });
});
