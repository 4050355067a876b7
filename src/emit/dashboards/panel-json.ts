import { grafanaUnits } from '../../../catalog/grafana-units.ts';
import type { Panel } from '../../model/component.ts';
import { withMatcher } from '../promql/selectors.ts';
import type { RunbookUrl } from '../../model/runbook-url.ts';
import type { GridPos } from './layout.ts';

type Json = Readonly<Record<string, unknown>>;

/** The data source that was chosen above the dashboard. */
export const chosenSource = { type: 'prometheus', uid: '${datasource}' } as const;

/** What every selector is narrowed to: the clusters that were chosen. All of them also matches series without the label, as the cluster's own Prometheus has them. */
export const chosenClusters = 'cluster=~"$cluster"';

const colours = { good: 'green', warning: 'orange', critical: 'red' } as const;

const thresholdsOf = ({ thresholds }: Panel): Json => {
  if (!thresholds) return { mode: 'absolute', steps: [{ color: colours.good, value: null }] };
  const { warning, critical } = thresholds;
  const steps = critical > warning
    ? [{ color: colours.good, value: null }, { color: colours.warning, value: warning }, { color: colours.critical, value: critical }]
    : [{ color: colours.critical, value: null }, { color: colours.warning, value: critical }, { color: colours.good, value: warning }];
  return { mode: 'absolute', steps };
};

/** Grafana's word for a unit. A word that is none of its ids is what is counted. */
export const unitOf = (unit: string): string => (grafanaUnits.has(unit) ? unit : `suffix: ${unit}`);

const lastValue = { calcs: ['lastNotNull'], fields: '', values: false };

const bounds = ({ unit }: Panel): Json => (unit === 'percentunit' ? { min: 0 } : {});

interface Look {
  readonly type: string;
  readonly options: Json;
  readonly color: string;
  readonly custom?: Json;
  readonly transformations?: readonly Json[];
}

/** Source: npm @grafana/schema@13.2.0, `dist/types/raw/composable/<panel>/panelcfg/x`. */
const looks = (panel: Panel): Look => {
  switch (panel.kind ?? 'lines') {
    case 'stat':
      return { type: 'stat', color: 'thresholds', options: { colorMode: panel.thresholds ? 'background' : 'value', graphMode: 'area', justifyMode: 'auto', orientation: 'auto', percentChangeColorMode: 'standard', reduceOptions: lastValue, showPercentChange: false, textMode: 'auto', wideLayout: true } };
    case 'bars':
      return { type: 'bargauge', color: panel.thresholds ? 'thresholds' : 'continuous-blues', options: { displayMode: 'basic', legend: { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: false }, maxVizHeight: 300, minVizHeight: 16, minVizWidth: 8, namePlacement: 'auto', orientation: 'horizontal', reduceOptions: lastValue, showUnfilled: true, sizing: 'auto', valueMode: 'color' } };
    case 'table':
      return {
        type: 'table', color: 'thresholds', custom: { align: 'auto', cellOptions: { type: panel.thresholds ? 'color-text' : 'auto' }, inspect: false }, options: { cellHeight: 'sm', showHeader: true },
        transformations: [{ id: 'organize', options: { excludeByName: { Time: true }, indexByName: {}, renameByName: { Value: panel.title } } }],
      };
    default:
      return {
        type: 'timeseries', color: 'palette-classic',
        custom: { drawStyle: 'line', fillOpacity: 10, lineInterpolation: 'linear', lineWidth: 1, showPoints: 'never', spanNulls: false, thresholdsStyle: { mode: panel.thresholds ? 'dashed' : 'off' } },
        options: { legend: { calcs: ['lastNotNull', 'max'], displayMode: 'table', placement: 'bottom', showLegend: true }, tooltip: { mode: 'multi', sort: 'desc' } },
      };
  }
};

const refIds = 'ABCDEFGH';

const targetsOf = ({ expr, legend, also = [], kind }: Panel): readonly Json[] =>
  [{ expr, legend }, ...also].map((one, i) => ({
    refId: refIds[i], datasource: chosenSource, editorMode: 'code', expr: withMatcher(one.expr, chosenClusters), legendFormat: one.legend ?? '__auto',
    ...(kind === 'table' ? { format: 'table', instant: true, range: false } : { format: 'time_series', instant: false, range: true }),
  }));

const runbookLink = (url: string): Json => ({ title: 'Runbook', type: 'link', icon: 'doc', tooltip: 'What to do', url, tags: [], asDropdown: false, targetBlank: true, includeVars: false, keepTime: false });

/** A panel as Grafana reads it. Pure. */
export const panelJson = (panel: Panel, id: number, at: GridPos, url: RunbookUrl): Json => {
  const { type, options, color, custom, transformations } = looks(panel);
  return {
    id, type, title: panel.title, gridPos: at, datasource: chosenSource,
    fieldConfig: { defaults: { unit: unitOf(panel.unit), ...bounds(panel), color: { mode: color }, thresholds: thresholdsOf(panel), ...(custom ? { custom } : {}) }, overrides: [] },
    options,
    targets: targetsOf(panel),
    ...(transformations ? { transformations } : {}),
    ...(panel.runbook === undefined ? {} : { links: [runbookLink(url(panel.runbook))] }),
  };
};
