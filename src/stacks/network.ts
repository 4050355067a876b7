import { DefaultSecurityGroup } from '#bindings/aws/default-security-group.js';
import { Eip } from '#bindings/aws/eip.js';
import { InternetGateway } from '#bindings/aws/internet-gateway.js';
import { NatGateway } from '#bindings/aws/nat-gateway.js';
import { Route } from '#bindings/aws/route.js';
import { RouteTable } from '#bindings/aws/route-table.js';
import { RouteTableAssociation } from '#bindings/aws/route-table-association.js';
import { Subnet } from '#bindings/aws/subnet.js';
import { Vpc } from '#bindings/aws/vpc.js';
import { Construct } from 'constructs';
import { because } from './root.ts';

/** One subnet, decided: its name, zone, block and tags beyond the default ones. */
export interface SubnetProps {
  readonly name: string;
  readonly zone: string;
  readonly cidr: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The VPC of one cluster. Subnets of one kind are in the order of the zones. */
export interface NetworkProps {
  readonly name: string;
  readonly cidr: string;
  readonly public: readonly SubnetProps[];
  readonly private: readonly SubnetProps[];
  /** For the control plane's interfaces; may be empty. */
  readonly intra: readonly SubnetProps[];
  /** Name tags of the private subnets' route tables. */
  readonly privateRouteTables: readonly string[];
  /** One per NAT gateway, its name: none, one for all zones, or one per zone. */
  readonly natGateways: readonly string[];
}

const anywhere = '0.0.0.0/0';

/** VPC with its subnets, ways to the internet and route tables; the default security group is closed. File `network.tf`. */
export class Network extends Construct {
  readonly vpc: Vpc;
  readonly privateSubnets: readonly Subnet[];
  readonly intraSubnets: readonly Subnet[];
  /** Route tables of the subnets that hold the control plane's interfaces. */
  readonly controlPlaneRouteTables: readonly RouteTable[];
  /** Route tables of all subnets without a way in from the internet. */
  readonly insideRouteTables: readonly RouteTable[];
  /** Every route table, for gateway endpoints. */
  readonly routeTables: readonly RouteTable[];

  constructor(scope: Construct, { name, cidr, natGateways, privateRouteTables, ...subnets }: NetworkProps) {
    super(scope, 'network');
    this.vpc = new Vpc(this, 'vpc.main', { cidrBlock: cidr, enableDnsHostnames: true, enableDnsSupport: true, tags: { Name: name } });
    because(new DefaultSecurityGroup(this, 'default-security-group.closed', { vpcId: this.vpc.id, tags: { Name: `${name}-closed` } }),
      'Takes every rule from the group that AWS attaches where none is named.');
    const publicSubnets = this.#subnets('public', subnets.public);
    this.privateSubnets = this.#subnets('private', subnets.private);
    this.intraSubnets = this.#subnets('intra', subnets.intra);

    const gateway = new InternetGateway(this, 'internet-gateway.main', { vpcId: this.vpc.id, tags: { Name: name } });
    const toInternet = this.#routeTable('public', `${name}-public`);
    new Route(this, 'route.public_internet', { routeTableId: toInternet.id, destinationCidrBlock: anywhere, gatewayId: gateway.id });
    this.#associate('public', publicSubnets, () => toInternet);

    const nats = natGateways.map((natName, i) => this.#nat(i, natName, publicSubnets[i], gateway));
    const toNat = this.privateSubnets.map((_, i) => this.#privateTable(i, privateRouteTables[i] ?? name, nats[i] ?? nats[0]));
    this.#associate('private', this.privateSubnets, (i) => toNat[i]);

    const nowhere = this.intraSubnets.length > 0 ? [this.#routeTable('intra', `${name}-intra`)] : [];
    this.#associate('intra', this.intraSubnets, () => nowhere[0]);
    this.controlPlaneRouteTables = nowhere.length > 0 ? nowhere : toNat;
    this.insideRouteTables = [...toNat, ...nowhere];
    this.routeTables = [toInternet, ...this.insideRouteTables];
  }

  #subnets(kind: string, each: readonly SubnetProps[]): readonly Subnet[] {
    return each.map(({ name, zone, cidr, tags }, i) =>
      new Subnet(this, `subnet.${kind}_${i + 1}`, { vpcId: this.vpc.id, availabilityZone: zone, cidrBlock: cidr, mapPublicIpOnLaunch: false, tags: { Name: name, ...tags } }));
  }

  #routeTable(id: string, name: string): RouteTable {
    return new RouteTable(this, `route-table.${id}`, { vpcId: this.vpc.id, tags: { Name: name } });
  }

  #associate(kind: string, subnets: readonly Subnet[], tableOf: (i: number) => RouteTable | undefined): void {
    for (const [i, subnet] of subnets.entries()) {
      const table = tableOf(i);
      if (table) new RouteTableAssociation(this, `route-table-association.${kind}_${i + 1}`, { subnetId: subnet.id, routeTableId: table.id });
    }
  }

  #nat(i: number, name: string, subnet: Subnet | undefined, gateway: InternetGateway): NatGateway {
    if (!subnet) throw new Error('a NAT gateway needs a public subnet in its zone');
    const address = new Eip(this, `eip.nat_${i + 1}`, { domain: 'vpc', tags: { Name: name }, dependsOn: [gateway] });
    return new NatGateway(this, `nat-gateway.zone_${i + 1}`, { allocationId: address.id, subnetId: subnet.id, tags: { Name: name }, dependsOn: [gateway] });
  }

  #privateTable(i: number, name: string, nat: NatGateway | undefined): RouteTable {
    const table = this.#routeTable(`private_${i + 1}`, name);
    if (nat) new Route(this, `route.private_${i + 1}_internet`, { routeTableId: table.id, destinationCidrBlock: anywhere, natGatewayId: nat.id });
    return table;
  }
}
