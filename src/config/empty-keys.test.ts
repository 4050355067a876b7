import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { load } from './load.ts';

const components = new Map([['keda', { settings: z.strictObject({ replicas: z.int().default(2) }), defaultOn: false }]]);
const regions = { 'us-east-1': { partition: 'aws', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] } };
const registry = 'apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - name: dev-mlops-a\n      region: us-east-1\n      labels: {environment: dev, hub: "true"}\n';
const platform = (envs: string, top = ''): string => `gitops: {repo_url: https://git.acme.io/a/b.git}\n${top}envs:\n  dev:\n    aws: {account_id: "314159265358"}\n${envs}`;
const run = (text: string, clusters = registry, tags = ''): ReturnType<typeof load> =>
  load(new Map([['configuration/platform.yaml', text], ['configuration/clusters/dev.yaml', clusters], ['configuration/tags.yaml', tags]]), undefined, components, { regions });
const said = (...given: Parameters<typeof run>): readonly string[] => run(...given).diagnostics.map((d) => `${d.at.file.split('/').at(-1)}:${d.at.line}:${d.at.column} ${d.code} ${d.summary} ${d.fix}`);

describe('keys without a value', () => {
  it('count as absent where they exist', () => {
    expect(said(platform('    domain:\n    budgets:\n      amount:\n', 'edge:\n'), registry, 'common:\n')).toEqual([]);
  });
  it('are refused where they do not', () => {
    expect(said(platform('    domian:\n    budgets:\n      amuont:\n', 'edges:\n'), `${registry}      lables:\n      spec:\n        nodes:\n          sise:\n`, 'comon:\n')).toEqual([
      'dev.yaml:9:7 config/unknown-key "lables" is not a key of spec.clusters[0]. Did you mean "labels"?',
      'dev.yaml:12:11 config/unknown-key "sise" is not a key of spec.clusters[0].spec.nodes. Did you mean "size"?',
      'platform.yaml:2:1 config/unknown-key "edges" is not a key of the file. Did you mean "edge"?',
      'platform.yaml:6:5 config/unknown-key "domian" is not a key of envs.dev. Did you mean "domain"?',
      'platform.yaml:8:7 config/unknown-key "amuont" is not a key of envs.dev.budgets. Did you mean "amount"?',
      'tags.yaml:1:1 config/unknown-key "comon" is not a key of the file. Did you mean "common"?',
    ]);
  });
  it('name an environment, which then lacks what it must say', () => {
    expect(said(platform('  qa:\n'))).toEqual([expect.stringContaining('platform.yaml:5:3 config/missing-key envs.qa.aws is missing.'), expect.stringContaining('config/no-cluster')]);
  });
  it('turn a component on, in an environment and on a cluster', () => {
    for (const value of [run(platform('    components:\n      keda:\n')), run(platform(''), `${registry}      spec:\n        components:\n          keda:\n`)]) {
      expect(value.value?.platform.environments[0]?.clusters[0]?.components).toEqual({ keda: { replicas: 2 } });
    }
  });
});
