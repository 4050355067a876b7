import type { Cluster, Platform } from '../../config/platform.ts';
import type { FargateProps } from '../../stacks/fargate.ts';
import { clusterRoleName } from '../../units/aws-names.ts';
import { boundaryArn, managedPolicyArn, regionalArn, terraformName } from './names.ts';

/** Decides a cluster's Fargate profiles; undefined where they are off. Pure. */
export const fargateProps = (platform: Platform, cluster: Cluster): FargateProps | undefined => {
  const { enabled, profiles } = cluster.kubernetes.fargate;
  return enabled ? {
    roleName: clusterRoleName(cluster.name, 'fargate'), boundaryArn: boundaryArn(platform, cluster), policyArn: managedPolicyArn(cluster.partition, 'AmazonEKSFargatePodExecutionRolePolicy'),
    accountId: cluster.accountId, profileArns: regionalArn(cluster, 'eks', `fargateprofile/${cluster.name}/*`),
    profiles: Object.fromEntries(profiles.map(({ name, namespaces, labels }) => [terraformName(name), { name, namespaces, labels: Object.entries(labels).map(([key, value]) => ({ key, value })) }])),
  } : undefined;
};
