import type { Cluster, Platform } from '../../config/platform.ts';
import type { FlowLogProps } from '../../stacks/flow-log.ts';
import { clusterRoleName } from '../../units/aws-names.ts';
import { flowLogGroup } from './edge-names.ts';
import { boundaryArn, regionalArn } from './names.ts';

/** Decides the flow log of a cluster's VPC; undefined where it is off. Pure. */
export const flowLogProps = (platform: Platform, cluster: Cluster): FlowLogProps | undefined => {
  const { enabled, traffic, retention_days: retentionDays, interval_seconds: intervalSeconds } = cluster.network.flow_logs;
  return enabled ? {
    name: cluster.name, logGroupName: flowLogGroup(cluster.name), retentionDays, traffic, intervalSeconds,
    roleName: clusterRoleName(cluster.name, 'flow-log'), boundaryArn: boundaryArn(platform, cluster), accountId: cluster.accountId, flowLogArns: regionalArn(cluster, 'ec2', 'vpc-flow-log/*'), logGroupArns: regionalArn(cluster, 'logs', 'log-group:*'),
  } : undefined;
};
