import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chartPins, terraformPlan } from '../../test/fixtures/terraform-plan.ts';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { catalogFacts } from '../compile/catalog-facts.ts';
import { resolve } from '../compile/compile.ts';
import { components } from '../components/registry.ts';
import type { Plan } from '../model/plan.ts';
import { sharedParts } from './shared-parts.ts';

const withValues = (plan: Plan, values: (cluster: string) => Readonly<Record<string, unknown>>): Plan => ({
  ...plan,
  environments: plan.environments.map((environment) => ({
    ...environment,
    clusters: environment.clusters.map((cluster) => ({
      ...cluster,
      components: cluster.components.map((component) => ({
        ...component,
        workload: { ...component.workload, releases: component.workload.releases.map((release) => (release.kind === 'chart' ? { ...release, values: values(cluster.cluster.name) } : release)) },
      })),
    })),
  })),
});

const plan = terraformPlan(platformFixture());

it('accepts what is the same everywhere and reports each release that is not, once', () => {
  expect(Object.keys(chartPins)).toContain('cilium');
  expect(sharedParts(withValues(plan, () => ({ replicas: 2 })))).toEqual([]);
  const found = sharedParts(withValues(plan, (cluster) => ({ cluster })));
  expect(found.map(({ code }) => code)).toEqual(found.map(() => 'verify/shared-differs'));
  expect(found[0]?.summary).toBe('The shared values of release "cilium" are not the same on dev-mlops-cluster-01 and on qa-mlops-cluster-01.');
  expect(new Set(found.map(({ summary }) => summary)).size).toBe(found.length);
});

it('holds for the real components in tiers, regions and with overrides', () => {
  const root = new URL('../..', import.meta.url).pathname;
  const at = (path: string): string => readFileSync(join(root, 'configuration', path), 'utf8');
  const cluster = (name: string, region: string, more: string): string => `    - {name: ${name}, region: ${region}${more}}\n`;
  const registry = `apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: fleet}\nspec:\n  clusters:\n${[
    cluster('dev-mlops-cluster-01', 'us-east-1', ', labels: {environment: dev, hub: "true"}'),
    cluster('dev-mlops-cluster-02', 'eu-west-1', ', labels: {environment: dev}, spec: {network: {zones: 2, nat: none}, components: {karpenter: {pools: {general: {limits: {cpu: 7}}}}, cert-manager: {enabled: true}}}'),
    cluster('qa-mlops-cluster-01', 'us-west-2', ', labels: {environment: qa, hub: "true"}'),
    cluster('prod-mlops-cluster-01', 'us-east-1', ', labels: {environment: prod, hub: "true"}'),
    cluster('prod-mlops-cluster-02', 'eu-west-1', ', labels: {environment: prod}'),
  ].join('')}`;
  const files = new Map([['configuration/platform.yaml', at('platform.yaml')], ['configuration/tags.yaml', at('tags.yaml')], ['configuration/clusters/fleet.yaml', registry]]);
  const { value, diagnostics } = resolve({ files, lock: undefined, components, facts: catalogFacts() });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(value && sharedParts(value.plan)).toEqual([]);
});
