import { describe, expect, it } from 'vitest';
import { crdManifest, crdNames } from './crd-manifest.ts';
import { scopeOf } from './schema-store.ts';
import { validateObject } from './schemas.ts';

const deployment = (container: Record<string, unknown>): Record<string, unknown> => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1', ...container }] } } },
});

const nodePool = (disruption: Record<string, unknown>): Record<string, unknown> => ({
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: 'general' },
  spec: {
    template: {
      metadata: { labels: { a: 'b' } },
      spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' }, requirements: [{ key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] }] },
    },
    limits: { cpu: 100, memory: '400Gi' },
    disruption: { consolidateAfter: '1m', ...disruption },
  },
});

const first = (object: unknown): string => validateObject(object).map((issue) => `${issue.path} ${issue.message}`)[0] ?? 'fine';

describe('validateObject, built-in kinds', () => {
  it('accepts a good object, numbers for quantities and null fields', () => {
    expect(first(deployment({ resources: { limits: { cpu: 1, memory: '1Gi' } }, livenessProbe: { httpGet: { port: 'http', path: '/' } }, env: null }))).toBe('fine');
  });
  it.each([
    [{ imag: 'x' }, 'spec.template.spec.containers[0].imag "imag" is not a field here; did you mean "image"?'],
    [{ ports: [{ containerPort: '80' }] }, 'spec.template.spec.containers[0].ports[0].containerPort must be an integer, not string ("80")'],
    [{ ports: [{ name: 'http' }] }, 'spec.template.spec.containers[0].ports[0].containerPort is required'],
    [{ env: { A: 'b' } }, 'spec.template.spec.containers[0].env must be an array, not object ({"A":"b"})'],
    [{ args: [true] }, 'spec.template.spec.containers[0].args[0] must be a string, not boolean (true)'],
  ])('finds %o', (container, message) => {
    expect(first(deployment(container))).toBe(message);
  });
  it('finds data that is no text, and Secret data that is no base64', () => {
    expect(first({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { port: 80 } })).toBe('data.port must be a string, not integer (80)');
    expect(first({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { key: 'not base64' } })).toBe('data.key must be base64');
    expect(first({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { key: 'not base64' } })).toBe('fine');
  });
  it('keeps to the rules of names, labels and annotations', () => {
    const map = (metadata: Record<string, unknown>): string => first({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
    expect(map({ name: 'Upper_Case' })).toContain('metadata.name "Upper_Case" must be lower case');
    expect(map({})).toBe('metadata.name is required');
    expect(map({ name: 'a', labels: { 'a/b/c': 'x' } })).toContain('is not a legal key');
    expect(map({ name: 'a', labels: { a: 'x'.repeat(64) } })).toContain('is not a legal label value');
    expect(map({ name: 'a', labels: { a: 'arn:aws:iam' } })).toContain('is not a legal label value');
    expect(map({ name: 'a', annotations: { a: 'x'.repeat(300_000) } })).toContain('take 300001 bytes');
    expect(map({ name: 'a', label: {} })).toContain('did you mean "labels"?');
    expect(first({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'system:x' }, rules: [] })).toBe('fine');
    expect(first({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a', namespace: 'b' } })).toBe('metadata.namespace Namespace belongs to no namespace');
  });
  it('looks into lists', () => {
    expect(validateObject({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Secret', metadata: {} }] })).toEqual([{ path: 'items[0].metadata.name', message: 'is required' }]);
  });
});

describe('validateObject, custom resources', () => {
  it('accepts a good NodePool', () => {
    expect(first(nodePool({ consolidationPolicy: 'WhenEmptyOrUnderutilized', budgets: [{ nodes: '10%' }] }))).toBe('fine');
  });
  it.each([
    [{ consolidationPolicy: 'WhenUnderutilized' }, 'spec.disruption.consolidationPolicy "WhenUnderutilized" must be one of'],
    [{ expireAfter: '720h' }, 'spec.disruption.expireAfter "expireAfter" is not a field here'],
    [{ budgets: [{ nodes: 'ten' }] }, 'spec.disruption.budgets[0].nodes "ten" must match'],
    [{ consolidateAfter: null }, 'spec.disruption.consolidateAfter is required'],
  ])('finds %o', (disruption, message) => {
    expect(first(nodePool(disruption))).toContain(message);
  });
  it('keeps Karpenter\'s CEL rules as data for the API server', () => {
    expect(JSON.stringify(crdManifest('nodepools.karpenter.sh'))).toContain("self.all(x, has(x.schedule) == has(x.duration))");
  });
  it('takes both forms of an integer or text, and any annotation', () => {
    const app = (sync: Record<string, unknown>): unknown => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'a', annotations: { 'argocd.argoproj.io/sync-wave': '1' }, finalizers: ['resources-finalizer.argocd.argoproj.io'] },
      spec: { project: 'p', destination: { name: 'c', namespace: 'n' }, source: { repoURL: 'https://x', chart: 'y', targetRevision: '1', helm: { valuesObject: { any: { thing: [1] } } } }, syncPolicy: sync },
    });
    expect(first(app({ automated: { prune: true }, syncOptions: ['ServerSideApply=true'] }))).toBe('fine');
    expect(first(app({ automatic: {} }))).toBe('spec.syncPolicy.automatic "automatic" is not a field here; did you mean "automated"?');
  });
  it('finds a field twice in a keyed list', () => {
    const rule = { alert: 'A', expr: 'up' };
    const issues = validateObject({ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'a' }, spec: { groups: [{ name: 'g', rules: [rule] }, { name: 'g', rules: [rule] }] } });
    expect(issues).toEqual([{ path: 'spec.groups', message: 'holds ["g"] twice' }]);
  });
  it('accepts a port by number or by name in a network policy of Cilium, but not both forms at once of what excludes', () => {
    const policy = (spec: unknown): unknown => ({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'a' }, spec });
    expect(first(policy({ endpointSelector: {}, egress: [{ toEntities: ['kube-apiserver'] }] }))).toBe('fine');
    expect(first(policy({ endpointSelector: {}, egress: [{ toEntities: ['everything'] }] }))).toContain('must be one of');
  });
});

describe('validateObject, kinds', () => {
  it.each([
    [{ apiVersion: 'karpenter.sh/v1beta1', kind: 'NodePool' }, 'apiVersion "karpenter.sh/v1beta1" has no NodePool; use "karpenter.sh/v1"'],
    [{ apiVersion: 'external-secrets.io/v1beta1', kind: 'ExternalSecret' }, 'apiVersion "external-secrets.io/v1beta1" has no ExternalSecret; use "external-secrets.io/v1"'],
    [{ apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget' }, 'apiVersion "policy/v1beta1" has no PodDisruptionBudget; use "policy/v1"'],
    [{ apiVersion: 'apps/v1', kind: 'Deploymnet' }, 'kind Deploymnet of "apps/v1" is known neither to Kubernetes 1.35 nor to a pinned chart; did you mean apps/v1/Deployment?'],
    [{ kind: 'Pod' }, 'apiVersion is required'],
    ['text', ' must be an object'],
  ])('%o', (object, message) => {
    expect(first(object)).toBe(message);
  });
  it('knows scopes', () => {
    expect(scopeOf('v1', 'Namespace')).toBe('Cluster');
    expect(scopeOf('v1', 'Secret')).toBe('Namespaced');
    expect(scopeOf('karpenter.sh/v1', 'NodePool')).toBe('Cluster');
    expect(scopeOf('argoproj.io/v1alpha1', 'Application')).toBe('Namespaced');
    expect(scopeOf('x/v1', 'Y')).toBeUndefined();
  });
});

describe('crdManifest', () => {
  it.each(crdNames())('%s is itself a good object', (name) => {
    expect(validateObject(crdManifest(name))).toEqual([]);
  });
  it('refuses names that the catalogue lacks', () => {
    expect(() => crdManifest('../charts')).toThrow('no "../charts"');
  });
});
