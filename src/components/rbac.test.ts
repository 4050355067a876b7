import { describe, expect, it } from 'vitest';
import { chartCrds } from '../../catalog/chart-crds.ts';
import { exampleCluster, objectsOf, planned } from '../../test/fixtures/planned-components.ts';

const objects = (settings: unknown = {}) => objectsOf(planned('rbac', exampleCluster('prod'), settings), 'rbac');
const subjects = (name: string, settings?: unknown) => objects(settings).find(({ kind, metadata }) => kind === 'ClusterRoleBinding' && metadata.name === name)?.['subjects'];
const group = (name: string) => ({ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name });

describe('rbac', () => {
  it('gives readers no secret, no verb that changes anything, and nothing by wildcard', () => {
    const [role] = objects().filter(({ kind }) => kind === 'ClusterRole');
    const rules = role?.['rules'] as readonly { readonly apiGroups: readonly string[]; readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
    expect(rules.length).toBeGreaterThan(10);
    for (const { apiGroups, resources, verbs } of rules) {
      expect([...apiGroups, ...resources].filter((one) => one === '*' || one === 'secrets' || /\/(proxy|exec|attach|portforward)$/.test(one))).toEqual([]);
      expect(verbs).toEqual(['get', 'list', 'watch']);
    }
  });
  it('lets readers follow what the guides tell them to look at', () => {
    const [role] = objects().filter(({ kind }) => kind === 'ClusterRole');
    const rules = role?.['rules'] as readonly { readonly apiGroups: readonly string[]; readonly resources: readonly string[] }[];
    const seen = rules.flatMap(({ apiGroups: [group = ''], resources }) => resources.map((resource) => `${resource}.${group}`));
    const kinds = ['gateway-api', 'keda', 'karpenter-crd'] as const;
    const kept = new Set(['capacitybuffers.autoscaling.x-k8s.io', 'nodeoverlays.karpenter.sh']);
    for (const name of kinds.flatMap((chart) => chartCrds[chart]).filter((one) => /^[a-z]+\.(gateway\.networking\.k8s\.io|keda\.sh|karpenter\.)/.test(one) && !kept.has(one))) expect(seen).toContain(name);
    for (const name of chartCrds.gatekeeper.filter((one) => one.endsWith('.constraints.gatekeeper.sh'))) expect(seen).toContain(name);
    for (const name of chartCrds.flux2.filter((one) => /^(kustomizations|helmreleases|gitrepositories|ocirepositories)\./.test(one))) expect(seen).toContain(name);
  });
  it('binds the groups of access entries, and those that are named', () => {
    expect(subjects('platform-admin')).toEqual([group('platform:admin')]);
    expect(subjects('platform-readonly', { readonly_groups: ['auditors'] })).toEqual([group('platform:readonly'), group('auditors')]);
    expect(subjects('platform-view', { readonly_groups: ['auditors'] })).toEqual([group('platform:readonly'), group('auditors')]);
  });
});
