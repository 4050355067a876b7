/** A dashboard of grafana.com that `monitoring.grafana.dashboard_ids` may name without a revision. */
interface PublicDashboard {
  readonly title: string;
  /** What "latest" stands for: a build has no network to ask. */
  readonly revision: number;
}

/**
 * What dashboards and data sources of Grafana are made of, for the version that the pinned chart runs (`charts['kube-prometheus-stack'].images`).
 * Read on 2026-11-25.
 */
export const grafana = {
  version: '13.2.0',
  /** Source: npm @grafana/schema@13.2.0, `dist/esm/raw/dashboard/x/types.gen.mjs`, `defaultDashboard`; also `apps/dashboard/pkg/apis/dashboard/v1/dashboard_kind.cue`. */
  schemaVersion: 42,
  /**
   * The data source for Amazon Managed Service for Prometheus, which the image doesn't bring: the core one lost SigV4 in Grafana 13. Source: Grafana documentation,
   * "Migrate from Prometheus SigV4 to Amazon Managed Service for Prometheus"; version: grafana.com/grafana/plugins/grafana-amazonprometheus-datasource.
   */
  amazonPrometheus: { plugin: 'grafana-amazonprometheus-datasource', version: '3.3.5' },
  /** Hosts that hand out plugins. Source: `pkg/plugins/repo` of grafana/grafana (grafana.com/api/plugins, which redirects to the bucket); not tried. */
  pluginHosts: ['grafana.com', 'storage.googleapis.com'],
  /** Revisions as public configurations name them; grafana.com itself could not be asked. 315 reads labels that the kubelet stopped to export in Kubernetes 1.16. */
  publicDashboards: { 1860: { title: 'Node Exporter Full', revision: 37 }, 315: { title: 'Kubernetes cluster monitoring', revision: 3 } } satisfies Readonly<Record<number, PublicDashboard>> as Readonly<Record<number, PublicDashboard>>,
} as const;
