import type { EksCluster } from '#bindings/aws/eks-cluster.js';
import { SecurityGroup } from '#bindings/aws/security-group.js';
import { VpcSecurityGroupEgressRule } from '#bindings/aws/vpc-security-group-egress-rule.js';
import { VpcSecurityGroupIngressRule } from '#bindings/aws/vpc-security-group-ingress-rule.js';
import { Construct } from 'constructs';
import { toMap } from './expression.ts';
import type { Pair } from './expression.ts';
import type { Network } from './network.ts';
import { accepted, because } from './root.ts';

/** The one security group of all nodes and their pods. */
export interface NodeSecurityGroupProps {
  readonly name: string;
  /** Discovery tag of Karpenter and ownership tag of the load balancer controller. */
  readonly tags: readonly Pair[];
}

/** Security group of nodes and pods, and the way from it to the control plane. */
export class NodeSecurityGroup extends Construct {
  readonly group: SecurityGroup;

  constructor(scope: Construct, network: Network, cluster: EksCluster, { name, tags }: NodeSecurityGroupProps) {
    super(scope, 'node-security-group');
    const control = cluster.vpcConfig.clusterSecurityGroupId;
    this.group = accepted(because(new SecurityGroup(this, 'security-group.nodes', { name, description: 'Nodes and pods', vpcId: network.vpc.id, tags: { Name: name, ...toMap(tags) } }),
      'The only group with the discovery tag: Karpenter attaches it, and the load balancer controller expects exactly one.'), { CKV2_AWS_5: 'attached by the launch template and by Karpenter' });
    const node = this.group.id;
    const rule = { securityGroupId: node };
    new VpcSecurityGroupIngressRule(this, 'vpc-security-group-ingress-rule.nodes_self', { ...rule, description: 'Between nodes and pods; Cilium decides in detail', ipProtocol: '-1', referencedSecurityGroupId: node, tags: { Name: `${name}-self` } });
    new VpcSecurityGroupIngressRule(this, 'vpc-security-group-ingress-rule.nodes_https_from_control_plane', { ...rule, description: 'Control plane to webhooks on 443', ipProtocol: 'tcp', fromPort: 443, toPort: 443, referencedSecurityGroupId: control, tags: { Name: `${name}-control-plane-https` } });
    accepted(new VpcSecurityGroupIngressRule(this, 'vpc-security-group-ingress-rule.nodes_from_control_plane', { ...rule, description: 'Control plane to kubelets, webhooks and API services', ipProtocol: 'tcp', fromPort: 1025, toPort: 65535, referencedSecurityGroupId: control, tags: { Name: `${name}-control-plane` } }), { CKV_AWS_25: 'open to the security group of the control plane only' });
    new VpcSecurityGroupEgressRule(this, 'vpc-security-group-egress-rule.nodes_all', { ...rule, description: 'Anywhere; Cilium decides in detail', ipProtocol: '-1', cidrIpv4: '0.0.0.0/0', tags: { Name: `${name}-all` } });
    new VpcSecurityGroupIngressRule(this, 'vpc-security-group-ingress-rule.control_plane_https', { securityGroupId: control, description: 'Nodes and pods to the API server', ipProtocol: 'tcp', fromPort: 443, toPort: 443, referencedSecurityGroupId: node, tags: { Name: `${name}-to-control-plane` } });
  }
}
