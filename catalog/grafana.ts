/**
 * What dashboards and data sources of Grafana are made of, for the version that the pinned chart runs (`charts['kube-prometheus-stack'].images`).
 * Read on 2026-11-25.
 */
export const grafana = {
  version: '13.2.0',
  /** Source: npm @grafana/schema@13.2.0, `dist/esm/raw/dashboard/x/types.gen.mjs`, `defaultDashboard`; also `apps/dashboard/pkg/apis/dashboard/v1/dashboard_kind.cue`. */
  schemaVersion: 42,
} as const;
