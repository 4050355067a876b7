import { EksAccessEntry } from '#bindings/aws/eks-access-entry.js';
import { EksAccessPolicyAssociation } from '#bindings/aws/eks-access-policy-association.js';
import type { EksCluster } from '#bindings/aws/eks-cluster.js';
import { Construct } from 'constructs';

/** Who gets into a cluster: resource name → IAM principal and the EKS access policy for the whole cluster. */
export type ClusterAccessProps = Readonly<Record<string, { readonly principalArn: string; readonly policyArn: string }>>;

/** Access entries, never Kubernetes groups with rights of their own such as `system:masters`. File `access.tf`. */
export class ClusterAccess extends Construct {
  constructor(scope: Construct, cluster: EksCluster, entries: ClusterAccessProps) {
    super(scope, 'access');
    for (const [id, { principalArn, policyArn }] of Object.entries(entries)) {
      const entry = new EksAccessEntry(this, `eks-access-entry.${id}`, { clusterName: cluster.name, principalArn, type: 'STANDARD' });
      new EksAccessPolicyAssociation(this, `eks-access-policy-association.${id}`, {
        clusterName: cluster.name, principalArn: entry.principalArn, policyArn, accessScope: { type: 'cluster' },
      });
    }
  }
}
