import type { Cluster } from '../../config/platform.ts';
import type { ContainerLogsProps } from '../../stacks/container-logs.ts';

/** Kinds of logs of the CloudWatch Observability add-on. Source: CloudWatch user guide, "Container Insights", "Log groups". */
const kinds = ['application', 'dataplane', 'host', 'performance'] as const;

/** Log group of one kind of a cluster's logs in CloudWatch. */
export const containerLogGroup = (cluster: string, kind: string): string => `/aws/containerinsights/${cluster}/${kind}`;

/** Decides the log groups of the CloudWatch Observability add-on; undefined where the cluster has none. Pure. */
export const containerLogsProps = ({ name, components }: Cluster): ContainerLogsProps | undefined => {
  const settings = components['cloudwatch-observability'] as { readonly log_retention_days: number } | undefined;
  return settings && { groups: Object.fromEntries(kinds.map((kind) => [kind, containerLogGroup(name, kind)])), retentionDays: settings.log_retention_days };
};
