import { grafana } from '../../../catalog/grafana.ts';
import type { Cluster, Environment } from '../../config/platform.ts';
import { revisionOf } from '../../config/dashboard-ids.ts';
import type { Values } from '../../model/workload.ts';

const folder = '/var/lib/grafana/dashboards/default';

/** True where somebody can be asked for dashboards: a cluster without a way out asks a mirror or nobody. */
const canAsk = (environment: Environment, { network }: Cluster): boolean => environment.settings.monitoring.grafana.dashboard_mirror !== undefined || network.nat !== 'none';

/** Host that dashboards are read from; undefined where none are. Pure. */
export const dashboardHost = (environment: Environment, cluster: Cluster): string | undefined => {
  const { dashboard_ids: ids, dashboard_mirror: mirror } = environment.settings.monitoring.grafana;
  return ids.length === 0 || !canAsk(environment, cluster) ? undefined : new URL(mirror ?? 'https://grafana.com').hostname;
};

/**
 * Values by which an init container of the chart reads dashboards before Grafana starts. Naming the data source puts a pipe behind curl, so that a host that
 * does not answer costs one dashboard and not Grafana. Source: chart grafana 12.11.1, `templates/_config.tpl`, `download_dashboards.sh`. Pure.
 */
export const importedDashboards = (environment: Environment, cluster: Cluster): Values => {
  if (dashboardHost(environment, cluster) === undefined) return {};
  const { dashboard_ids: ids, dashboard_mirror: mirror } = environment.settings.monitoring.grafana;
  const one = (id: number, revision: number) => (mirror === undefined ? { gnetId: id, revision } : { url: `${mirror.replace(/\/$/, '')}/${id}/revisions/${revision}/download` });
  return {
    // The chart's own options let any certificate pass.
    defaultCurlOptions: '-sSf --retry 3',
    downloadDashboards: { resources: { requests: { cpu: '10m', memory: '16Mi' } } },
    dashboardProviders: { 'dashboardproviders.yaml': { apiVersion: 1, providers: [{ name: 'default', orgId: 1, folder: 'grafana.com', type: 'file', disableDeletion: false, editable: false, options: { path: folder } }] } },
    dashboards: {
      default: Object.fromEntries(ids.map((asked) => {
        const { id, revision } = revisionOf(asked, grafana.publicDashboards);
        return [`dashboard-${id}`, { ...one(id, revision), datasource: [{ name: 'DS_PROMETHEUS', value: 'prometheus' }] }];
      })),
    },
  };
};
