import { DataAwsSsmParameter } from '#bindings/aws/data-aws-ssm-parameter.js';
import { Ec2TransitGatewayVpcAttachment } from '#bindings/aws/ec2-transit-gateway-vpc-attachment.js';
import type { EksCluster } from '#bindings/aws/eks-cluster.js';
import { Route } from '#bindings/aws/route.js';
import { Route53Record } from '#bindings/aws/route53-record.js';
import { SecurityGroup } from '#bindings/aws/security-group.js';
import { VpcEndpoint } from '#bindings/aws/vpc-endpoint.js';
import { VpcSecurityGroupIngressRule } from '#bindings/aws/vpc-security-group-ingress-rule.js';
import { VpclatticeServiceNetworkVpcAssociation } from '#bindings/aws/vpclattice-service-network-vpc-association.js';
import { Construct } from 'constructs';
import type { Network } from './network.ts';
import { because } from './root.ts';

/** How a cluster's VPC is joined to those of the others. */
export interface TransitProps {
  readonly name: string;
  readonly parameter: string;
  /** Blocks that all clusters' VPCs are taken from: where the gateway leads to. */
  readonly blocks: readonly string[];
  /** Only on spokes whose API server is private: where the hub's Argo CD comes from. */
  readonly hubCidr?: string;
  /** Whether nodes and pods of the other clusters may come in. */
  readonly mesh: boolean;
}

/** What a cluster's VPC reaches beyond itself. */
export interface ClusterConnectivityProps {
  readonly name: string;
  readonly cidr: string;
  readonly transit?: TransitProps;
  /** Parameter that holds the id of the service network. */
  readonly lattice?: { readonly name: string; readonly parameter: string };
  /** Resource name → endpoint to a service of somebody else. */
  readonly endpoints: Readonly<Record<string, { readonly name: string; readonly serviceName: string; readonly port: number; readonly record: string }>>;
}

/** What the construct hangs on, all of the same root. */
export interface ClusterParts {
  readonly network: Network;
  readonly cluster: EksCluster;
  readonly nodeGroupId: string;
  readonly zoneId: string;
}

/** Attachment to the transit gateway, association with the service network, endpoints to services of others. File `connectivity.tf`. */
export class ClusterConnectivity extends Construct {
  constructor(scope: Construct, parts: ClusterParts, props: ClusterConnectivityProps) {
    super(scope, 'connectivity');
    if (props.transit) this.#join(parts, props.transit);
    if (props.lattice) this.#associate(parts, props, props.lattice);
    for (const [id, endpoint] of Object.entries(props.endpoints)) this.#reach(id, parts, props, endpoint);
  }

  #join({ network, cluster, nodeGroupId }: ClusterParts, { name, parameter, blocks, hubCidr, mesh }: TransitProps): void {
    const gateway = because(new DataAwsSsmParameter(this, 'data-aws-ssm-parameter.transit_gateway', { name: parameter }), 'Made by the root of the environment, which is applied first.');
    const attachment = new Ec2TransitGatewayVpcAttachment(this, 'ec2-transit-gateway-vpc-attachment.main', { transitGatewayId: gateway.insecureValue, vpcId: network.vpc.id, subnetIds: network.privateSubnets.map((subnet) => subnet.id), tags: { Name: name } });
    for (const [i, table] of network.insideRouteTables.entries()) {
      for (const [j, block] of blocks.entries()) new Route(this, `route.clusters_${i + 1}_${j + 1}`, { routeTableId: table.id, destinationCidrBlock: block, transitGatewayId: gateway.insecureValue, dependsOn: [attachment] });
    }
    if (hubCidr !== undefined) {
      new VpcSecurityGroupIngressRule(this, 'vpc-security-group-ingress-rule.control_plane_from_hub', {
        securityGroupId: cluster.vpcConfig.clusterSecurityGroupId, description: 'Argo CD on the hub to the API server', ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIpv4: hubCidr, tags: { Name: `${name}-api` },
      });
    }
    for (const [i, block] of (mesh ? blocks : []).entries()) {
      because(new VpcSecurityGroupIngressRule(this, `vpc-security-group-ingress-rule.mesh_${i + 1}`, { securityGroupId: nodeGroupId, description: 'Nodes and pods of other clusters; Cilium decides in detail', ipProtocol: '-1', cidrIpv4: block, tags: { Name: `${name}-mesh` } }),
        'Pods keep their addresses between clusters, so every port of theirs has to pass.');
    }
  }

  #associate({ network }: ClusterParts, { name, cidr }: ClusterConnectivityProps, lattice: NonNullable<ClusterConnectivityProps['lattice']>): void {
    const serviceNetwork = new DataAwsSsmParameter(this, 'data-aws-ssm-parameter.service_network', { name: lattice.parameter });
    const group = new SecurityGroup(this, 'security-group.lattice', { name: `${name}-lattice`, description: 'HTTPS from the VPC to its service network', vpcId: network.vpc.id, tags: { Name: `${name}-lattice` } });
    new VpcSecurityGroupIngressRule(this, 'vpc-security-group-ingress-rule.lattice_https', { securityGroupId: group.id, description: 'HTTPS from the VPC', ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIpv4: cidr, tags: { Name: `${name}-lattice-https` } });
    new VpclatticeServiceNetworkVpcAssociation(this, 'vpclattice-service-network-vpc-association.main', { serviceNetworkIdentifier: serviceNetwork.insecureValue, vpcIdentifier: network.vpc.id, securityGroupIds: [group.id], tags: { Name: lattice.name } });
  }

  #reach(id: string, { network, zoneId }: ClusterParts, { cidr }: ClusterConnectivityProps, endpoint: ClusterConnectivityProps['endpoints'][string]): void {
    const { name, port } = endpoint;
    const group = new SecurityGroup(this, `security-group.link_${id}`, { name, description: 'From the VPC to a service of somebody else', vpcId: network.vpc.id, tags: { Name: name } });
    new VpcSecurityGroupIngressRule(this, `vpc-security-group-ingress-rule.link_${id}`, { securityGroupId: group.id, description: 'From the VPC', ipProtocol: 'tcp', fromPort: port, toPort: port, cidrIpv4: cidr, tags: { Name: name } });
    const made = new VpcEndpoint(this, `vpc-endpoint.link_${id}`, { vpcId: network.vpc.id, serviceName: endpoint.serviceName, vpcEndpointType: 'Interface', privateDnsEnabled: false, subnetIds: network.privateSubnets.map((subnet) => subnet.id), securityGroupIds: [group.id], tags: { Name: name } });
    const dns = made.dnsEntry.get(0);
    new Route53Record(this, `route53-record.link_${id}`, { zoneId, name: endpoint.record, type: 'A', alias: { name: dns.dnsName, zoneId: dns.hostedZoneId, evaluateTargetHealth: false } });
  }
}
