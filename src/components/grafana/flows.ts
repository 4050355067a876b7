import { grafana } from '../../../catalog/grafana.ts';
import type { Cluster, Environment } from '../../config/platform.ts';
import type { Flow } from '../../model/component.ts';
import { readsWorkspace } from './data-sources.ts';
import { dashboardHost } from './imports.ts';
import type { GrafanaSettings } from './settings.ts';

const at = (url: string): { readonly to: string; readonly port: number } => {
  const { hostname, port } = new URL(url);
  return { to: hostname, port: Number(port || 443) };
};

/** Where Grafana must be let through to, and who comes, beside Prometheus and Alertmanager of its cluster. `pods` are Grafana's. Pure. */
export const grafanaFlows = (environment: Environment, cluster: Cluster, { sso, ingress, cloudwatch, database }: GrafanaSettings, pods: string): readonly Flow[] => {
  const dashboards = dashboardHost(environment, cluster);
  return [
    ...(sso ? [sso.token_url, sso.api_url].map((url) => ({ from: pods, ...at(url), why: 'signs users in' })) : []),
    // An address of the VPC that is neither a pod nor a node is the world to Cilium; the security group says which may come.
    ...(ingress.enabled ? [ingress.via === 'gateway' ? { from: 'ingress', to: pods, port: 3000, why: 'people come through the shared gateway' } : { from: 'world', to: pods, port: 3000, why: 'the load balancer brings users' }] : []),
    ...(cloudwatch ? [{ from: pods, to: `monitoring.${cluster.region}.amazonaws.com`, port: 443, why: 'reads metrics of CloudWatch' }] : []),
    ...(readsWorkspace(environment) ? [
      { from: pods, to: `aps-workspaces.${cluster.region}.amazonaws.com`, port: 443, why: 'reads the workspace of AWS' },
      ...grafana.pluginHosts.map((to) => ({ from: pods, to, port: 443, why: 'gets the data source for that workspace' })),
    ] : []),
    ...(database ? [{ from: pods, ...at(`https://${database.host.includes(':') ? database.host : `${database.host}:5432`}`), why: 'keeps sessions' }] : []),
    ...(dashboards === undefined ? [] : [{ from: pods, to: dashboards, port: 443, why: 'imports dashboards when it starts' }]),
  ];
};
