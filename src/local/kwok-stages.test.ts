import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { kwokConfigText, stages } from './kwok-stages.ts';

describe('kwok configuration', () => {
  it('is one valid YAML document per stage, names unique', () => {
    const documents = parseAllDocuments(kwokConfigText()).map((d) => d.toJS() as { kind: string; metadata: { name: string } });
    expect(documents.map((d) => d.metadata.name)).toEqual(stages.map((s) => s.name));
    expect(new Set(documents.map((d) => d.metadata.name)).size).toBe(stages.length);
    expect(documents.every((d) => d.kind === 'Stage')).toBe(true);
  });
  it('lets a node turn Ready only by the annotation of its Cilium agent', () => {
    const turnReady = stages.filter((s) => s.kind === 'Node' && 'statusTemplate' in s.next && /type: Ready\n {2}status: "True"/.test(s.next.statusTemplate));
    expect(turnReady.map((s) => s.name)).toEqual(['node-gets-network', 'node-heartbeat']);
    for (const stage of turnReady) {
      expect(stage.when).toContainEqual({ key: '.metadata.annotations["argoeks.io/cni-ready"]', operator: 'In', values: ['true'] });
    }
  });
  it('says why a node without network is not ready, as a kubelet does', () => {
    const [first] = stages;
    expect(first && 'statusTemplate' in first.next ? first.next.statusTemplate : '').toContain('container runtime network not ready: cni plugin not initialized');
  });
  it('never removes a pod that a finalizer holds', () => {
    for (const stage of stages.filter((s) => 'delete' in s.next)) {
      expect(stage.when).toContainEqual({ key: '.metadata.finalizers.[]', operator: 'DoesNotExist' });
    }
  });
});
