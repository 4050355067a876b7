import { grafana } from '../../../catalog/grafana.ts';
import type { RunbookUrl } from '../../model/runbook-url.ts';
import type { Dashboard } from './dashboard.ts';
import { layout } from './layout.ts';
import { panelJson } from './panel-json.ts';
import { variables } from './variables.ts';

/** Every dashboard of the platform bears it, and each links to the others by it. */
export const dashboardTag = 'argoeks';

/** Address of a dashboard; Grafana takes at most 40 characters. */
export const dashboardUid = (id: string): string => `argoeks-${id}`;

const toTheOthers = { title: 'Platform', type: 'dashboards', icon: 'external link', tooltip: '', tags: [dashboardTag], asDropdown: true, targetBlank: false, includeVars: true, keepTime: true };

/** A dashboard as Grafana reads it. The same input gives the same ids: nothing moves in a diff that did not change. Pure. */
export const grafanaJson = ({ id, title, description, filters = [], rows }: Dashboard, url: RunbookUrl): Readonly<Record<string, unknown>> => {
  let next = 0;
  const number = (): number => (next += 1);
  return {
    uid: dashboardUid(id), title, description, tags: [dashboardTag], schemaVersion: grafana.schemaVersion, version: 1,
    editable: false, graphTooltip: 1, fiscalYearStartMonth: 0, timezone: 'browser', refresh: '1m', time: { from: 'now-6h', to: 'now' }, timepicker: {},
    annotations: { list: [] },
    links: [toTheOthers],
    templating: { list: variables(filters) },
    panels: layout(rows).flatMap((row) => [
      { id: number(), type: 'row', title: row.title, collapsed: false, gridPos: row.at, panels: [] },
      ...row.panels.map(({ panel, at }) => panelJson(panel, number(), at, url)),
    ]),
  };
};
