import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everythingClusters } from '../../../test/fixtures/network-plans.ts';
import { chartPins } from '../../compile/catalog-facts.ts';
import { clusterNamespaces } from '../kubernetes/namespaces.ts';
import { clusterReleases, sharedReleases } from '../kubernetes/releases.ts';
import { clusterPolicies } from '../network/files.ts';
import { fluxCluster } from './cluster.ts';
import { driftDetection, pointerOf } from './drift.ts';
import { helmRelease } from './helm-release.ts';
import { dependenciesOf } from './order.ts';
import { fluxShared } from './shared.ts';
import { chartSource } from './sources.ts';

const gitops = { engine: 'flux', repoUrl: 'https://git.acme.io/acme/platform.git', targetRevision: 'main' } as const;
const pin = { name: 'karpenter', repository: 'oci://public.ecr.aws/karpenter', version: '1.14.1' };

describe('sources', () => {
  it('are an artifact for a registry, a repository for the rest', () => {
    expect(chartSource(gitops, pin).source).toMatchObject({ kind: 'OCIRepository', spec: { url: 'oci://public.ecr.aws/karpenter/karpenter', ref: { tag: '1.14.1' }, provider: 'generic' } });
    expect(chartSource(gitops, { ...pin, repository: 'https://helm.cilium.io/' })).toMatchObject({ source: { kind: 'HelmRepository', spec: { url: 'https://helm.cilium.io' } }, spec: { chart: { spec: { chart: 'karpenter', version: '1.14.1' } } } });
  });

  it('go through the mirror, with the role of the controller where it is a private ECR', () => {
    const chartMirror = '111122223333.dkr.ecr.us-east-1.amazonaws.com/charts';
    expect(chartSource({ ...gitops, chartMirror }, pin).source).toMatchObject({ kind: 'OCIRepository', spec: { url: `oci://${chartMirror}/karpenter`, provider: 'aws' } });
    expect(chartSource({ ...gitops, chartMirror: 'https://charts.acme.io' }, pin).source).toMatchObject({ kind: 'HelmRepository', spec: { url: 'https://charts.acme.io' } });
  });
});

describe('releases', () => {
  const [plan] = everythingClusters({ gitops_engine: 'flux' });
  const releases = (plan?.components ?? []).flatMap(({ workload }) => workload.releases).filter((release) => release.kind === 'chart');

  it('are waited for, but for one whose pods wait for what comes after it', () => {
    const waits = (name: string) => {
      const { spec } = helmRelease(gitops, pin, 'dev', releases.find((one) => one.name === name) ?? expect.fail(`no ${name}`));
      const { install, upgrade } = spec as Readonly<Record<'install' | 'upgrade', { readonly disableWait?: boolean }>>;
      return [install.disableWait, upgrade.disableWait];
    };
    expect(waits('cilium')).toEqual([true, true]);
    expect(waits('cert-manager')).toEqual([undefined, undefined]);
  });
});

describe('drift', () => {
  it.each([
    ['.webhooks[]?.clientConfig.caBundle', '/webhooks'],
    ['.spec.template.metadata.annotations["checksum/secret"]', '/spec/template/metadata/annotations/checksum~1secret'],
    ['.spec.replicas', '/spec/replicas'],
  ])('%s is %s', (jq, pointer) => expect(pointerOf(jq)).toBe(pointer));

  it('refuses what has no counterpart', () => {
    expect(() => pointerOf('.spec | keys')).toThrow(/no counterpart/);
  });

  it('is mended but for what others write', () => {
    expect(driftDetection([{ group: 'apps', kind: 'Deployment', name: 'a', jsonPointers: ['/spec/replicas'] }])).toEqual({ mode: 'enabled', ignore: [{ paths: ['/spec/replicas'], target: { group: 'apps', kind: 'Deployment', name: 'a' } }] });
  });
});

describe('a cluster with the real components', () => {
  const [plan] = everythingClusters({ gitops_engine: 'flux' });
  if (!plan) throw new Error('no cluster');
  const after = dependenciesOf(plan);
  const waves = new Map(plan.components.flatMap(({ waves: own }) => Object.entries(own)));

  it('waits for no release of the same wave or a later one', () => {
    expect(after.size).toBeGreaterThan(15);
    for (const [name, needs] of after)
      for (const need of needs.filter((one) => waves.has(one))) expect(waves.get(need), `${name} after ${need}`).toBeLessThanOrEqual(waves.get(name) ?? -1);
  });

  it('has everything behind each component that a component requires', () => {
    const reach = (name: string): ReadonlySet<string> => new Set((after.get(name) ?? []).flatMap((need) => [need, ...reach(need)]));
    const released = new Map(plan.components.map(({ id, workload }) => [id, workload.releases.map(({ name }) => name).filter((name) => after.has(name))]));
    for (const { id, requires } of plan.components)
      for (const name of released.get(id) ?? [])
        for (const need of requires.flatMap((one) => released.get(one) ?? [])) expect(reach(name), `${name} (${id}) after ${need}`).toContain(need);
  });

  it('lists only files that are rendered', () => {
    const rendered = new Set([...clusterNamespaces(plan), ...clusterPolicies(plan), ...clusterReleases(plan), ...sharedReleases({ platform: { name: 'a', gitops, environments: [] }, environments: [{ environment: plan.environment, clusters: [plan] }] }), ...fluxCluster(gitops, chartPins, plan), ...fluxShared()].map(({ path }) => path));
    const lists = fluxCluster(gitops, chartPins, plan).filter(({ path }) => path.endsWith('/kustomization.yaml'));
    const listed = lists.flatMap(({ path, text }) => [...text.matchAll(/^ +- "?(?:\w+\.yaml=)?([\w./-]+\.yaml)"?$/gm)].map(([, file = '']) => normalize(join(dirname(path), file))));
    expect(listed.length).toBeGreaterThan(80);
    expect(listed.filter((file) => !rendered.has(file))).toEqual([]);
  });

  it('names each file it lists, once', () => {
    const files = fluxCluster(gitops, chartPins, plan);
    const paths = files.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    const root = files.find(({ path }) => path.endsWith('/flux/kustomization.yaml'))?.text ?? '';
    const listed = [...root.matchAll(/^ {2}- (\S+)$/gm)].map(([, file]) => `kubernetes/clusters/${plan.cluster.name}/flux/${file}`);
    expect(paths.filter((path) => path.split('/').length === 5 || path.includes('/sources/')).toSorted()).toEqual([...listed, `kubernetes/clusters/${plan.cluster.name}/flux/kustomization.yaml`].toSorted());
  });
});

describe('a team with a repository', () => {
  const [plan] = everythingClusters({ gitops_engine: 'flux' });
  if (!plan) throw new Error('no cluster');
  const files = fluxCluster(gitops, chartPins, plan).filter(({ path }) => path.includes('/tenant-repositories'));
  const text = files.map((file) => file.text).join('\n---\n');

  it('is read in its own namespace, as its own account, behind the namespaces, and holds nobody up', () => {
    expect(files.map(({ path }) => path.split('/flux/')[1])).toEqual(['tenant-repositories.yaml', 'tenant-repositories/science-gitrepository.yaml', 'tenant-repositories/science-kustomization.yaml', ...['serviceaccount', 'secretstore', 'externalsecret'].map((kind) => `tenant-repositories/tenant-science/${kind}-git-credentials.yaml`)]);
    expect(text).toMatch(/dependsOn:\n {4}- name: external-secrets\n {4}- name: tenants\n/);
    expect(text).toContain('wait: false');
    expect(text).toContain('serviceAccountName: reconciler');
    expect(text).toContain('targetNamespace: tenant-science');
    expect(text.match(/namespace: (\S+)/g)).toEqual(['namespace: flux-system', ...Array.from({ length: 5 }, () => 'namespace: tenant-science')]);
  });
});
