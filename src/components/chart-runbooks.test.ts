import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chartAlerts, chartAlertsOf } from '../../catalog/chart-alerts.ts';
import { charts } from '../../catalog/charts.ts';
import { chartRunbooks } from './chart-runbooks.ts';

it('has a page for every alert of the chart that is critical, and knows no alert that the chart lacks', () => {
  const known = new Set(chartAlerts.map(({ name }) => name));
  expect(chartAlertsOf).toBe(charts['kube-prometheus-stack'].version);
  expect(chartAlerts.filter(({ name, severities }) => severities.includes('critical') && !chartRunbooks.has(name)).map(({ name }) => name)).toEqual([]);
  expect([...chartRunbooks.keys()].filter((name) => !known.has(name))).toEqual([]);
  for (const page of chartRunbooks.values()) expect(existsSync(join(import.meta.dirname, `../../docs/runbooks/${page}.md`)), page).toBe(true);
});
