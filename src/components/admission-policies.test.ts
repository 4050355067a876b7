import { describe, expect, it } from 'vitest';
import { exampleCluster, objectsOf, planned } from '../../test/fixtures/planned-components.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { admissionPolicies } from './admission-policies.ts';

const id = 'admission-policies';
const bindings = (environment: string, settings: unknown = {}): ReadonlyMap<string, KubeObject> =>
  new Map(objectsOf(planned(id, exampleCluster(environment), settings), id).filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding').map((object) => [object.metadata.name, object]));
const actionsOf = (object: KubeObject | undefined): unknown => (object?.['spec'] as { readonly validationActions: unknown } | undefined)?.validationActions;
const selectorOf = (object: KubeObject | undefined): readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[] =>
  (object?.['spec'] as { readonly matchResources: { readonly namespaceSelector: { readonly matchExpressions: [] } } }).matchResources.namespaceSelector.matchExpressions;
const textOf = (environment: string, policy: string, settings: unknown = {}): string => JSON.stringify(objectsOf(planned(id, exampleCluster(environment), settings), id).find(({ kind, metadata }) => kind === 'ValidatingAdmissionPolicy' && metadata.name === policy));

describe('admission-policies', () => {
  it.each([['dev', ['Warn']], ['qa', ['Audit', 'Warn']], ['prod', ['Deny', 'Audit']]] as const)('in %s every policy says %o', (environment, actions) => {
    const found = bindings(environment);
    expect(found.size).toBe(10);
    for (const object of found.values()) expect(actionsOf(object)).toEqual(actions);
  });

  it('binds each policy that it brings, and nothing else', () => {
    const objects = objectsOf(planned(id, exampleCluster('prod')), id);
    expect(objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy').map(({ metadata }) => metadata.name).toSorted()).toEqual([...bindings('prod').keys()].toSorted());
  });

  it('takes a mode for all, and one for a policy that wins', () => {
    const found = bindings('prod', { mode: 'warn', no_node_port: { mode: 'deny' }, host_access: { mode: 'off' } });
    expect(actionsOf(found.get('platform-no-node-port'))).toEqual(['Deny', 'Audit']);
    expect(actionsOf(found.get('platform-no-privileged'))).toEqual(['Warn']);
    // Left out, it would stay in force in prod, where GitOps deletes nothing.
    expect(selectorOf(found.get('platform-host-access'))).toEqual([{ key: 'kubernetes.io/metadata.name', operator: 'DoesNotExist' }]);
  });

  it('leaves namespaces alone that are named for all policies or for one', () => {
    const found = bindings('prod', { exempt_namespaces: ['legacy'], ingress_tls: { exempt_namespaces: ['intranet'] } });
    expect(selectorOf(found.get('platform-ingress-tls'))[0]?.values).toEqual(expect.arrayContaining(['kube-system', 'legacy', 'intranet']));
    expect(selectorOf(found.get('platform-no-node-port'))[0]?.values).not.toContain('intranet');
  });

  it('allows the account\'s registries in each of its regions, folders of the charts\' own, and those that are named', () => {
    const text = textOf('prod', 'platform-allowed-registries', { allowed_registries: { registries: ['ghcr.io/acme/'] } });
    for (const prefix of ['333333333333.dkr.ecr.us-east-1.amazonaws.com/', '333333333333.dkr.ecr.eu-west-1.amazonaws.com/', 'quay.io/cilium/', 'ghcr.io/acme/']) expect(text).toContain(`'${prefix}'`);
    expect(text).not.toContain("'quay.io/'");
    expect(text).not.toContain("'ghcr.io/'");
  });

  it('asks for the labels that are named', () => {
    expect(textOf('dev', 'platform-required-labels', { required_labels: { labels: ['acme.io/owner'] } })).toContain("(request.kind.kind == 'Namespace' ? ['acme.io/owner', 'cluster'] : ['acme.io/owner']).filter");
  });

  it.each([{ allowed_registries: { registries: ['ghcr.io/acme'] } }, { allowed_registries: { registries: ["x.io/'], ['"] } }, { required_labels: { labels: [] } }, { required_labels: { labels: ["a'b"] } }, { exempt_namespaces: ['Kube'] }, { mode: 'enforce' }])('refuses %o', (settings) => {
    expect(admissionPolicies.settings.safeParse(settings).success).toBe(false);
  });
});
