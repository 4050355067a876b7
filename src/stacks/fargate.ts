import type { EksCluster } from '#bindings/aws/eks-cluster.js';
import { EksFargateProfile } from '#bindings/aws/eks-fargate-profile.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicyAttachment } from '#bindings/aws/iam-role-policy-attachment.js';
import { VpcSecurityGroupIngressRule } from '#bindings/aws/vpc-security-group-ingress-rule.js';
import { Construct } from 'constructs';
import type { Network } from './network.ts';
import { policy } from './policy.ts';
import { toMap } from './expression.ts';
import type { Pair } from './expression.ts';
import { accepted, because } from './root.ts';

/** Fargate of one cluster. */
export interface FargateProps {
  readonly roleName: string;
  readonly boundaryArn: string;
  readonly policyArn: string;
  readonly accountId: string;
  /** ARN of the cluster's Fargate profiles, with `*` for their names. */
  readonly profileArns: string;
  /** Resource name → profile. */
  readonly profiles: Readonly<Record<string, { readonly name: string; readonly namespaces: readonly string[]; readonly labels: readonly Pair[] }>>;
}

/**
 * Fargate profiles, the role of their pods' kubelets and the ways between their pods and those on nodes. Pods on Fargate are in the cluster's
 * own security group. File `fargate.tf`.
 */
export class Fargate extends Construct {
  constructor(scope: Construct, { network, cluster, nodeGroupId }: { readonly network: Network; readonly cluster: EksCluster; readonly nodeGroupId: string }, props: FargateProps) {
    super(scope, 'fargate');
    const role = new IamRole(this, 'iam-role.fargate', {
      name: props.roleName, permissionsBoundary: props.boundaryArn,
      assumeRolePolicy: policy([{
        principals: { Service: ['eks-fargate-pods.amazonaws.com'] }, actions: ['sts:AssumeRole'],
        when: { StringEquals: [{ key: 'aws:SourceAccount', values: [props.accountId] }], ArnLike: [{ key: 'aws:SourceArn', values: [props.profileArns] }] },
      }]),
    });
    const pulls = new IamRolePolicyAttachment(this, 'iam-role-policy-attachment.fargate', { role: role.name, policyArn: props.policyArn });
    const pods = cluster.vpcConfig.clusterSecurityGroupId;
    for (const protocol of ['tcp', 'udp']) {
      new VpcSecurityGroupIngressRule(this, `vpc-security-group-ingress-rule.dns_from_fargate_${protocol}`, {
        securityGroupId: nodeGroupId, description: 'Pods on Fargate to CoreDNS', ipProtocol: protocol, fromPort: 53, toPort: 53, referencedSecurityGroupId: pods,
      });
    }
    accepted(new VpcSecurityGroupIngressRule(this, 'vpc-security-group-ingress-rule.fargate_from_nodes', {
      securityGroupId: pods, description: 'Pods on nodes to pods on Fargate', ipProtocol: 'tcp', fromPort: 1025, toPort: 65535, referencedSecurityGroupId: nodeGroupId,
    }), { CKV_AWS_25: 'from the nodes only; which of their ports pods listen on is theirs to choose' });
    for (const [id, { name, namespaces, labels }] of Object.entries(props.profiles)) {
      because(new EksFargateProfile(this, `eks-fargate-profile.${id}`, {
        clusterName: cluster.name, fargateProfileName: name, podExecutionRoleArn: role.arn, subnetIds: network.privateSubnets.map((subnet) => subnet.id),
        selector: namespaces.map((namespace) => ({ namespace, ...(labels.length > 0 ? { labels: toMap(labels) } : {}) })),
        dependsOn: [pulls],
      }), 'Pods here run without Cilium: EKS puts its own CNI on Fargate and takes no other.');
    }
  }
}
