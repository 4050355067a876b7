import type { Environment, Platform } from '../../config/platform.ts';
import type { GrafanaProps, ManagedObservabilityProps, PrometheusProps } from '../../stacks/managed-observability.ts';
import { bounded, observabilityPath } from '../../units/aws-names.ts';
import { logsMayUse } from '../../stacks/key-use.ts';
import { boundaryArn, terraformName } from './names.ts';

/** Log group of an environment's Prometheus workspace. */
export const prometheusLogGroup = (environment: string): string => `/aws/vendedlogs/prometheus/${environment}`;

/** Alias of the key of an environment's Prometheus workspaces, with `alias/`. */
export const prometheusKeyAlias = ({ settings }: Environment): string => `alias/${settings.cluster_name_prefix}-prometheus`;

/** Role of Grafana. */
export const grafanaRoleName = ({ settings }: Environment): string => bounded(`${settings.cluster_name_prefix}-grafana`, 64);

const prometheusOf = (platform: Platform, environment: Environment, region: string): PrometheusProps => {
  const { name, partition, accountId, settings: { observability: { amp }, cluster_name_prefix: prefix } } = environment;
  const logGroup = prometheusLogGroup(name);
  return {
    region, alias: prefix, logGroup, retentionDays: amp.log_retention_days, parameter: `${observabilityPath(platform.name, name)}/prometheus-remote-write-url`,
    key: { alias: prometheusKeyAlias(environment), description: `Prometheus workspace of ${name}`, partition, accountId, region, services: [logsMayUse(partition, region, accountId, logGroup)] },
  };
};

/** Calls without resources that the data sources make. Source: Managed Grafana user guide, "Permissions for data sources": CloudWatch, Prometheus. */
const discovery = ['aps:ListWorkspaces', 'cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmsForMetric', 'cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'];

const grafanaOf = (platform: Platform, environment: Environment): GrafanaProps => {
  const { name, accountId, settings: { observability: { amp, amg }, cluster_name_prefix: prefix } } = environment;
  const groups = ([['admin', amg.admin_groups], ['editor', amg.editor_groups], ['viewer', amg.viewer_groups]] as const).filter(([, groupIds]) => groupIds.length > 0);
  return {
    name: prefix, description: `Dashboards of ${name}`, version: amg.version, authentication: amg.authentication, dataSources: [...(amp.enabled ? ['PROMETHEUS'] : []), 'CLOUDWATCH'],
    roleName: grafanaRoleName(environment), accountId, boundaryArn: boundaryArn(platform, environment), allow: [{ sid: 'FindMetrics', actions: discovery, on: ['*'] }],
    groups: Object.fromEntries(groups.map(([role, groupIds]) => [role, { role: role.toUpperCase(), groupIds }])),
  };
};

/** Decides Prometheus and Grafana of AWS; undefined where an environment has neither. Pure. */
export const managedObservabilityProps = (platform: Platform, environment: Environment): ManagedObservabilityProps | undefined => {
  const { regions, settings: { observability: { amp, amg } } } = environment;
  if (!amp.enabled && !amg.enabled) return undefined;
  return {
    prometheus: amp.enabled ? Object.fromEntries(regions.map((region) => [terraformName(region), prometheusOf(platform, environment, region)])) : {},
    ...(amg.enabled ? { grafana: grafanaOf(platform, environment) } : {}),
  };
};
