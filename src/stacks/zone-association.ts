import { DataAwsRoute53Zone } from '#bindings/aws/data-aws-route53-zone.js';
import { Route53ZoneAssociation } from '#bindings/aws/route53-zone-association.js';
import { Construct } from 'constructs';
import type { Network } from './network.ts';

/** The environment's private zone and where the VPC is. */
export interface ZoneAssociationProps {
  readonly domain: string;
  readonly region: string;
}

/** Makes the environment's private zone resolve in the cluster's VPC, whatever its region. File `dns.tf`. */
export class ZoneAssociation extends Construct {
  readonly zone: DataAwsRoute53Zone;

  constructor(scope: Construct, network: Network, { domain, region }: ZoneAssociationProps) {
    super(scope, 'dns');
    this.zone = new DataAwsRoute53Zone(this, 'data-aws-route53-zone.private', { name: domain, privateZone: true });
    new Route53ZoneAssociation(this, 'route53-zone-association.cluster', { zoneId: this.zone.zoneId, vpcId: network.vpc.id, vpcRegion: region });
  }
}
