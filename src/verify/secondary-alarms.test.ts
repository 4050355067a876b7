import { expect, it } from 'vitest';
import { catalogFacts } from '../compile/catalog-facts.ts';
import { resolve } from '../compile/compile.ts';
import { components } from '../components/registry.ts';
import { secondaryAlarms } from './secondary-alarms.ts';

const cluster = (name: string, region: string, hub: string): string => `    - {name: dev-mlops-${name}, region: ${region}, labels: {environment: dev${hub}}}\n`;
const found = (monitoring: string, ...clusters: readonly string[]) => {
  const files = new Map([
    ['configuration/platform.yaml', `gitops: {repo_url: https://git.acme.io/a/b.git}\nenvs:\n  dev:\n    aws: {account_id: "314159265358"}\n    monitoring:\n${monitoring}`],
    ['configuration/clusters/dev.yaml', `apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n${clusters.join('')}`],
  ]);
  const { value, diagnostics } = resolve({ files, lock: undefined, components, facts: catalogFacts() });
  if (!value) expect.fail(JSON.stringify(diagnostics));
  return secondaryAlarms(value.sources).map(({ code, at, fix }) => [code, at.line, fix]);
};
const one = cluster('a', 'us-east-1', ', hub: "true"');
const list = '      waf_alarms_secondary: [{threshold: 9}]\n';

it('tells of a list for a region that is not there, and of no other', () => {
  expect(found(list, one)).toEqual([['verify/no-second-region', 6, 'Register a cluster of dev in a second region, or move the list to waf_alarms_primary.']]);
  expect(found(list, one, cluster('b', 'eu-west-1', ''))).toEqual([]);
  expect(found('      waf_alarms_primary: [{threshold: 9}]\n', one)).toEqual([]);
});
