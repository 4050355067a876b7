import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { argoeks, freshRepository, killedAt, kubectl, processesOf, type Ran } from './argoeks.ts';

interface List<T> {
  readonly items: readonly T[];
}
interface Application {
  readonly metadata: { readonly name: string; readonly creationTimestamp: string; readonly annotations?: Readonly<Record<string, string>>; readonly labels?: Readonly<Record<string, string>> };
  readonly status?: {
    readonly sync?: { readonly status: string };
    readonly health?: { readonly status: string };
    readonly history?: readonly { readonly deployedAt: string }[];
  };
}
interface Timed {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly nodeName?: string };
  readonly status: { readonly startTime?: string; readonly conditions?: readonly { readonly type: string; readonly status: string; readonly lastTransitionTime: string }[] };
}

const hub = 'prod-mlops-cluster-01';
const spoke = 'prod-mlops-cluster-02';
const wave = (application: Application): number => Number(application.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
const first = (application: Application): number => Math.min(...(application.status?.history ?? []).map(({ deployedAt }) => Date.parse(deployedAt)));
const applicationsOf = (directory: string): Promise<List<Application>> => kubectl(directory, hub, 'get', 'applications', '-n', 'argocd');

describe('the prod platform on this machine', () => {
  let directory: string;
  let up: Ran;
  beforeAll(async () => {
    directory = freshRepository();
    up = await argoeks(directory, 'local', 'up', '--env', 'prod');
  });
  afterAll(async () => {
    await argoeks(directory, 'local', 'down');
    rmSync(directory, { recursive: true, force: true });
  });

  it('comes up, says that AWS is simulated, and what to look at next', () => {
    expect(up.code, up.err).toBe(0);
    expect(up.out + up.err).toMatch(/AWS is simulated/i);
    expect(up.out).toContain(`kubeconfig-${hub}.yaml`);
  });

  it('brings every application of hub and spoke to Synced and Healthy', async () => {
    const { items } = await applicationsOf(directory);
    expect(items.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(['root', `${hub}-platform`, `${spoke}-platform`, `${hub}-karpenter`, `${spoke}-karpenter`]));
    expect(items.filter(({ status }) => status?.sync?.status !== 'Synced' || status.health?.status !== 'Healthy').map(({ metadata }) => metadata.name)).toEqual([]);
  });

  it.each([hub, spoke])('%s: no node was Ready before Cilium\'s agent ran on it', async (cluster) => {
    const nodes = await kubectl<List<Timed>>(directory, cluster, 'get', 'nodes');
    const agents = await kubectl<List<Timed>>(directory, cluster, 'get', 'pods', '-n', 'kube-system', '-l', 'k8s-app=cilium');
    expect(nodes.items.length).toBeGreaterThan(0);
    for (const node of nodes.items) {
      const ready = node.status.conditions?.find(({ type }) => type === 'Ready');
      const agent = agents.items.find(({ spec }) => spec?.nodeName === node.metadata.name);
      expect(ready?.status, node.metadata.name).toBe('True');
      expect(Date.parse(agent?.status.startTime ?? '9999')).toBeLessThanOrEqual(Date.parse(ready?.lastTransitionTime ?? ''));
    }
  });

  it.each([hub, spoke])('%s: no application was made before those of the wave before it were deployed', async (cluster) => {
    const own = (await applicationsOf(directory)).items.filter(({ metadata }) => metadata.labels?.['argoeks.io/cluster'] === cluster && metadata.labels['argoeks.io/release'] !== undefined);
    const waves = [...new Set(own.map(wave))].toSorted((a, b) => a - b);
    expect(waves.length).toBeGreaterThan(3);
    for (const [i, number] of waves.entries()) {
      const before = own.filter((application) => wave(application) === waves[i - 1]);
      for (const application of own.filter((one) => wave(one) === number))
        for (const earlier of before) expect(first(earlier), `${earlier.metadata.name} before ${application.metadata.name}`).toBeLessThanOrEqual(Date.parse(application.metadata.creationTimestamp));
    }
  });

  it('changes nothing when it is brought up again', async () => {
    const again = await argoeks(directory, 'local', 'up', '--env', 'prod');
    expect(again.code, again.err).toBe(0);
    const plan = await argoeks(directory, 'env', 'plan', '--env', 'prod', '--local');
    expect(plan.code, plan.err + plan.out).toBe(0);
    expect(plan.out + plan.err).toMatch(/no changes/i);
  });

  it('shows people the state of clusters, nodes and applications', async () => {
    const status = await argoeks(directory, 'status', '--env', 'prod', '--local');
    expect(status.code, status.err).toBe(0);
    for (const text of [hub, spoke, 'Synced', 'Healthy']) expect(status.out).toContain(text);
  });

  it('is destroyed in order, and proves with a receipt that nothing is left', async () => {
    const destroyed = await argoeks(directory, 'env', 'destroy', '--env', 'prod', '--local', '--auto-approve', '--confirm', 'prod');
    expect(destroyed.code, destroyed.err + destroyed.out).toBe(0);
    expect(destroyed.out + destroyed.err).toMatch(/nothing is left|no leftovers|0 leftovers/i);
  });

  it('leaves no process behind', async () => {
    expect((await argoeks(directory, 'local', 'down')).code).toBe(0);
    expect(await processesOf(directory)).toEqual([]);
  });
});

describe('the dev platform when things go wrong', () => {
  let directory: string;
  beforeAll(() => {
    directory = freshRepository();
  });
  afterAll(async () => {
    await argoeks(directory, 'local', 'down');
    rmSync(directory, { recursive: true, force: true });
  });

  it('names the cause and the next step when AWS refuses something, and --resume finishes', async () => {
    const failed = await argoeks(directory, 'local', 'up', '--env', 'dev', '--inject-fault', 'aws_eks_cluster:create');
    expect(failed.code).toBe(1);
    expect(failed.err).toMatch(/aws_eks_cluster/);
    expect(failed.err).toMatch(/--resume/);
    const resumed = await argoeks(directory, 'env', 'apply', '--env', 'dev', '--local', '--auto-approve', '--resume');
    expect(resumed.code, resumed.err).toBe(0);
  });

  it('is killed at three steps and still comes up', async () => {
    for (const mark of [/foundation/, /bootstrap/, /applications/i]) {
      await argoeks(directory, 'env', 'destroy', '--env', 'dev', '--local', '--auto-approve', '--confirm', 'dev');
      const killed = await killedAt(directory, mark, 'local', 'up', '--env', 'dev');
      expect(killed.code, String(mark)).toBeUndefined();
      const again = await argoeks(directory, 'local', 'up', '--env', 'dev');
      expect(again.code, again.err).toBe(0);
    }
  });
});
