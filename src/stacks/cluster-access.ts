import { EksAccessEntry } from '#bindings/aws/eks-access-entry.js';
import { EksAccessPolicyAssociation } from '#bindings/aws/eks-access-policy-association.js';
import type { EksCluster } from '#bindings/aws/eks-cluster.js';
import { Construct } from 'constructs';

/** One IAM principal: an EKS access policy for the whole cluster, or groups whose rights the cluster's own roles say, or both. */
export interface AccessEntry {
  readonly principalArn: string;
  readonly policyArn?: string;
  readonly groups?: readonly string[];
}

/** Who gets into a cluster, by resource name; each principal once. */
export type ClusterAccessProps = Readonly<Record<string, AccessEntry>>;

/** Access entries, never Kubernetes groups with rights of their own such as `system:masters`. File `access.tf`. */
export class ClusterAccess extends Construct {
  constructor(scope: Construct, cluster: EksCluster, entries: ClusterAccessProps) {
    super(scope, 'access');
    for (const [id, { principalArn, policyArn, groups = [] }] of Object.entries(entries)) {
      const entry = new EksAccessEntry(this, `eks-access-entry.${id}`, { clusterName: cluster.name, principalArn, type: 'STANDARD', ...(groups.length > 0 ? { kubernetesGroups: [...groups] } : {}) });
      if (policyArn === undefined) continue;
      new EksAccessPolicyAssociation(this, `eks-access-policy-association.${id}`, {
        clusterName: cluster.name, principalArn: entry.principalArn, policyArn, accessScope: { type: 'cluster' },
      });
    }
  }
}
