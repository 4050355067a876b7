import type { KubeObject } from '../../units/kube-object.ts';
import { dashboardSidecar } from '../../units/wellknown.ts';
import type { RunbookUrl } from '../../model/runbook-url.ts';
import type { Dashboard } from './dashboard.ts';
import { dashboardUid, grafanaJson } from './grafana-json.ts';

/** A dashboard as the object that Grafana's sidecar reads. Pure. */
export const dashboardConfigMap = (dashboard: Dashboard, namespace: string, url: RunbookUrl): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: `dashboard-${dashboard.id}`, namespace, labels: { [dashboardSidecar.label]: dashboardSidecar.value }, annotations: { [dashboardSidecar.folderAnnotation]: dashboard.folder } },
  data: { [`${dashboardUid(dashboard.id)}.json`]: `${JSON.stringify(grafanaJson(dashboard, url), undefined, 1)}\n` },
});
