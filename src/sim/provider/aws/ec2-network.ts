import type { ResourceModel } from '../engine/model.ts';
import { text, texts } from '../values.ts';
import { arn } from './arn.ts';
import { cidrRule, ec2Fault, ec2References, oneOf } from './rules.ts';
import { cidrRange, zoneId, zonesOf } from './zones.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/ec2/';
const made = (c: { account: { accountId: string } }): { owner_id: string } => ({ owner_id: c.account.accountId });

const vpc: ResourceModel = {
  source: `${S}vpc_.go`, label: 'EC2 VPC',
  forceNew: ['cidr_block', 'instance_tenancy', 'ipv4_ipam_pool_id', 'ipv4_netmask_length'],
  defaults: { enable_dns_support: true, instance_tenancy: 'default' },
  rules: { cidr_block: cidrRule(16, 28), instance_tenancy: oneOf('default', 'dedicated') },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `vpc-0${c.hex(16)}`;
    const [sg, rtb, acl] = [`sg-0${c.hex(16, 'sg')}`, `rtb-0${c.hex(16, 'rtb')}`, `acl-0${c.hex(16, 'acl')}`];
    const owner = { vpc_id: id, owner_id: c.account.accountId, tags: {}, tags_all: {} };
    c.spawn('aws_security_group', sg, { ...owner, name: 'default', description: 'default VPC security group', arn: arn(c, 'ec2', `security-group/${sg}`) });
    c.spawn('aws_route_table', rtb, { ...owner, arn: arn(c, 'ec2', `route-table/${rtb}`) });
    c.spawn('aws_network_acl', acl, { ...owner, arn: arn(c, 'ec2', `network-acl/${acl}`) });
    return {
      id, arn: arn(c, 'ec2', `vpc/${id}`), ...made(c), default_security_group_id: sg, default_route_table_id: rtb, main_route_table_id: rtb,
      default_network_acl_id: acl, dhcp_options_id: `dopt-0${c.hex(16, c.account.accountId)}`, enable_dns_hostnames: false, enable_network_address_usage_metrics: false,
    };
  },
  blockers: (o, { store }) => {
    const users = ['aws_subnet', 'aws_internet_gateway', 'aws_nat_gateway', 'aws_vpc_endpoint', 'aws_security_group', 'aws_route_table', 'aws_network_acl', 'aws_network_interface', 'aws_lb']
      .flatMap((t) => store.list(t)).filter((x) => x.attributes['vpc_id'] === o.id && x.origin !== 'aws');
    return users[0] && ec2Fault('DeleteVpc', 'DependencyViolation', `The vpc '${o.id}' has dependencies and cannot be deleted. (${users.map((u) => u.id).join(', ')})`);
  },
};

const subnet: ResourceModel = {
  source: `${S}vpc_subnet.go`, label: 'EC2 Subnet',
  forceNew: ['availability_zone', 'availability_zone_id', 'cidr_block', 'outpost_arn', 'vpc_id', 'ipv6_native'],
  defaults: {
    assign_ipv6_address_on_creation: false, enable_dns64: false, enable_resource_name_dns_a_record_on_launch: false,
    enable_resource_name_dns_aaaa_record_on_launch: false, ipv6_native: false, map_public_ip_on_launch: false,
  },
  rules: { cidr_block: cidrRule(16, 28) }, conflicts: [['availability_zone', 'availability_zone_id']],
  references: [ec2References('CreateSubnet').vpc('vpc_id')],
  refuse: ({ planned, prior, region, account }) => {
    if (prior) return undefined;
    const zone = text(planned['availability_zone']);
    if (zone !== undefined && zonesOf(region).length > 0 && !zonesOf(region).includes(zone)) {
      return ec2Fault('CreateSubnet', 'InvalidParameterValue', `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zonesOf(region).join(', ')}.`);
    }
    const mine = cidrRange(text(planned['cidr_block']));
    const vpcId = text(planned['vpc_id']) ?? '';
    const network = account.store.get('aws_vpc', region, vpcId);
    const blocks = [text(network?.attributes['cidr_block']), ...account.store.list('aws_vpc_ipv4_cidr_block_association').filter((a) => a.attributes['vpc_id'] === vpcId).map((a) => text(a.attributes['cidr_block']))].map(cidrRange);
    if (network && mine && !blocks.some((b) => b && mine.from >= b.from && mine.to <= b.to)) return ec2Fault('CreateSubnet', 'InvalidSubnet.Range', `The CIDR '${text(planned['cidr_block']) ?? ''}' is invalid.`);
    const rival = account.store.list('aws_subnet').find((s) => {
      const theirs = cidrRange(text(s.attributes['cidr_block']));
      return s.attributes['vpc_id'] === vpcId && theirs && mine && theirs.from <= mine.to && mine.from <= theirs.to;
    });
    return rival && ec2Fault('CreateSubnet', 'InvalidSubnet.Conflict', `The CIDR '${text(planned['cidr_block']) ?? ''}' conflicts with another subnet`);
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `subnet-0${c.hex(16)}`;
    const zone = text(c.planned['availability_zone']) ?? zonesOf(c.region)[0] ?? `${c.region}a`;
    return { id, arn: arn(c, 'ec2', `subnet/${id}`), ...made(c), availability_zone: zone, availability_zone_id: zoneId(zone), private_dns_hostname_type_on_launch: 'ip-name' };
  },
  blockers: (o, { store }) => {
    const used = [...store.list('aws_nat_gateway'), ...store.list('aws_network_interface')].filter((x) => x.attributes['subnet_id'] === o.id)
      .concat(['aws_eks_node_group', 'aws_vpc_endpoint'].flatMap((t) => store.list(t)).filter((x) => texts(x.attributes['subnet_ids']).includes(o.id)));
    return used[0] && ec2Fault('DeleteSubnet', 'DependencyViolation', `The subnet '${o.id}' has dependencies and cannot be deleted. (${used.map((u) => u.id).join(', ')})`);
  },
};

const internetGateway: ResourceModel = {
  source: `${S}vpc_internet_gateway.go`, label: 'EC2 Internet Gateway', references: [ec2References('AttachInternetGateway').vpc('vpc_id')],
  refuse: ({ planned, prior, account }) => {
    const rival = prior ? undefined : account.store.list('aws_internet_gateway').find((g) => g.attributes['vpc_id'] === planned['vpc_id']);
    return rival && ec2Fault('AttachInternetGateway', 'Resource.AlreadyAssociated', `resource ${String(planned['vpc_id'])} is already attached to network ${rival.id}`);
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `igw-0${c.hex(16)}`;
    return { id, arn: arn(c, 'ec2', `internet-gateway/${id}`), ...made(c), vpc_id: '' };
  },
};

const eip: ResourceModel = {
  source: `${S}ec2_eip.go`, label: 'EC2 EIP', forceNew: ['address', 'domain', 'network_border_group', 'public_ipv4_pool', 'ipam_pool_id'],
  compute: (c) => {
    const id = text(c.planned['id']) ?? `eipalloc-0${c.hex(16)}`;
    // 203.0.113.0/24 is for documentation: no real host has such an address.
    const ip = `203.0.113.${Number.parseInt(c.hex(4, 'ip'), 16) % 254 + 1}`;
    return {
      id, allocation_id: id, arn: arn(c, 'ec2', `elastic-ip/${id}`), domain: 'vpc', public_ip: ip, public_dns: `ec2-${ip.replaceAll('.', '-')}.compute-1.amazonaws.com`,
      network_border_group: c.region, public_ipv4_pool: 'amazon',
    };
  },
  blockers: (o, { store }) => {
    const user = store.list('aws_nat_gateway').find((n) => n.attributes['allocation_id'] === o.id);
    return user && ec2Fault('ReleaseAddress', 'InvalidIPAddress.InUse', `Address ${o.id} is in use by ${user.id}.`);
  },
};

const natGateway: ResourceModel = {
  source: `${S}vpc_nat_gateway.go`, label: 'EC2 NAT Gateway', forceNew: ['allocation_id', 'connectivity_type', 'private_ip', 'subnet_id', 'vpc_id', 'availability_mode'],
  defaults: { connectivity_type: 'public' },
  references: [
    ec2References('CreateNatGateway').subnet('subnet_id'),
    { path: 'allocation_id', type: 'aws_eip', fault: (v) => ec2Fault('CreateNatGateway', 'InvalidAllocationID.NotFound', `The allocation ID '${v}' does not exist`) },
  ],
  compute: (c) => {
    const id = text(c.planned['id']) ?? `nat-0${c.hex(16)}`;
    const ip = c.account.store.get('aws_eip', c.region, text(c.planned['allocation_id']) ?? '')?.attributes['public_ip'] ?? '';
    const vpcId = c.account.store.get('aws_subnet', c.region, text(c.planned['subnet_id']) ?? '')?.attributes['vpc_id'] ?? '';
    return { id, association_id: `eipassoc-0${c.hex(16, 'as')}`, network_interface_id: `eni-0${c.hex(16, 'eni')}`, public_ip: ip, private_ip: '', vpc_id: vpcId, availability_mode: 'zonal' };
  },
};

const peering: ResourceModel = {
  source: `${S}vpc_peering_connection.go`, label: 'EC2 VPC Peering Connection', forceNew: ['peer_owner_id', 'peer_region', 'peer_vpc_id', 'vpc_id'],
  references: [ec2References('CreateVpcPeeringConnection').vpc('vpc_id'), { ...ec2References('CreateVpcPeeringConnection').vpc('peer_vpc_id'), anywhere: true }],
  computedBlocks: ['accepter', 'requester'],
  compute: (c) => ({ id: text(c.planned['id']) ?? `pcx-0${c.hex(16)}`, accept_status: c.planned['auto_accept'] === true ? 'active' : 'pending-acceptance', peer_owner_id: c.account.accountId, peer_region: c.region }),
};

const peeringAccepter: ResourceModel = {
  source: `${S}vpc_peering_connection_accepter.go`, label: 'EC2 VPC Peering Connection', forceNew: ['vpc_peering_connection_id'], isShared: true, computedBlocks: ['accepter', 'requester'],
  compute: (c) => {
    const id = text(c.planned['vpc_peering_connection_id']) ?? '';
    const made = c.account.store.list('aws_vpc_peering_connection').find((p) => p.id === id);
    return { id, accept_status: 'active', peer_owner_id: c.account.accountId, peer_region: made?.region ?? c.region, peer_vpc_id: made?.attributes['vpc_id'] ?? '', vpc_id: made?.attributes['peer_vpc_id'] ?? '' };
  },
};

/** Networks, subnets, gateways and peerings. */
export const networkModels: Readonly<Record<string, ResourceModel>> = {
  aws_vpc: vpc, aws_subnet: subnet, aws_internet_gateway: internetGateway, aws_eip: eip, aws_nat_gateway: natGateway,
  aws_vpc_peering_connection: peering, aws_vpc_peering_connection_accepter: peeringAccepter,
};
