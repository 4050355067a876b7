import { describe, expect, it } from 'vitest';
import type { ComponentEntries } from './component-settings.ts';
import { load } from './load.ts';

const components: ComponentEntries = new Map();
const regions = { 'us-east-1': { partition: 'aws', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] } };
const platform = 'gitops: {repo_url: https://git.acme.io/a/b.git}\nenvs:\n  dev:\n    aws: {account_id: "314159265358"}\n';
const registry = 'apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: dev-mlops-a, region: us-east-1, labels: {environment: dev, hub: "true"}}\n';
const run = (tags: string) => load(new Map([['configuration/platform.yaml', platform], ['configuration/clusters/dev.yaml', registry], ['configuration/tags.yaml', tags]]), undefined, components, { regions });
const found = (tags: string): readonly string[] => run(tags).diagnostics.filter(({ at }) => at.file.endsWith('tags.yaml')).map(({ code, at }) => `${at.line}:${at.column} ${code}`);
const isRefused = (key: string, value = 'x'): boolean => found(`common:\n  ${JSON.stringify(key)}: ${JSON.stringify(value)}\n`).includes('2:3 config/illegal-tag');

describe('a tag', () => {
  it.each(['Environment', 'Cost Center', 'team/name', 'a.b_c:d=e+f-g@h', 'Größe', 'x'.repeat(128)])('%s is taken', (key) => expect(isRefused(key)).toBe(false));
  it.each(['a,b', 'a&b', 'a*b', 'x'.repeat(129), 'aws:team', 'AWS:team', 'argoeks:team', 'eks:eks-cluster-name', 'kubernetes.io/cluster/a', 'karpenter.sh/nodepool', 'karpenter.k8s.aws/ec2nodeclass', 'Name', 'name'])('%s is refused where it stands', (key) => expect(isRefused(key)).toBe(true));
  it.each(['SOC2,PCI-DSS', 'a;b', '50%', 'x'.repeat(257)])('may not have the value %s', (value) => expect(isRefused('Owner', value)).toBe(true));
  it.each(['SOC2 PCI-DSS', 'SOC2/PCI-DSS', '', 'x'.repeat(256)])('may have the value %s', (value) => expect(isRefused('Owner', value)).toBe(false));
});

describe('a set of tags', () => {
  it('has no two keys that IAM takes for one, whichever part they stand in', () => {
    expect(found('common:\n  Environment: a\n  environment: b\n')).toContain('3:3 config/illegal-tag');
    const { diagnostics } = run('common:\n  Compliance: a\nenvironments:\n  dev:\n    compliance: b\n');
    expect(diagnostics.map(({ at, summary }) => `${at.line} ${summary}`)).toEqual(['5 The tags "compliance" and "Compliance" (configuration/tags.yaml:2:3) differ only in case; IAM takes them for the same key and refuses both.']);
    expect(found('common:\n  Owner: a\nenvironments:\n  dev:\n    Owner: b\n')).toEqual([]);
  });
  it('has at most 40, so that 10 of AWS\' 50 are left to the platform and to controllers', () => {
    const many = (count: number): string => `environments:\n  dev:\n${Array.from({ length: count }, (_, i) => `    k${i}: v\n`).join('')}`;
    expect(found(many(40))).toEqual([]);
    expect(found(many(41))).toEqual(['2:3 config/illegal-tag']);
    expect(found(`common:\n${Array.from({ length: 20 }, (_, i) => `  c${i}: v\n`).join('')}${many(21)}`)).toEqual(['23:3 config/illegal-tag']);
  });
});
