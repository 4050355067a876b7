import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { charts } from '../../../catalog/charts.ts';
import type { ChartPin } from '../../../catalog/chart-pin.ts';
import { exportedMetrics } from '../../../catalog/metrics.ts';
import type { ExportedMetrics } from '../../../catalog/metrics.ts';
import { examplePlatform } from '../../../test/fixtures/planned-components.ts';
import { components } from '../../components/registry.ts';
import type { Absent, Alert } from '../../model/component.ts';
import { validateObject } from '../../verify/kubernetes/schemas.ts';
import { platformDashboards } from '../dashboards/platform-dashboards.ts';
import { filterMetrics } from '../dashboards/variables.ts';
import { metricNames } from './metric-names.ts';
import { platformRules } from './platform-rules.ts';
import type { Rule, RuleGroup } from './rule.ts';
import { chartRunbooks } from '../../components/chart-runbooks.ts';
import { runbookUrl } from '../../model/runbook-url.ts';

const runbooks = join(import.meta.dirname, '../../../docs/runbooks');
const gitops = { engine: 'argocd', repoUrl: 'https://github.com/acme/platform.git', targetRevision: 'main' } as const;
const exporters: readonly ExportedMetrics[] = Object.values(exportedMetrics);

/** Every component, as every cluster of the example sees it. */
const planned = examplePlatform.environments.flatMap((environment) => environment.clusters.flatMap((cluster) => components.map((component) => {
  const base = { platform: examplePlatform, environment, cluster, settings: component.settings.parse({}) };
  const ctx = { ...base, infra: component.infra(base) };
  return { id: component.id, cluster: cluster.name, alerts: component.alerts(ctx), dashboards: component.dashboards(ctx) };
})));
const once = planned.filter(({ cluster }) => cluster === planned[0]?.cluster);
const given = <T>(part: readonly T[] | Absent): readonly T[] => ('absent' in part ? [] : part);

const objects = platformRules(gitops, once, 'monitoring');
const rules: readonly Rule[] = objects.flatMap((object) => (object['spec'] as { groups: readonly RuleGroup[] }).groups).flatMap((group) => group.rules);
const alerts = rules.flatMap((rule) => ('alert' in rule ? [rule] : []));
const records = rules.flatMap((rule) => ('record' in rule ? [rule.record] : []));
/** What dashboards read: of the areas of the platform and of components. */
const panels = platformDashboards(once).flatMap(({ rows }) => rows.flatMap(({ panels: all }) => all.flatMap((panel) => [panel, ...(panel.also ?? [])])));

describe('the rules of a platform', () => {
  it('are objects that the API server takes, alerts and records with names of their own', () => {
    expect(objects.flatMap((object) => validateObject(object))).toEqual([]);
    for (const names of [alerts.map(({ alert }) => alert), records, objects.map(({ metadata }) => metadata.name)]) expect(new Set(names).size).toBe(names.length);
  });

  it('hold every alert of every component', () => {
    const declared = once.flatMap(({ alerts: own }) => given<Alert>(own).map(({ name }) => name));
    expect(declared.length).toBeGreaterThan(5);
    expect(alerts.map(({ alert }) => alert)).toEqual(expect.arrayContaining(declared));
  });

  it('are the same on every cluster', () => {
    for (const { id, alerts: own } of planned) expect(own, id).toEqual(once.find((one) => one.id === id)?.alerts);
  });

  it('read only metrics that something exports or another rule records', () => {
    const known = new Set<string>([...exporters.flatMap(({ names }) => names), ...records]);
    const read = [...rules, ...panels].flatMap(({ expr }) => metricNames(expr).map((name) => ({ name, expr })));
    expect(read.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  it('read every metric that the catalogue names, of the version that the chart runs', () => {
    const read = new Set([...[...rules, ...panels].flatMap(({ expr }) => metricNames(expr)), ...filterMetrics]);
    expect(exporters.flatMap(({ names }) => names).filter((name) => !read.has(name))).toEqual([]);
    for (const { chart, version } of exporters) {
      const pin: ChartPin | undefined = chart && charts[chart];
      if (pin) expect([pin.appVersion, ...pin.images].join(' '), chart).toContain(version);
    }
  });

  it('say how bad it is, who acts and what to do, on a page that is there', () => {
    for (const { alert, labels, annotations } of alerts) {
      expect(labels, alert).toMatchObject({ severity: expect.stringMatching(/^(critical|warning|info)$/), team: expect.stringMatching(/./) });
      expect(annotations['summary'], alert).toMatch(/\.$/);
      const page = /^https:\/\/github\.com\/acme\/platform\/blob\/main\/docs\/runbooks\/([a-z-]+\.md)$/.exec(annotations['runbook_url'] ?? '')?.[1] ?? '';
      expect(existsSync(join(runbooks, page)), `${alert}: ${page}`).toBe(true);
    }
  });

  it('leave no runbook without an alert', () => {
    const pages = new Set([...[...chartRunbooks.values()].map((page) => `${page}.md`), ...alerts.map(({ annotations }) => annotations['runbook_url']?.split('/').at(-1))]);
    expect(readdirSync(runbooks).filter((page) => !pages.has(page))).toEqual([]);
  });
});

describe('the names of metrics in an expression', () => {
  it.each([
    ['sum by (le) (rate(a_bucket{x="y and z",le=~"1|2"}[5m] offset 1h)) / on (le) group_left b:c > bool 0', ['a_bucket', 'b:c']],
    ['1 - a:bad5m / (a:total > 0) or vector(1e3)', ['a:bad5m', 'a:total']],
    ['histogram_quantile(0.95, a) unless ignoring(x) b == Inf', ['a', 'b']],
    ['count(a{name="b)("}) without (c)', ['a']],
  ])('%s', (expr, names) => expect(metricNames(expr)).toEqual(names));
});

describe('the address of a runbook', () => {
  it.each([
    ['https://github.com/acme/p.git', 'https://github.com/acme/p/blob/main/docs/runbooks/x.md'],
    ['git@github.com:acme/p.git', 'https://github.com/acme/p/blob/main/docs/runbooks/x.md'],
    ['ssh://git@gitlab.acme.io/a/p.git', 'https://gitlab.acme.io/a/p/-/blob/main/docs/runbooks/x.md'],
    ['https://bitbucket.org/acme/p/', 'https://bitbucket.org/acme/p/src/main/docs/runbooks/x.md'],
  ])('in %s', (repoUrl, url) => expect(runbookUrl({ ...gitops, repoUrl })('x')).toBe(url));
});
