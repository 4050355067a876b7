import { describe, expect, it } from 'vitest';
import { load } from './load.ts';

const zones = (region: string): readonly string[] => ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
const regions = Object.fromEntries(['us-east-1', 'eu-west-1'].map((region) => [region, { partition: 'aws', zones: zones(region) }]));
const said = (second: string, enabled = true) => load(new Map([
  ['configuration/platform.yaml', `gitops: {repo_url: https://git.acme.io/a/b.git}\nenvs:\n  prod:\n    aws: {account_id: "314159265358", region: us-east-1}\n    data:\n      aurora_global: {enabled: ${enabled}}\n`],
  ['configuration/clusters/prod.yaml', `apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: prod-mlops-a, region: us-east-1, labels: {environment: prod, hub: "true"}}\n    - {name: prod-mlops-b, region: ${second}, labels: {environment: prod}}\n`],
]), undefined, new Map(), { regions }).diagnostics.filter(({ code }) => code === 'config/wrong-value');

describe('a global database', () => {
  it('needs clusters in two regions', () => {
    expect(said('eu-west-1')).toEqual([]);
    expect(said('us-east-1', false)).toEqual([]);
    expect(said('us-east-1')).toMatchObject([{ at: { line: 6 }, summary: 'envs.prod.data.aurora_global.enabled is true, but every cluster of prod is in us-east-1.' }]);
  });
});
