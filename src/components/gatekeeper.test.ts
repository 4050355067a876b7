import { describe, expect, it } from 'vitest';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import { chartOf, exampleCluster, objectsOf, planned } from '../../test/fixtures/planned-components.ts';
import { bindingScope } from '../verify/kubernetes/binding-scope.ts';
import type { KubeObject } from '../units/kube-object.ts';

interface Spec {
  readonly enforcementAction: string;
  readonly match: { readonly namespaceSelector: unknown };
}
interface Binding {
  readonly validationActions: readonly string[];
  readonly matchResources: { readonly namespaceSelector: unknown };
}

const both = (environment: string, enforce: boolean, policies: Readonly<Record<string, unknown>> = {}) => {
  const bare = exampleCluster(environment);
  const settings = planned('admission-policies', bare, policies);
  const cluster = { ...bare, components: { gatekeeper: { enforce } } };
  const of = (id: string, release: string, given: unknown): readonly KubeObject[] => objectsOf(planned(id, cluster, given), release);
  return {
    constraints: of('gatekeeper', 'gatekeeper-constraints', { enforce }),
    bindings: of('admission-policies', 'admission-policies', policies).filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding'),
    alone: objectsOf(settings, 'admission-policies').filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding'),
  };
};
const actionsOf = (constraints: readonly KubeObject[]): readonly string[] => [...new Set(constraints.map((one) => (one['spec'] as Spec).enforcementAction))];
const nowhere = { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'DoesNotExist' }] };

describe('gatekeeper', () => {
  it('only finds, while the API server refuses, unless somebody says otherwise', () => {
    const { constraints, bindings, alone } = both('prod', false);
    expect(actionsOf(constraints)).toEqual(['dryrun']);
    expect(bindings).toEqual(alone);
  });

  it.each([['dev', 'warn'], ['qa', 'dryrun'], ['prod', 'deny']])('in place of the API server acts in %s by its mode: %s', (environment, action) => {
    const { constraints, bindings } = both(environment, true);
    expect(actionsOf(constraints)).toEqual([action]);
    for (const { spec } of bindings) expect((spec as Binding).matchResources.namespaceSelector).toEqual(nowhere);
  });

  it('holds each rule in the very namespaces in which the API server would', () => {
    const { constraints, alone } = both('prod', true);
    for (const { metadata, spec } of alone) expect((constraints.find((one) => one.metadata.name === metadata.name)?.['spec'] as Spec).match.namespaceSelector).toEqual((spec as Binding).matchResources.namespaceSelector);
    expect(constraints).toHaveLength(alone.length);
  });

  it('can be down without holding anything up, and lets nodes be drained', () => {
    const { values, clusterValues } = chartOf(planned('gatekeeper', exampleCluster('dev')), 'gatekeeper');
    expect(values).toMatchObject({ validatingWebhookFailurePolicy: 'Ignore', validatingWebhookCheckIgnoreFailurePolicy: 'Ignore', disableMutation: true });
    expect(clusterValues).toMatchObject({ replicas: 1, pdb: { controllerManager: { minAvailable: 0 } } });
    expect(chartOf(planned('gatekeeper', exampleCluster('prod')), 'gatekeeper').clusterValues).toMatchObject({ replicas: 2, pdb: { controllerManager: { minAvailable: 1 } } });
  });

  it('that refuses is reckoned with in the proof that the platform is let in', () => {
    const [plan = expect.fail('no cluster')] = everythingClusters({ components: { gatekeeper: { enforce: true } } });
    const scope = bindingScope(plan);
    expect(scope.denies('platform-no-latest-tag', 'tenant-science')).toBe(true);
    expect(scope.denies('platform-no-latest-tag', 'kube-system')).toBe(false);
  });
});
