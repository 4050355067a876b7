import { describe, expect, it } from 'vitest';
import type { KubeItem, KubeRest } from '../kube-rest.ts';
import { ciliumAgent, nodePatch, nodesWithAgent } from './cilium-agent.ts';
import { conditionedKinds, statusPatch } from './conditions.ts';
import { clusterSecret } from './external-secrets.ts';
import { volumeFor } from './volumes.ts';

const agentPod = (nodeName: string, ready: string): KubeItem => ({
  metadata: { name: `cilium-${nodeName}` }, spec: { nodeName }, status: { conditions: [{ type: 'Ready', status: ready }] },
});
const taint = { key: 'node.cilium.io/agent-not-ready', value: 'true', effect: 'NoExecute' };
const other = { key: 'nvidia.com/gpu', effect: 'NoSchedule' };
const node = (taints: readonly object[], ready?: string): KubeItem => ({
  metadata: { name: 'n', resourceVersion: '7', ...(ready ? { annotations: { 'argoeks.io/cni-ready': ready } } : {}) }, spec: { taints },
});

describe('Cilium\'s agent', () => {
  it('counts only where its pod is ready and stays', () => {
    const leaving = { ...agentPod('c', 'True'), metadata: { name: 'x', deletionTimestamp: '2026-01-01T00:00:00Z' } };
    expect([...nodesWithAgent([agentPod('a', 'True'), agentPod('b', 'False'), leaving])]).toEqual(['a']);
  });
  it('lifts its taint and no other', () => {
    expect(nodePatch(node([taint, other]), true)).toEqual({
      metadata: { annotations: { 'argoeks.io/cni-ready': 'true' }, resourceVersion: '7' }, spec: { taints: [other] },
    });
  });
  it('takes the network back when it is gone', () => {
    expect(nodePatch(node([other], 'true'), false)).toMatchObject({
      metadata: { annotations: { 'argoeks.io/cni-ready': null } }, spec: { taints: [other, { key: taint.key, effect: 'NoSchedule' }] },
    });
  });
  it('changes nothing that is as it should be', () => {
    expect(nodePatch(node([other], 'true'), true)).toBeUndefined();
    expect(nodePatch(node([taint]), false)).toBeUndefined();
  });
  it('forgives a short absence and no long one', async () => {
    let now = 0;
    let pods: readonly KubeItem[] = [agentPod('n', 'True')];
    const patches: unknown[] = [];
    const rest = {
      list: (path: string) => Promise.resolve(path.endsWith('/pods') ? pods : [node([], 'true')]),
      merge: (_path: string, patch: unknown) => { patches.push(patch); return Promise.resolve(); },
    } as unknown as KubeRest;
    const player = ciliumAgent(() => now);
    await player.pass(rest);
    pods = [];
    now = 4_000;
    await player.pass(rest);
    expect(patches).toHaveLength(0);
    now = 6_000;
    await player.pass(rest);
    expect(patches).toHaveLength(1);
  });
});

describe('routes', () => {
  const kind = conditionedKinds.find(({ plural }) => plural === 'httproutes')!;
  const route = (generation: number, status?: object): KubeItem => ({ metadata: { name: 'to-https', generation }, spec: { parentRefs: [{ name: 'shared', sectionName: 'http' }] }, ...(status ? { status: { ...status } } : {}) });
  it('tell of each Gateway that it took them, again when they change', () => {
    const patch = statusPatch(route(1), kind, '2026-01-01T00:00:00Z') as { status: { parents: readonly { parentRef: object; conditions: readonly { type: string; status: string }[] }[] } };
    expect(patch.status.parents.map(({ parentRef, conditions }) => [parentRef, conditions.map(({ type, status }) => `${type}=${status}`)])).toEqual([[{ name: 'shared', sectionName: 'http' }, ['Accepted=True', 'ResolvedRefs=True']]]);
    expect(statusPatch(route(1, patch.status), kind, '')).toBeUndefined();
    expect(statusPatch(route(2, patch.status), kind, '')).toBeDefined();
  });
});

describe('External Secrets', () => {
  const access = { endpoint: 'https://127.0.0.1:4001', caPem: 'PEM', token: 'secret' };
  it('registers the local cluster under the metadata that production would use', () => {
    const external: KubeItem = {
      metadata: { name: 'cluster-b', namespace: 'argocd' },
      spec: { target: { name: 'cluster-b', template: { metadata: { labels: { tier: 'prod' }, annotations: { region: 'eu-west-1' } }, data: { name: 'b', server: '{{ .endpoint }}' } } } },
    };
    const secret = clusterSecret(external, 'b', access);
    expect(secret.metadata).toEqual({
      name: 'cluster-b', namespace: 'argocd', labels: { tier: 'prod', 'argocd.argoproj.io/secret-type': 'cluster' },
      annotations: { region: 'eu-west-1', 'argoeks.io/simulated': 'true' },
    });
    expect(secret['stringData']).toMatchObject({ name: 'b', server: 'https://127.0.0.1:4001' });
    expect(JSON.stringify(secret)).not.toContain('{{');
  });
});

describe('custom resources', () => {
  const ready = conditionedKinds.find((k) => k.plural === 'certificates')!;
  it('get the conditions their health checks wait for, beside what others wrote', () => {
    const item: KubeItem = { metadata: { name: 'c', generation: 3 }, status: { conditions: [{ type: 'Other', status: 'False' }] } };
    expect(statusPatch(item, ready, '2026-01-01T00:00:00Z')).toMatchObject({
      status: { conditions: [{ type: 'Other' }, { type: 'Ready', status: 'True', observedGeneration: 3 }] },
    });
  });
  it('are left alone once they have them', () => {
    expect(statusPatch({ metadata: { name: 'c' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } }, ready, '')).toBeUndefined();
  });
});

describe('volumes', () => {
  const gp3: KubeItem = { metadata: { name: 'gp3' }, provisioner: 'ebs.csi.aws.com', volumeBindingMode: 'WaitForFirstConsumer', reclaimPolicy: 'Delete' };
  const claim = (annotations: Record<string, string>): KubeItem => ({
    metadata: { name: 'data', namespace: 'ml', uid: 'u-1', annotations },
    spec: { storageClassName: 'gp3', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } },
  });
  it('wait for the pod to be placed', () => expect(volumeFor(claim({}), gp3)).toBeUndefined());
  it('appear for exactly their claim', () => {
    expect(volumeFor(claim({ 'volume.kubernetes.io/selected-node': 'n' }), gp3)).toMatchObject({
      metadata: { name: 'pvc-u-1' }, spec: { capacity: { storage: '5Gi' }, claimRef: { name: 'data', namespace: 'ml', uid: 'u-1' }, csi: { driver: 'ebs.csi.aws.com' } },
    });
  });
});
