import { SecurityGroup } from '#bindings/aws/security-group.js';
import { VpcEndpoint } from '#bindings/aws/vpc-endpoint.js';
import { VpcSecurityGroupIngressRule } from '#bindings/aws/vpc-security-group-ingress-rule.js';
import { Construct } from 'constructs';
import type { Network } from './network.ts';
import { because } from './root.ts';

/** AWS services reached without leaving the VPC. */
export interface VpcEndpointsProps {
  readonly name: string;
  readonly cidr: string;
  /** Full name of the S3 gateway service. */
  readonly s3: string;
  /** How many zones the interface endpoints are in: the first ones. Their names lead there from everywhere in the VPC. */
  readonly zones: number;
  /** Resource name → full service name and name tag, for interface endpoints. */
  readonly interfaces: Readonly<Record<string, { readonly service: string; readonly name: string }>>;
}

/** S3 gateway endpoint and the interface endpoints that private nodes need. File `endpoints.tf`. */
export class VpcEndpoints extends Construct {
  constructor(scope: Construct, network: Network, { name, cidr, s3, zones, interfaces }: VpcEndpointsProps) {
    super(scope, 'endpoints');
    const vpcId = network.vpc.id;
    because(new VpcEndpoint(this, 'vpc-endpoint.s3', {
      vpcId, serviceName: s3, vpcEndpointType: 'Gateway', routeTableIds: network.routeTables.map((table) => table.id), tags: { Name: `${name}-s3` },
    }), 'Image layers come from S3: without this they would pass, and be paid for, at the NAT gateways.');
    if (Object.keys(interfaces).length === 0) return;
    const group = because(new SecurityGroup(this, 'security-group.endpoints', {
      name: `${name}-endpoints`, description: 'HTTPS from the VPC to its endpoints', vpcId, tags: { Name: `${name}-endpoints` },
    }), 'Without the discovery tag: Karpenter must never attach this group to a node.');
    new VpcSecurityGroupIngressRule(this, 'vpc-security-group-ingress-rule.endpoints_https', {
      securityGroupId: group.id, description: 'HTTPS from the VPC', ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIpv4: cidr, tags: { Name: `${name}-endpoints-https` },
    });
    const subnetIds = network.privateSubnets.slice(0, zones).map((subnet) => subnet.id);
    for (const [id, endpoint] of Object.entries(interfaces)) {
      new VpcEndpoint(this, `vpc-endpoint.${id}`, {
        vpcId, serviceName: endpoint.service, vpcEndpointType: 'Interface', privateDnsEnabled: true, subnetIds, securityGroupIds: [group.id], tags: { Name: endpoint.name },
      });
    }
  }
}
