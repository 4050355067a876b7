import { expect, it } from 'vitest';
import { catalogFacts } from '../compile/catalog-facts.ts';
import { resolve } from '../compile/compile.ts';
import { components } from './registry.ts';

const registry = 'apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: qa-mlops-a, region: us-east-1, labels: {environment: qa, hub: "true"}}\n';
const replicas = (schedule: string): readonly unknown[] => {
  const platform = `gitops: {repo_url: https://git.acme.io/a/b.git}\nenvs:\n  qa:\n    aws: {account_id: "314159265358"}\n${schedule}`;
  const { value } = resolve({ files: new Map([['configuration/platform.yaml', platform], ['configuration/clusters/qa.yaml', registry]]), lock: undefined, components, facts: catalogFacts() });
  const releases = value?.plan.environments[0]?.clusters[0]?.components.flatMap(({ workload }) => workload.releases) ?? [];
  const values = (name: string): Readonly<Record<string, unknown>> => {
    const release = releases.find((one) => one.name === name);
    return release?.kind === 'chart' ? release.clusterValues : expect.fail(`no chart ${name}`);
  };
  return [values('karpenter')['replicas'], (values('cilium')['operator'] as Readonly<Record<string, unknown>>)['replicas']];
};

it('asks for no second replica, on a node of its own, where at night there is one node', () => {
  expect(replicas('')).toEqual([2, 2]);
  expect(replicas('    schedule: {enabled: true}\n')).toEqual([1, 1]);
  expect(replicas('    schedule: {enabled: true, nodes: 2}\n')).toEqual([2, 2]);
});
