import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { catalogFacts } from '../compile/catalog-facts.ts';
import { resolve } from '../compile/compile.ts';
import { components } from '../components/registry.ts';
import { estimate } from '../emit/cost/environment-cost.ts';
import { overBudget } from './over-budget.ts';

const registry = 'apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: dev-mlops-a, region: us-east-1, labels: {environment: dev, hub: "true"}}\n';
const resolved = (more: string) => {
  const platform = `gitops: {repo_url: https://git.acme.io/a/b.git}\nenvs:\n  dev:\n    aws: {account_id: "314159265358"}\n${more}`;
  const { value, diagnostics } = resolve({ files: new Map([['configuration/platform.yaml', platform], ['configuration/clusters/dev.yaml', registry]]), lock: undefined, components, facts: catalogFacts() });
  if (!value) expect.fail(JSON.stringify(diagnostics));
  return value;
};
const found = (more: string) => {
  const { plan, sources } = resolved(more);
  return overBudget(estimate(plan), sources).map(({ code, at, severity }) => [code, severity, at.line, at.column]);
};

it('warns at the budget that the estimate exceeds, or where the environment begins', () => {
  expect(found('    nodes: {size: xlarge}\n    budgets:\n      amount: 600\n')).toEqual([['cost/over-budget', 'warning', 7, 7]]);
  expect(found('    nodes: {size: xlarge}\n')).toEqual([['cost/over-budget', 'warning', 3, 3]]);
  expect(found('    budgets: {amount: 900}\n')).toEqual([]);
  expect(found('    nodes: {size: xlarge}\n    budgets: {amount: 1, currency: EUR}\n')).toEqual([]);
});

it('leaves the configuration of this repository in peace: every environment fits its budget', () => {
  const root = join(import.meta.dirname, '../..');
  const paths = ['platform.yaml', 'tags.yaml', ...readdirSync(join(root, 'configuration/clusters')).map((name) => `clusters/${name}`)].map((name) => `configuration/${name}`);
  const { value } = resolve({ files: new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')])), lock: undefined, components, facts: catalogFacts() });
  if (!value) expect.fail('the configuration is not sound');
  expect(overBudget(estimate(value.plan), value.sources)).toEqual([]);
});
