import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProviders } from '../../src/sim/provider/start.ts';
import type { RunningProviders } from '../../src/sim/provider/start.ts';
import { recordingHelm } from '../../src/sim/provider/helm/release.ts';
import { FaultPlan } from '../../src/sim/provider/store/faults.ts';
import { MemoryStore } from '../../src/sim/provider/store/memory-store.ts';
import { drift, leftovers } from '../../src/sim/provider/store/store.ts';
import { manyParameters, providerRoot } from './provider-root.ts';

const run = promisify(execFile);

interface Plan {
  readonly resource_changes?: readonly { readonly address: string; readonly change: { readonly actions: readonly string[] } }[];
}

describe('the simulated providers under the real terraform', () => {
  const store = new MemoryStore();
  const faults = new FaultPlan();
  const helm = recordingHelm();
  const created: string[] = [];
  const unfinished = new Set<string>();
  let providers: RunningProviders;
  let root = '';

  const terraform = async (directory: string, ...args: readonly string[]): Promise<string> => {
    const env = { ...process.env, TF_CLI_CONFIG_FILE: join(directory, 'terraformrc'), ...providers.env };
    const { stdout } = await run('terraform', args, { cwd: directory, env, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  };
  /** What a plan would do, by address. */
  const plan = async (...args: readonly string[]): Promise<Record<string, string>> => {
    await terraform(root, 'plan', '-input=false', '-no-color', '-out=plan', ...args);
    const { resource_changes: changes = [] } = JSON.parse(await terraform(root, 'show', '-json', 'plan')) as Plan;
    return Object.fromEntries(changes.map(({ address, change }) => [address, change.actions.join('+')] as const).filter(([, actions]) => actions !== 'no-op' && actions !== 'read'));
  };
  const apply = (...args: readonly string[]): Promise<string> => terraform(root, 'apply', '-auto-approve', '-input=false', '-no-color', ...args);
  const write = async (text: string): Promise<void> => writeFile(join(root, 'main.tf'), text);

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'provider-e2e-'));
    await writeFile(join(root, 'terraformrc'), '');
    await write(providerRoot());
    providers = await startProviders({
      store, accountId: '111122223333', region: 'eu-central-1', faults, helm,
      hooks: { aws_eks_cluster: { afterCreate: async (o) => {
        created.push(o.id);
        return { endpoint: 'https://127.0.0.1:6443' };
      } }, aws_sqs_queue: { afterCreate: async ({ attributes: { name } }) => {
        if (unfinished.has(String(name))) throw new Error('the queue did not come up');
      } } },
    });
    await terraform(root, 'init', '-input=false', '-no-color');
  });
  afterAll(async () => {
    await providers.stop();
    await rm(root, { recursive: true, force: true });
  });

  it('validates, and names a wrong argument and a wrong value', async () => {
    expect(JSON.parse(await terraform(root, 'validate', '-json'))).toMatchObject({ valid: true, diagnostics: [] });
    await write(providerRoot('10.20.0.1/16'));
    await expect(terraform(root, 'validate', '-no-color')).rejects.toMatchObject({ stderr: expect.stringContaining('bits beyond the mask must be zero') as unknown });
    await write(providerRoot());
  });

  it('fails a create that is planned to fail, keeps what was made, and heals on the next apply', async () => {
    faults.add({ type: 'aws_eks_cluster', action: 'create', message: 'ServiceUnavailableException: planned' });
    await expect(apply()).rejects.toMatchObject({ stderr: expect.stringContaining('creating EKS Cluster (e2e): ServiceUnavailableException: planned') as unknown });
    expect(store.list('aws_vpc')).toHaveLength(2);
    expect(store.list('aws_eks_cluster')).toHaveLength(0);
    await apply();
    expect(created).toEqual(['e2e']);
    expect(store.list('aws_ssm_parameter')[0]?.attributes['value']).toBe('https://127.0.0.1:6443');
    expect([...helm.releases.values()]).toMatchObject([{ name: 'cilium', namespace: 'kube-system', version: '1.2.3', wait: false, set: { a: 'b' }, values: ['"endpoint": "https://127.0.0.1:6443"\n'], kubeHost: 'https://127.0.0.1:1' }]);
  });

  it('settles: a second plan changes nothing, and objects with equal arguments are two', async () => {
    expect(await plan()).toEqual({});
    expect(new Set(store.list('aws_eip').map((o) => o.id)).size).toBe(2);
    expect(store.list('aws_vpc').map((o) => o.region).toSorted()).toEqual(['eu-central-1', 'us-east-1']);
    expect(JSON.parse(await terraform(root, 'output', '-json'))).toMatchObject({ subnets: { value: 2 } });
  });

  it('plans what somebody changed or deleted behind its back', async () => {
    drift(store, 'aws_cloudwatch_log_group', '/aws/eks/e2e/cluster', { retention_in_days: 1 });
    const [queue] = store.list('aws_sqs_queue');
    if (queue) store.delete(queue.type, queue.region, queue.id);
    expect(await plan()).toEqual({ 'aws_cloudwatch_log_group.cluster': 'update', 'aws_sqs_queue.events': 'create' });
    await apply();
    expect(await plan()).toEqual({});
  });

  it('keeps what a hook could not finish as tainted, and replaces it', async () => {
    const [queue] = store.list('aws_sqs_queue');
    if (queue) store.delete(queue.type, queue.region, queue.id);
    unfinished.add('e2e-events');
    await expect(apply()).rejects.toMatchObject({ stderr: expect.stringContaining('the queue did not come up') as unknown });
    expect(store.list('aws_sqs_queue')).toHaveLength(1);
    unfinished.clear();
    expect(await plan()).toEqual({ 'aws_sqs_queue.events': 'delete+create' });
    await apply();
    expect(await plan()).toEqual({});
  });

  it('updates in place what can be, and replaces what must be', async () => {
    expect(await plan('-var=log_retention=90')).toEqual({ 'aws_cloudwatch_log_group.cluster': 'update' });
    await write(providerRoot('10.21.0.0/16'));
    expect(await plan()).toMatchObject({ 'aws_vpc.main': 'delete+create', 'aws_subnet.private[0]': 'delete+create', 'aws_security_group.nodes': 'delete+create' });
    await write(providerRoot());
  });

  it('destroys everything', async () => {
    await terraform(root, 'destroy', '-auto-approve', '-input=false', '-no-color');
    expect(leftovers(store)).toEqual([]);
    expect(store.all()).toEqual([]);
    expect(helm.releases.size).toBe(0);
  });

  it('refuses as AWS does: a network with a planted interface, a role twice', async () => {
    await apply('-target=aws_subnet.private', '-target=aws_iam_role.cluster');
    const [network] = store.list('aws_vpc').filter((o) => o.region === 'eu-central-1');
    store.put({ type: 'aws_network_interface', region: 'eu-central-1', id: 'eni-planted', attributes: { vpc_id: network?.id ?? '' }, origin: 'other' });
    await expect(terraform(root, 'destroy', '-auto-approve', '-input=false', '-no-color')).rejects.toMatchObject({ stderr: expect.stringContaining('DependencyViolation') as unknown });
    store.delete('aws_network_interface', 'eu-central-1', 'eni-planted');
    await terraform(root, 'destroy', '-auto-approve', '-input=false', '-no-color');
    expect(leftovers(store)).toEqual([]);
  });

  it('handles a hundred objects in a few seconds', async () => {
    await write(manyParameters(100));
    const began = performance.now();
    await apply();
    const appliedMs = performance.now() - began;
    expect(await plan()).toEqual({});
    console.log(`100 resources: apply ${Math.round(appliedMs)} ms, plan and show ${Math.round(performance.now() - began - appliedMs)} ms`);
    await terraform(root, 'destroy', '-auto-approve', '-input=false', '-no-color');
    expect(leftovers(store)).toEqual([]);
    expect(appliedMs).toBeLessThan(30_000);
  });
});
