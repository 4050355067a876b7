import { expect, it } from 'vitest';
import { PortError } from '../../src/ports/port-error.ts';
import type { Kube, KubeQuery } from '../../src/ports/kube.ts';
import type { KubeObject } from '../../src/units/kube-object.ts';

const query = (namespace: string): KubeQuery => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace });

const configMap = (namespace: string, name: string, data: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>> = {}, finalizers: readonly string[] = []): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, labels, ...(finalizers.length > 0 ? { finalizers } : {}) } as KubeObject['metadata'],
  data,
});

/** What every implementation of the Kube port does. `open` gives a server with an empty namespace of that name. */
export const kubeContract = (open: (namespace: string) => Promise<Kube>): void => {
  it('makes, reads, changes and removes an object', async () => {
    const kube = await open('contract-a');
    const made = await kube.apply(configMap('contract-a', 'one', { a: '1' }));
    expect(made['data']).toEqual({ a: '1' });
    expect((await kube.get(query('contract-a'), 'one'))?.kind).toBe('ConfigMap');
    const patched = await kube.patch(query('contract-a'), 'one', { data: { b: '2' } });
    expect(patched['data']).toEqual({ a: '1', b: '2' });
    await kube.patch(query('contract-a'), 'one', { data: { a: null } });
    expect((await kube.get(query('contract-a'), 'one'))?.['data']).toEqual({ b: '2' });
    await kube.remove(query('contract-a'), 'one');
    expect(await kube.get(query('contract-a'), 'one')).toBeUndefined();
    await expect(kube.remove(query('contract-a'), 'one')).resolves.toBeUndefined();
  });

  it('applying twice changes nothing the second time', async () => {
    const kube = await open('contract-b');
    const version = async (): Promise<unknown> => ((await kube.get(query('contract-b'), 'one'))?.metadata as { resourceVersion?: string } | undefined)?.resourceVersion;
    await kube.apply(configMap('contract-b', 'one', { a: '1' }));
    const first = await version();
    await kube.apply(configMap('contract-b', 'one', { a: '1' }));
    expect(await version()).toBe(first);
    await kube.apply(configMap('contract-b', 'one', { a: '2' }));
    expect(await version()).not.toBe(first);
  });

  it('takes back what it no longer applies', async () => {
    const kube = await open('contract-f');
    await kube.apply(configMap('contract-f', 'one', { a: '1', b: '2' }));
    expect((await kube.apply(configMap('contract-f', 'one', { a: '1' })))['data']).toEqual({ a: '1' });
  });

  it('selects by label and lists by name', async () => {
    const kube = await open('contract-c');
    await kube.apply(configMap('contract-c', 'y', {}, { app: 'web', tier: 'front' }));
    await kube.apply(configMap('contract-c', 'x', {}, { app: 'web' }));
    await kube.apply(configMap('contract-c', 'z', {}, { app: 'db' }));
    const names = async (labelSelector: string): Promise<readonly string[]> => (await kube.list({ ...query('contract-c'), labelSelector })).map((o) => o.metadata.name);
    expect(await names('app=web')).toEqual(['x', 'y']);
    expect(await names('app=web,tier=front')).toEqual(['y']);
    expect(await names('app in (web, db),!tier')).toEqual(['x', 'z']);
    expect(await names('tier')).toEqual(['y']);
    expect((await kube.list({ ...query('contract-c'), labelSelector: 'app=db' }))[0]?.kind).toBe('ConfigMap');
  });

  it('reads an unknown kind as empty and refuses to make one', async () => {
    const kube = await open('contract-d');
    const unknown: KubeQuery = { apiVersion: 'no.such.group/v1', kind: 'Nothing' };
    expect(await kube.list(unknown)).toEqual([]);
    expect(await kube.get(unknown, 'one')).toBeUndefined();
    await expect(kube.patch(query('contract-d'), 'absent', { data: {} })).rejects.toMatchObject({ kind: 'missing' });
    await expect(kube.patch(query('contract-d'), 'absent', { data: {} })).rejects.toBeInstanceOf(PortError);
  });

  it('keeps an object with finalizers until they are taken off', async () => {
    const kube = await open('contract-e');
    await kube.apply(configMap('contract-e', 'held', {}, {}, ['example.io/hold']));
    await kube.remove(query('contract-e'), 'held');
    expect((await kube.get(query('contract-e'), 'held'))?.metadata).toHaveProperty('deletionTimestamp');
    await kube.patch(query('contract-e'), 'held', { metadata: { finalizers: null } });
    expect(await kube.get(query('contract-e'), 'held')).toBeUndefined();
  });
};
