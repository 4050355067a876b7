import { describe, expect, it } from 'vitest';
import { exampleCluster } from '../../test/fixtures/planned-components.ts';
import type { Kube } from '../ports/kube.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { crdEstablished } from './crd-established.ts';
import { daemonSetReady, deploymentReady } from './workload-ready.ts';

const cluster = exampleCluster('dev');
const never = () => Promise.reject(new Error('a check only reads'));
/** API server that holds at most one object. */
const holding = (object?: KubeObject): { kube: Kube } => ({ kube: { get: () => Promise.resolve(object), list: () => Promise.resolve(object ? [object] : []), apply: never, patch: never, remove: never } });
const object = (kind: string, spec: object, status: object): KubeObject => ({ apiVersion: 'apps/v1', kind, metadata: { name: 'x' }, spec, status });

describe('live checks', () => {
  it('find nothing when all replicas are ready', async () => {
    expect(await deploymentReady('ns', 'x').run(holding(object('Deployment', { replicas: 2 }, { readyReplicas: 2 })), cluster)).toEqual([]);
    expect(await daemonSetReady('ns', 'x').run(holding(object('DaemonSet', {}, { desiredNumberScheduled: 0 })), cluster)).toEqual([]);
  });

  it('say how many are missing, where it was asked for, and what to do next', async () => {
    const [found] = await deploymentReady('ns', 'x').run(holding(object('Deployment', { replicas: 3 }, { readyReplicas: 1 })), cluster);
    expect(found).toMatchObject({ code: 'ops/not-ready', severity: 'error', at: cluster.at, fix: expect.stringContaining('kubectl describe deployment x -n ns') as string });
    expect(found?.summary).toContain('1 of 3');
  });

  it('tell absent from unready', async () => {
    expect((await daemonSetReady('ns', 'x').run(holding(), cluster))[0]?.summary).toContain('has no DaemonSet ns/x');
  });

  it('see whether a definition is served', async () => {
    const crd = (status: string) => holding({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'a.b' }, status: { conditions: [{ type: 'Established', status }] } });
    expect(await crdEstablished('a.b').run(crd('True'), cluster)).toEqual([]);
    expect(await crdEstablished('a.b').run(crd('False'), cluster)).toHaveLength(1);
    expect(await crdEstablished('a.b').run(holding(), cluster)).toHaveLength(1);
  });
});
