import type { Filter } from './dashboard.ts';
import { chosenClusters, chosenSource } from './panel-json.ts';

type Json = Readonly<Record<string, unknown>>;

/** Of each filter: the label it chooses from, and the metric that every cluster has with it. */
const filters: Readonly<Record<Filter, { readonly label: string; readonly metric: string; readonly name: string }>> = {
  namespace: { name: 'Namespace', label: 'namespace', metric: 'kube_pod_info' },
  node: { name: 'Node', label: 'node', metric: 'kube_node_info' },
};

/** Metrics that filters read; `catalog/metrics.ts` names them like those of panels. */
export const filterMetrics: readonly string[] = ['up', ...Object.values(filters).map(({ metric }) => metric)];

const all = { text: 'All', value: '$__all' };

/** Everything chosen is `.*`, not a list of names: it must also match series without the label. */
const choice = (name: string, label: string, query: string): Json => ({
  type: 'query', name, label, datasource: chosenSource, query: { query, refId: name },
  current: { selected: true, ...all }, includeAll: true, allValue: '.*', multi: true, refresh: 2, sort: 1, hide: 0, regex: '', options: [],
});

/**
 * Lists above a dashboard: data source, clusters, then its filters. A source of type `prometheus` is also what AWS' own plugin offers (npm @grafana/data@13.2.0,
 * `utils/matchPluginId.mjs`). Pure.
 */
export const variables = (asked: readonly Filter[]): readonly Json[] => [
  { type: 'datasource', name: 'datasource', label: 'Data source', query: 'prometheus', current: { selected: true, text: 'default', value: 'default' }, includeAll: false, multi: false, refresh: 1, hide: 0, regex: '', options: [] },
  choice('cluster', 'Cluster', 'label_values(up, cluster)'),
  ...asked.map((filter) => {
    const { name, label, metric } = filters[filter];
    return choice(filter, name, `label_values(${metric}{${chosenClusters}}, ${label})`);
  }),
];
