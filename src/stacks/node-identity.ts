import { EksAccessEntry } from '#bindings/aws/eks-access-entry.js';
import type { EksCluster } from '#bindings/aws/eks-cluster.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicyAttachment } from '#bindings/aws/iam-role-policy-attachment.js';
import { Construct } from 'constructs';
import { serviceTrust } from './policy.ts';
import { because } from './root.ts';

/** Role of nodes. */
export interface NodeIdentityProps {
  readonly roleName: string;
  readonly boundaryArn: string;
  /** Name of an AWS managed policy in Terraform → its ARN. */
  readonly managedPolicies: Readonly<Record<string, string>>;
  /** EKS makes the entry itself for managed node groups; others need ours, or their nodes can't join. */
  readonly needsAccessEntry: boolean;
}

/** IAM role of nodes, without any right of a CNI: Cilium's operator has its own. */
export class NodeIdentity extends Construct {
  readonly role: IamRole;

  constructor(scope: Construct, id: string, cluster: EksCluster, props: NodeIdentityProps) {
    super(scope, id);
    this.role = new IamRole(this, `iam-role.${id}`, { name: props.roleName, assumeRolePolicy: serviceTrust('ec2.amazonaws.com'), permissionsBoundary: props.boundaryArn });
    for (const [policyId, policyArn] of Object.entries(props.managedPolicies)) {
      new IamRolePolicyAttachment(this, `iam-role-policy-attachment.${id}_${policyId}`, { role: this.role.name, policyArn });
    }
    if (props.needsAccessEntry) {
      because(new EksAccessEntry(this, `eks-access-entry.${id}`, { clusterName: cluster.name, principalArn: this.role.arn, type: 'EC2_LINUX' }),
        'Without this entry the API server refuses the kubelets of these nodes.');
    }
  }
}
