import { grafana } from '../../../catalog/grafana.ts';
import type { Cluster, Environment } from '../../config/platform.ts';
import type { Values } from '../../model/workload.ts';
import { dashboardSidecar } from '../../units/wellknown.ts';
import { roleAnnotation } from '../identity.ts';
import { dataSources, readsWorkspace } from './data-sources.ts';
import { importedDashboards } from './imports.ts';
import { adminSecret, environmentSecrets } from './secrets.ts';
import type { GrafanaSettings } from './settings.ts';
import { signIn } from './sign-in.ts';

/** Name that people open. */
export const grafanaHost = (environment: Environment, cluster: Cluster, { ingress }: GrafanaSettings): string => ingress.host ?? `grafana.${cluster.name}.${environment.domain}`;

/** Replicas of Grafana: more than one only where they share a database. Pure. */
export const grafanaReplicas = ({ tier }: Cluster, { replicas, database }: GrafanaSettings): number => replicas ?? (tier === 'prod' && database ? 2 : 1);

/** What Grafana is on every cluster. `namespace`: the only one whose Secrets and ConfigMaps it may read, so that nobody else hands it a data source. */
export const sharedGrafana = (namespace: string): Values => ({
  resources: { requests: { cpu: '50m', memory: '128Mi' } },
  service: { type: 'ClusterIP' },
  testFramework: { enabled: false },
  admin: { existingSecret: adminSecret.name, userKey: adminSecret.userKey, passwordKey: adminSecret.passwordKey },
  rbac: { namespaced: true },
  sidecar: {
    resources: { requests: { cpu: '10m', memory: '64Mi' } },
    dashboards: { searchNamespace: namespace, folderAnnotation: dashboardSidecar.folderAnnotation, annotations: { [dashboardSidecar.folderAnnotation]: 'Kubernetes' }, provider: { foldersFromFilesStructure: true } },
    datasources: { searchNamespace: namespace },
  },
  'grafana.ini': {
    analytics: { check_for_updates: false, check_for_plugin_updates: false, reporting_enabled: false },
    news: { news_feed_enabled: false },
    users: { allow_sign_up: false },
    // Grafana 13 stops a data source that it can't update and does not start it again (grafana/grafana#132528): what the image brings stays as it is.
    plugins: { preinstall_auto_update: false, plugin_admin_enabled: false },
  },
});

const ini = (environment: Environment, cluster: Cluster, settings: GrafanaSettings): Values => {
  const { ingress, database } = settings;
  return {
    plugins: readsWorkspace(environment) ? { preinstall: `${grafana.amazonPrometheus.plugin}@${grafana.amazonPrometheus.version}` } : { preinstall_disabled: true },
    ...(ingress.enabled ? { server: { root_url: `https://${grafanaHost(environment, cluster, settings)}` }, security: { cookie_secure: true, strict_transport_security: true } } : {}),
    ...(database ? { database: { type: 'postgres', host: database.host, name: database.name, user: database.user, ssl_mode: 'require' } } : {}),
    ...signIn(cluster.tier, settings),
  };
};

/** What Grafana has of its own on one cluster. Pure. */
export const clusterGrafana = (environment: Environment, cluster: Cluster, settings: GrafanaSettings, roleArn: string | undefined): Values => {
  const replicas = grafanaReplicas(cluster, settings);
  const secrets = environmentSecrets(settings);
  return {
    replicas,
    ...(replicas > 1 ? { podDisruptionBudget: { maxUnavailable: 1 } } : {}),
    ...(roleArn === undefined ? {} : { serviceAccount: { annotations: roleAnnotation(roleArn) } }),
    ...(secrets.length > 0 ? { envFromSecrets: secrets } : {}),
    additionalDataSources: dataSources(cluster, settings),
    'grafana.ini': ini(environment, cluster, settings),
    ...importedDashboards(environment, cluster),
  };
};
