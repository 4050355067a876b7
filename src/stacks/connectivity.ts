import { Ec2TransitGateway } from '#bindings/aws/ec2-transit-gateway.js';
import { Ec2TransitGatewayPeeringAttachment } from '#bindings/aws/ec2-transit-gateway-peering-attachment.js';
import { Ec2TransitGatewayPeeringAttachmentAccepter } from '#bindings/aws/ec2-transit-gateway-peering-attachment-accepter.js';
import { Ec2TransitGatewayRoute } from '#bindings/aws/ec2-transit-gateway-route.js';
import { VpcEndpointService } from '#bindings/aws/vpc-endpoint-service.js';
import { VpclatticeServiceNetwork } from '#bindings/aws/vpclattice-service-network.js';
import { Construct } from 'constructs';
import { publish } from './published.ts';
import { because } from './root.ts';

/** A thing of one region whose id is published there. */
export interface RegionalProps {
  readonly name: string;
  readonly region: string;
  readonly parameter: string;
}

/** The way between the transit gateways of two regions, and what is on either side. Resource names of gateways are the only keys. */
export interface GatewayPeeringProps {
  readonly from: Readonly<Record<string, true>>;
  readonly to: Readonly<Record<string, true>>;
  readonly fromRegion: string;
  readonly toRegion: string;
  readonly name: string;
  /** Resource name → block of a cluster. */
  readonly fromCidrs: Readonly<Record<string, string>>;
  readonly toCidrs: Readonly<Record<string, string>>;
}

/** What joins the clusters of an environment, and what they offer to others. */
export interface ConnectivityProps {
  readonly gateways: Readonly<Record<string, RegionalProps>>;
  readonly peerings: Readonly<Record<string, GatewayPeeringProps>>;
  readonly serviceNetworks: Readonly<Record<string, RegionalProps>>;
  readonly services: Readonly<Record<string, { readonly name: string; readonly region: string; readonly loadBalancerArns: readonly string[]; readonly principals: readonly string[]; readonly acceptance: boolean }>>;
}

/** Transit gateways, their peerings, service networks and endpoint services. File `connectivity.tf`. */
export class Connectivity extends Construct {
  /** Resource name → name that others create endpoints with. */
  readonly serviceNames: Readonly<Record<string, string>>;

  constructor(scope: Construct, { gateways, peerings, serviceNetworks, services }: ConnectivityProps) {
    super(scope, 'connectivity');
    const made = new Map(Object.entries(gateways).map(([id, { name, region, parameter }]) => {
      const gateway = new Ec2TransitGateway(this, `ec2-transit-gateway.${id}`, { region, description: name, autoAcceptSharedAttachments: 'disable', tags: { Name: name } });
      publish(this, `transit_gateway_${id}`, { region, name: parameter, description: 'Transit gateway of this region' }, gateway.id);
      return [id, gateway] as const;
    }));
    for (const [id, peering] of Object.entries(peerings)) this.#peer(id, peering, made);
    for (const [id, { name, region, parameter }] of Object.entries(serviceNetworks)) {
      const network = because(new VpclatticeServiceNetwork(this, `vpclattice-service-network.${id}`, { region, name, authType: 'NONE', tags: { Name: name } }), 'Services decide who may call them: with IAM here, and no policy, nobody could.');
      publish(this, `service_network_${id}`, { region, name: parameter, description: 'VPC Lattice service network of this region' }, network.id);
    }
    this.serviceNames = Object.fromEntries(Object.entries(services).map(([id, { name, region, loadBalancerArns, principals, acceptance }]) => [id, new VpcEndpointService(this, `vpc-endpoint-service.${id}`, {
      region, networkLoadBalancerArns: [...loadBalancerArns], acceptanceRequired: acceptance, allowedPrincipals: [...principals], tags: { Name: name },
    }).serviceName]));
  }

  #peer(id: string, { from, to, fromRegion, toRegion, name, fromCidrs, toCidrs }: GatewayPeeringProps, made: ReadonlyMap<string, Ec2TransitGateway>): void {
    const [here, there] = [made.get(Object.keys(from)[0] ?? ''), made.get(Object.keys(to)[0] ?? '')];
    if (!here || !there) throw new Error('a peering joins two gateways of this root');
    const attachment = new Ec2TransitGatewayPeeringAttachment(this, `ec2-transit-gateway-peering-attachment.${id}`, { region: fromRegion, transitGatewayId: here.id, peerTransitGatewayId: there.id, peerRegion: toRegion, tags: { Name: name } });
    const accepted = new Ec2TransitGatewayPeeringAttachmentAccepter(this, `ec2-transit-gateway-peering-attachment-accepter.${id}`, { region: toRegion, transitGatewayAttachmentId: attachment.id, tags: { Name: name } });
    const route = (key: string, region: string, gateway: Ec2TransitGateway, cidr: string): void => {
      new Ec2TransitGatewayRoute(this, `ec2-transit-gateway-route.${id}_${key}`, { region, transitGatewayRouteTableId: gateway.associationDefaultRouteTableId, destinationCidrBlock: cidr, transitGatewayAttachmentId: accepted.id });
    };
    for (const [key, cidr] of Object.entries(toCidrs)) route(key, fromRegion, here, cidr);
    for (const [key, cidr] of Object.entries(fromCidrs)) route(key, toRegion, there, cidr);
  }
}
