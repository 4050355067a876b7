import type { FilledStatement, Placeholders, PolicyFact } from '../../catalog/iam/policy.ts';
import { fillPolicy } from '../../catalog/iam/policy.ts';
import type { Cluster } from '../config/platform.ts';
import type { IamRoleNeed } from '../model/infra.ts';
import { clusterRoleName, roleArn } from '../units/aws-names.ts';

type Allowed = IamRoleNeed['allow'];

/**
 * Fills the policies a pinned controller documents with this cluster's place; `more` adds placeholders of their own. Filled when somebody reads
 * them: most clusters of a fleet are not rendered again, and need no more than the name of the role.
 */
export const documented = (cluster: Cluster, policies: readonly PolicyFact[], more: Placeholders = {}) => (): readonly FilledStatement[] => {
  const values = { partition: cluster.partition, region: cluster.region, account: cluster.accountId, cluster: cluster.name, ...more };
  return policies.flatMap((policy) => fillPolicy(policy, values));
};

/** Role of one service account of a cluster (IRSA). The name is computed, so that its ARN is known before apply. */
export const workloadRole = (cluster: Cluster, purpose: string, namespace: string, serviceAccount: string, allow: Allowed | (() => Allowed)): IamRoleNeed => {
  const roleName = clusterRoleName(cluster.name, purpose);
  let made: Allowed | undefined;
  return { kind: 'iam-role', roleName, arn: roleArn(cluster, roleName), namespace, serviceAccount, get allow() { return (made ??= typeof allow === 'function' ? allow() : allow); } };
};

/** Annotation by which EKS hands a pod its role. */
export const roleAnnotation = (arn: string): Readonly<Record<string, string>> => ({ 'eks.amazonaws.com/role-arn': arn });
