import { describe, expect, test } from 'vitest';
import { conformBlock } from '../schema/conform.ts';
import { loadSchema } from '../schema/schema-json.ts';
import { FaultPlan } from '../store/faults.ts';
import { MemoryStore } from '../store/memory-store.ts';
import { HelmEngine, clusterStore, helmHooks } from './engine.ts';
import { recordingHelm, releaseModel, releaseOf } from './release.ts';
import type { HelmPort } from './release.ts';

const schema = loadSchema('helm');
const block = schema.resources['helm_release']?.block ?? {};
const config = conformBlock(block, { name: 'cilium', namespace: 'kube-system', chart: 'cilium', version: '1.19.6', values: ['a: 1'], wait: false });

const engineOf = (store: MemoryStore, helm: HelmPort, host: string): HelmEngine => {
  const account = { accountId: '1', partition: 'aws', region: 'us-east-1', defaultTags: {}, store: clusterStore(store, host), now: () => '2026-01-01T00:00:00Z' };
  return new HelmEngine({ schema, resources: { helm_release: releaseModel }, data: {} }, { account, faults: new FaultPlan(), hooks: helmHooks(helm, host, () => 1_000) }, helm, host);
};

describe('the helm provider', () => {
  test('reads a release from the arguments', () => {
    const { planned } = engineOf(new MemoryStore(), recordingHelm(), 'h').plan('helm_release', config, config, null);
    expect(releaseOf(planned, 'https://one')).toEqual({
      name: 'cilium', namespace: 'kube-system', chart: 'cilium', version: '1.19.6', values: ['a: 1'], set: {}, wait: false, createNamespace: false, timeoutSeconds: 300, kubeHost: 'https://one',
    });
  });

  test('the same release lives in two clusters, and each is removed on its own', async () => {
    const [store, helm] = [new MemoryStore(), recordingHelm()];
    const [one, two] = ['https://one', 'https://two'].map((host) => engineOf(store, helm, host));
    if (!one || !two) throw new Error('no engines');
    const { planned } = one.plan('helm_release', config, config, null);
    const first = await one.apply('helm_release', planned, null);
    await two.apply('helm_release', planned, null);
    expect(first.value).toMatchObject({ status: 'deployed', version: '1.19.6', metadata: { name: 'cilium', version: '1.19.6' } });
    expect(store.list('helm_release').map(({ region }) => region)).toEqual(['https://one', 'https://two']);
    await one.destroy('helm_release', first.value ?? {});
    expect([...helm.releases.keys()]).toEqual(['https://two/kube-system/cilium']);
  });

  test('what the cluster lost is planned again; what fails to install stays to be replaced', async () => {
    const [store, helm] = [new MemoryStore(), recordingHelm()];
    const engine = engineOf(store, helm, 'h');
    const { planned } = engine.plan('helm_release', config, config, null);
    const { value } = await engine.apply('helm_release', planned, null);
    helm.releases.clear();
    expect((await engine.read('helm_release', value ?? {})).value).toBeNull();
    const broken = engineOf(store, { ...helm, install: async () => { throw new Error('context deadline exceeded'); } }, 'h');
    const failed = await broken.apply('helm_release', planned, null);
    expect(failed.problems[0]?.summary).toBe('creating Helm release (cilium): context deadline exceeded');
    expect(failed.value).toMatchObject({ name: 'cilium', status: 'pending-install' });
  });
});
