import { DataAwsRouteTable } from '#bindings/aws/data-aws-route-table.js';
import { DataAwsVpc } from '#bindings/aws/data-aws-vpc.js';
import type { EksCluster } from '#bindings/aws/eks-cluster.js';
import { Route } from '#bindings/aws/route.js';
import { VpcPeeringConnection } from '#bindings/aws/vpc-peering-connection.js';
import { VpcPeeringConnectionAccepterA } from '#bindings/aws/vpc-peering-connection-accepter.js';
import { VpcSecurityGroupIngressRule } from '#bindings/aws/vpc-security-group-ingress-rule.js';
import { Construct } from 'constructs';
import type { Network } from './network.ts';
import { because } from './root.ts';

/** How the hub reaches a spoke whose API server is private. */
export interface HubPeeringProps {
  readonly name: string;
  readonly cidr: string;
  readonly hubName: string;
  readonly hubRegion: string;
  readonly hubCidr: string;
  /** Name tags of the hub's private route tables. */
  readonly hubRouteTables: readonly string[];
  readonly crossesRegions: boolean;
}

/**
 * Peering between a spoke's VPC and its hub's: Argo CD reaches the private API server and nothing else. The hub's side is found by
 * name tag and given its routes from here, so that adding a spoke does not touch the hub's root. File `peering.tf`.
 */
export class HubPeering extends Construct {
  constructor(scope: Construct, network: Network, cluster: EksCluster, props: HubPeeringProps) {
    super(scope, 'peering');
    const { hubRegion: region } = props;
    const hub = new DataAwsVpc(this, 'data-aws-vpc.hub', { region, tags: { Name: props.hubName } });
    const peering = because(new VpcPeeringConnection(this, 'vpc-peering-connection.hub', {
      vpcId: network.vpc.id, peerVpcId: hub.id, tags: { Name: props.name },
      ...(props.crossesRegions ? { peerRegion: region, autoAccept: false } : { autoAccept: true }),
    }), 'Public DNS gives the private addresses of a private API server, so routes are all that Argo CD on the hub lacks.');
    const accepted = props.crossesRegions
      ? [new VpcPeeringConnectionAccepterA(this, 'vpc-peering-connection-accepter.hub', { region, vpcPeeringConnectionId: peering.id, autoAccept: true, tags: { Name: props.name } })]
      : [];
    for (const [i, table] of network.controlPlaneRouteTables.entries()) {
      new Route(this, `route.to_hub_${i + 1}`, { routeTableId: table.id, destinationCidrBlock: props.hubCidr, vpcPeeringConnectionId: peering.id, dependsOn: accepted });
    }
    for (const [i, name] of props.hubRouteTables.entries()) {
      const table = new DataAwsRouteTable(this, `data-aws-route-table.hub_${i + 1}`, { region, vpcId: hub.id, tags: { Name: name } });
      new Route(this, `route.from_hub_${i + 1}`, { region, routeTableId: table.id, destinationCidrBlock: props.cidr, vpcPeeringConnectionId: peering.id, dependsOn: accepted });
    }
    new VpcSecurityGroupIngressRule(this, 'vpc-security-group-ingress-rule.control_plane_from_hub', {
      securityGroupId: cluster.vpcConfig.clusterSecurityGroupId, description: 'Argo CD on the hub to the API server', ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIpv4: props.hubCidr, tags: { Name: `${props.name}-api` },
    });
  }
}
