import * as fc from 'fast-check';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { argoeks, freshRepository, killedIn, kubectl, processesOf, type Ran } from './argoeks.ts';

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

/** Environment that is brought up: prod with hub and spoke, or another of the default configuration (`ARGOEKS_E2E_ENV=dev` is quicker). */
const environment = process.env['ARGOEKS_E2E_ENV'] ?? 'prod';
/** Where and when the program is killed; said with every failure, so that it can be struck in the same places again. */
const seed = Number(process.env['ARGOEKS_E2E_SEED'] ?? Math.floor(Math.random() * 1_000_000));
const hub = `${environment}-mlops-cluster-01`;
const clusters = environment === 'prod' ? [hub, 'prod-mlops-cluster-02'] : [hub];
/** Terraform installed these before Argo CD first looked, so they were well before their adoption was recorded. */
const adopted = ['argocd', 'cilium'];
const wave = (application: Application): number => Number(application.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
const first = (application: Application): number => Math.min(...(application.status?.history ?? []).map(({ deployedAt }) => Date.parse(deployedAt)));
/** After which step that begins the program is killed, three times, and how many milliseconds later. */
const strikes = fc.sample(fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 0, max: 4_000 })), { seed, numRuns: 3 });

interface Account {
  readonly objects: readonly { readonly type: string; readonly attributes: Record<string, unknown> }[];
}
/** Changes the simulated account behind Terraform's back. */
const drift = (directory: string, change: (account: Account) => Account): void => {
  const file = join(directory, '.argoeks/local/aws.json');
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as Account)));
};

const applicationsOf = (directory: string): Promise<List<Application>> => kubectl(directory, hub, 'get', 'applications', '-n', 'argocd');

describe(`the ${environment} platform on this machine (seed ${seed})`, () => {
  let directory: string;
  let faulty: Ran;
  let struck: readonly (string | undefined)[];
  let up: Ran;
  beforeAll(async () => {
    directory = freshRepository();
    faulty = await argoeks(directory, 'local', 'up', '--env', environment, '--inject-fault', 'aws_sqs_queue:create');
    struck = [];
    for (const [nth, delayMs] of strikes) struck = [...struck, await killedIn(directory, nth, delayMs, 'local', 'up', '--env', environment, '--resume')];
    up = await argoeks(directory, 'local', 'up', '--env', environment, '--resume');
  });
  afterAll(async () => {
    await argoeks(directory, 'local', 'down');
    rmSync(directory, { recursive: true, force: true });
  });

  it('names the cause of an injected fault and the next step', () => {
    expect(faulty.code, faulty.out).toBe(1);
    expect(faulty.err).toMatch(/aws_sqs_queue\.\w+: .*InternalFailure/);
    expect(faulty.err).toMatch(/fix: .*--resume/);
  });

  it('was killed with SIGKILL in three steps', () => {
    expect(struck).toEqual([expect.any(String), expect.any(String), expect.any(String)]);
  });

  it('comes up, says that AWS is simulated, and what to look at next', () => {
    expect(up.code, up.err).toBe(0);
    expect(up.out + up.err).toMatch(/AWS is simulated/i);
    expect(up.out).toContain(`kubeconfig-${hub}.yaml`);
  });

  it('brings every application to Synced and Healthy', async () => {
    const { items } = await applicationsOf(directory);
    expect(items.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(['root', ...clusters.flatMap((cluster) => [`${cluster}-platform`, `${cluster}-karpenter-pools`])]));
    expect(items.filter(({ status }) => status?.sync?.status !== 'Synced' || status.health?.status !== 'Healthy').map(({ metadata }) => metadata.name)).toEqual([]);
  });

  it.each(clusters)('%s: no node was Ready before Cilium\'s agent ran on it', async (cluster) => {
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

  it.each(clusters)('%s: no application was made before those of the wave before it were deployed', async (cluster) => {
    const own = (await applicationsOf(directory)).items.filter(({ metadata }) => metadata.labels?.['argoeks.io/cluster'] === cluster && metadata.labels['argoeks.io/release'] !== undefined);
    const waves = [...new Set(own.map(wave))].toSorted((a, b) => a - b);
    expect(waves.length).toBeGreaterThan(3);
    for (const [i, number] of waves.entries()) {
      const before = own.filter((application) => wave(application) === waves[i - 1] && !adopted.includes(application.metadata.labels?.['argoeks.io/release'] ?? ''));
      for (const application of own.filter((one) => wave(one) === number))
        for (const earlier of before) expect(first(earlier), `${earlier.metadata.name} before ${application.metadata.name}`).toBeLessThanOrEqual(Date.parse(application.metadata.creationTimestamp));
    }
  });

  it('changes nothing when it is brought up again', async () => {
    const again = await argoeks(directory, 'local', 'up', '--env', environment);
    expect(again.code, again.err).toBe(0);
    const plan = await argoeks(directory, 'env', 'plan', '--env', environment, '--local');
    expect(plan.code, plan.err + plan.out).toBe(0);
    expect(plan.out + plan.err).toMatch(/no changes/i);
  });

  it('shows people the state of clusters, nodes and applications', async () => {
    const status = await argoeks(directory, 'status', '--env', environment, '--local');
    expect(status.code, status.err).toBe(0);
    for (const text of [...clusters, 'Synced', 'Healthy']) expect(status.out).toContain(text);
  });

  it('plans what drifted in the account, and brings it back', async () => {
    drift(directory, (account) => ({
      ...account,
      objects: account.objects
        .filter(({ type }) => type !== 'aws_sqs_queue_policy')
        .map((o) => (o.type === 'aws_cloudwatch_log_group' ? { ...o, attributes: { ...o.attributes, retention_in_days: 7 } } : o)),
    }));
    const plan = await argoeks(directory, 'env', 'plan', '--env', environment, '--local', '--verbose');
    expect(plan.out + plan.err).toMatch(/aws_sqs_queue_policy\.\w+/);
    expect(plan.out + plan.err).toMatch(/aws_cloudwatch_log_group\.\w+/);
    expect((await argoeks(directory, 'env', 'apply', '--env', environment, '--local', '--auto-approve', '--confirm', environment)).code).toBe(0);
    expect((await argoeks(directory, 'env', 'plan', '--env', environment, '--local')).out).toMatch(/no changes/i);
  });

  let allowed: readonly string[] = [];
  it.runIf(environment === 'prod')('refuses to destroy protected objects that were not named, and has drained nothing', async () => {
    const refused = await argoeks(directory, 'env', 'destroy', '--env', environment, '--local', '--confirm', environment);
    allowed = [...refused.err.matchAll(/--allow-destroy '([^']+)'/g)].map(([, address = '']) => address);
    expect(refused.code).toBe(1);
    for (const cluster of clusters) expect(refused.err).toContain(`--allow-destroy 'terraform/environments/${environment}/${cluster}/cluster:aws_eks_cluster.main'`);
    expect((await applicationsOf(directory)).items.length).toBeGreaterThan(clusters.length);
  });

  it('is destroyed in order, and proves with a receipt that nothing is left', async () => {
    const destroyed = await argoeks(directory, 'env', 'destroy', '--env', environment, '--local', '--confirm', environment, ...allowed.flatMap((address) => ['--allow-destroy', address]));
    expect(destroyed.code, destroyed.err + destroyed.out).toBe(0);
    expect(destroyed.out + destroyed.err).toMatch(/nothing is left|no leftovers|0 leftovers/i);
  });

  it('leaves no process behind', async () => {
    expect((await argoeks(directory, 'local', 'down')).code).toBe(0);
    expect(await processesOf(directory)).toEqual([]);
  });
});
