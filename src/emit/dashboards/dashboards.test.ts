import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grafanaUnits } from '../../../catalog/grafana-units.ts';
import { exportedMetrics } from '../../../catalog/metrics.ts';
import type { ExportedMetrics } from '../../../catalog/metrics.ts';
import { examplePlatform } from '../../../test/fixtures/planned-components.ts';
import { components } from '../../components/registry.ts';
import { didYouMean } from '../../diag/did-you-mean.ts';
import type { Panel } from '../../model/component.ts';
import { validateObject } from '../../verify/kubernetes/schemas.ts';
import { platformRules } from '../rules/platform-rules.ts';
import { metricNames } from '../rules/metric-names.ts';
import type { RuleGroup } from '../rules/rule.ts';
import { dashboardConfigMap } from './config-map.ts';
import { dashboardUid, grafanaJson } from './grafana-json.ts';
import { columns, layout } from './layout.ts';
import { areas, platformDashboards } from './platform-dashboards.ts';
import { filterMetrics, variables } from './variables.ts';

const url = (page: string): string => `https://git.acme.io/${page}`;
const [environment = expect.fail('no environment')] = examplePlatform.environments;
const [cluster = expect.fail('no cluster')] = environment.clusters;
const planned = components.map((component) => {
  const base = { platform: examplePlatform, environment, cluster, settings: component.settings.parse({}) };
  const ctx = { ...base, infra: component.infra(base) };
  return { id: component.id, alerts: component.alerts(ctx), dashboards: component.dashboards(ctx) };
});
const all = platformDashboards(planned);
const panelsOf = (rows: readonly { readonly panels: readonly Panel[] }[]): readonly Panel[] => rows.flatMap(({ panels }) => panels);
const panels = all.flatMap(({ rows }) => panelsOf(rows));
const exprs = (panel: Panel): readonly string[] => [panel.expr, ...(panel.also ?? []).map(({ expr }) => expr)];
const records = platformRules(examplePlatform.gitops, planned, 'monitoring').flatMap((object) => (object['spec'] as { groups: readonly RuleGroup[] }).groups).flatMap(({ rules }) => rules).flatMap((rule) => ('record' in rule ? [rule.record] : []));

describe('the dashboards of a platform', () => {
  it('speak of all areas, none of them empty, and of every component that has panels', () => {
    expect(areas.map(({ id }) => id)).toEqual(['platform', 'cluster', 'nodes', 'cilium', 'karpenter', 'argocd', 'flux', 'api-server', 'ingress', 'cost', 'gpu', 'slo']);
    for (const { id, rows } of areas) expect(panelsOf(rows).length, id).toBeGreaterThanOrEqual(8);
    const titles = new Set(panels.map(({ title }) => title));
    for (const { dashboards } of planned) for (const { title } of 'absent' in dashboards ? [] : dashboards) expect(titles).toContain(title);
  });

  it('leave out what no cluster has, and give a component without an area a dashboard of its own', () => {
    const panel: Panel = { title: 'Queues', expr: 'up', unit: 'queues' };
    const few = platformDashboards([{ id: 'keda', dashboards: [panel] }, { id: 'quiet', dashboards: { absent: 'nothing to show' } }]);
    expect(few.map(({ id }) => id)).toEqual(['platform', 'cluster', 'nodes', 'api-server', 'slo', 'keda']);
    expect(few.at(-1)).toMatchObject({ folder: 'Components', rows: [{ panels: [panel] }] });
  });

  it('are objects that fit into the API server, with addresses that Grafana takes', () => {
    const objects = all.map((one) => dashboardConfigMap(one, 'monitoring', url));
    expect(objects.flatMap((object) => validateObject(object))).toEqual([]);
    for (const object of objects) expect(JSON.stringify(object).length, object.metadata.name).toBeLessThan(1024 * 1024 / 2);
    const uids = all.map(({ id }) => dashboardUid(id));
    expect(new Set(uids).size).toBe(uids.length);
    for (const uid of uids) expect(uid).toMatch(/^[a-zA-Z0-9_-]{1,40}$/);
  });

  it('read only metrics that something exports or a rule records', () => {
    const exporters: readonly ExportedMetrics[] = Object.values(exportedMetrics);
    const known = new Set<string>([...exporters.flatMap(({ names }) => names), ...records]);
    expect([...panels.flatMap(exprs).flatMap(metricNames), ...filterMetrics].filter((name) => !known.has(name))).toEqual([]);
  });

  it('have units that Grafana knows, or say what is counted', () => {
    for (const { unit, title } of panels) {
      if (grafanaUnits.has(unit)) continue;
      expect(didYouMean(unit, [...grafanaUnits].filter((id) => id.length > 3)), `${title}: ${unit}`).toBeUndefined();
      expect(unit, title).toMatch(/^[A-Za-z]{3,}s$/);
    }
  });

  it('lead to runbooks that are there', () => {
    const pages = panels.flatMap(({ runbook }) => runbook ?? []);
    expect(pages.length).toBeGreaterThan(20);
    for (const page of pages) expect(existsSync(join(import.meta.dirname, `../../../docs/runbooks/${page}.md`)), page).toBe(true);
  });

  it('have the eight panels of service levels', () => {
    const [now, trends] = areas.find(({ id }) => id === 'slo')?.rows ?? [];
    expect([...(now?.panels ?? []), ...(trends?.panels ?? [])].map(({ expr }) => expr)).toEqual([
      'sli:api:availability:ratio_rate1h', 'sli:api:latency:p95', 'sli:error_budget:remaining_ratio', 'sli:argocd:sync_success_rate',
      'sli:api:availability:ratio_rate5m', 'sli:api:latency:p95', 'sli:cilium:endpoint_health_rate', 'sli:karpenter:provisioning_duration_p95',
    ]);
  });

  it('ask no more than Grafana names queries, and every query for the clusters that were chosen', () => {
    for (const one of all) {
      const { panels: drawn } = grafanaJson(one, url) as { panels: readonly { id: number; type: string; targets?: readonly { refId?: string; expr: string }[] }[] };
      expect(new Set(drawn.map(({ id }) => id)).size).toBe(drawn.length);
      for (const { targets = [], type } of drawn) {
        if (type !== 'row') expect(targets.length).toBeGreaterThan(0);
        for (const { refId, expr } of targets) {
          expect(refId).toMatch(/^[A-H]$/);
          expect(expr.split('cluster=~"$cluster"').length - 1).toBeGreaterThan(0);
        }
      }
    }
  });

  it('use every list above them, and no other', () => {
    for (const { id, rows, filters = [] } of all) {
      const named = variables(filters).map(({ name }) => String(name));
      const used = new Set(panelsOf(rows).flatMap(exprs).flatMap((expr) => [...expr.matchAll(/\$(\w+)/g)].map(([, name = '']) => name)).filter((name) => !name.startsWith('__')));
      expect([...used].toSorted(), id).toEqual(named.filter((name) => !['datasource', 'cluster'].includes(name)).toSorted());
    }
  });

  it('service levels as Grafana reads them', async () => {
    const slo = all.find(({ id }) => id === 'slo') ?? expect.fail('no dashboard');
    await expect(`${JSON.stringify(grafanaJson(slo, url), undefined, 1)}\n`).toMatchFileSnapshot(join(import.meta.dirname, '../../../test/golden/dashboards/slo.json'));
  });
});

describe('the layout', () => {
  const kinds = ['lines', 'stat', 'bars', 'table'] as const;
  const row = fc.record({
    title: fc.constant('r'), across: fc.constantFrom(1, 2, 3, 4, 6, 8),
    panels: fc.array(fc.constantFrom(...kinds).map((kind): Panel => ({ title: kind, expr: 'up', unit: 'none', kind })), { maxLength: 14 }),
  }) as fc.Arbitrary<Parameters<typeof layout>[0][number]>;

  it('has no two panels in one place, and none beyond the edge', () => {
    fc.assert(fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
      const taken = new Set<string>();
      for (const { at, panels: placed } of layout(rows)) {
        for (const { x, y, w, h } of [at, ...placed.map((one) => one.at)]) {
          expect(x + w).toBeLessThanOrEqual(columns);
          for (let i = x; i < x + w; i += 1) for (let j = y; j < y + h; j += 1) {
            expect(taken.has(`${i},${j}`)).toBe(false);
            taken.add(`${i},${j}`);
          }
        }
      }
    }));
  });

  it('keeps panels in their order, and leaves no line empty', () => {
    fc.assert(fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
      const placed = layout(rows).flatMap(({ at, panels: line }) => [at, ...line.map((one) => one.at)]);
      const order = placed.map(({ x, y }) => y * columns + x);
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      const lines = new Set(placed.flatMap(({ y, h }) => Array.from({ length: h }, (_, i) => y + i)));
      expect([...lines].toSorted((a, b) => a - b)).toEqual(Array.from({ length: lines.size }, (_, i) => i));
    }));
  });
});
