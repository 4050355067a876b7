import type { Change, ResourceModel } from '../engine/model.ts';
import { text } from '../values.ts';
import { arn } from './arn.ts';
import { cidrRule, ec2Fault, ec2References, oneOf } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/ec2/';
const TARGETS = ['carrier_gateway_id', 'core_network_arn', 'egress_only_gateway_id', 'gateway_id', 'local_gateway_id', 'nat_gateway_id', 'network_interface_id', 'transit_gateway_id', 'vpc_endpoint_id', 'vpc_peering_connection_id', 'odb_network_arn'];

const routeTable: ResourceModel = {
  source: `${S}vpc_route_table.go`, label: 'EC2 Route Table', forceNew: ['vpc_id'], references: [ec2References('CreateRouteTable').vpc('vpc_id')],
  compute: (c) => {
    const id = text(c.planned['id']) ?? `rtb-0${c.hex(16)}`;
    return { id, arn: arn(c, 'ec2', `route-table/${id}`), owner_id: c.account.accountId, propagating_vgws: [], route: [] };
  },
  blockers: (o, { store }) => {
    const user = store.list('aws_route_table_association').find((a) => a.attributes['route_table_id'] === o.id);
    return user && ec2Fault('DeleteRouteTable', 'DependencyViolation', `The routeTable '${o.id}' has dependencies and cannot be deleted. (${user.id})`);
  },
};

const destination = (c: { planned: Change['planned'] }): string =>
  text(c.planned['destination_cidr_block']) ?? text(c.planned['destination_ipv6_cidr_block']) ?? text(c.planned['destination_prefix_list_id']) ?? '';

const route: ResourceModel = {
  source: `${S}vpc_route.go`, label: 'Route', forceNew: ['route_table_id', 'destination_cidr_block', 'destination_ipv6_cidr_block', 'destination_prefix_list_id'],
  rules: { destination_cidr_block: cidrRule() },
  exactlyOne: [TARGETS, ['destination_cidr_block', 'destination_ipv6_cidr_block', 'destination_prefix_list_id']],
  references: [
    ec2References('CreateRoute').table('route_table_id'),
    { path: 'nat_gateway_id', type: 'aws_nat_gateway', fault: (v) => ec2Fault('CreateRoute', 'InvalidNatGatewayID.NotFound', `The natGateway ID '${v}' does not exist`) },
    { path: 'gateway_id', type: 'aws_internet_gateway', fault: (v) => ec2Fault('CreateRoute', 'InvalidGatewayID.NotFound', `The gateway ID '${v}' does not exist`) },
    { path: 'transit_gateway_id', type: 'aws_ec2_transit_gateway', fault: (v) => ec2Fault('CreateRoute', 'InvalidTransitGatewayID.NotFound', `The transitGateway ID '${v}' does not exist`) },
    { path: 'vpc_peering_connection_id', type: 'aws_vpc_peering_connection', anywhere: true, fault: (v) => ec2Fault('CreateRoute', 'InvalidVpcPeeringConnectionID.NotFound', `The vpcPeeringConnection ID '${v}' does not exist`) },
  ],
  name: (a) => `${text(a['route_table_id']) ?? ''}_${destination({ planned: a })}`,
  refuse: (c) => {
    const rival = c.prior ? undefined : c.account.store.list('aws_route').find((r) => r.attributes['route_table_id'] === c.planned['route_table_id'] && destination({ planned: r.attributes }) === destination(c));
    return rival && ec2Fault('CreateRoute', 'RouteAlreadyExists', `The route identified by ${destination(c)} already exists.`);
  },
  // The provider makes the id of the table's id and Go's string hash (CRC 32) of the destination.
  compute: (c) => ({ id: text(c.planned['id']) ?? `r-${text(c.planned['route_table_id']) ?? ''}${Number.parseInt(c.hex(7, destination(c)), 16)}`, origin: 'CreateRoute', state: 'active', instance_id: '', instance_owner_id: '', network_interface_id: '' }),
};

const routeTableAssociation: ResourceModel = {
  source: `${S}vpc_route_table_association.go`, label: 'EC2 Route Table Association', forceNew: ['gateway_id', 'subnet_id'],
  exactlyOne: [['subnet_id', 'gateway_id']], references: [ec2References('AssociateRouteTable').table('route_table_id'), ec2References('AssociateRouteTable').subnet('subnet_id')],
  refuse: ({ planned, prior, account }) => {
    const rival = prior || text(planned['subnet_id']) === undefined ? undefined : account.store.list('aws_route_table_association').find((a) => a.attributes['subnet_id'] === planned['subnet_id']);
    return rival && ec2Fault('AssociateRouteTable', 'Resource.AlreadyAssociated', `the specified association for route table ${text(planned['route_table_id']) ?? ''} conflicts with an existing association`);
  },
  compute: (c) => ({ id: text(c.planned['id']) ?? `rtbassoc-0${c.hex(16)}` }),
};

const vpcEndpoint: ResourceModel = {
  source: `${S}vpc_endpoint.go`, label: 'EC2 VPC Endpoint',
  forceNew: ['auto_accept', 'service_name', 'service_region', 'vpc_endpoint_type', 'vpc_id', 'resource_configuration_arn', 'service_network_arn'], defaults: { vpc_endpoint_type: 'Gateway' },
  rules: { vpc_endpoint_type: oneOf('Gateway', 'Interface', 'GatewayLoadBalancer', 'Resource', 'ServiceNetwork') }, computedBlocks: ['dns_options'],
  references: [ec2References('CreateVpcEndpoint').vpc('vpc_id'), ec2References('CreateVpcEndpoint').subnet('subnet_ids'), ec2References('CreateVpcEndpoint').group('security_group_ids'), ec2References('CreateVpcEndpoint').table('route_table_ids')],
  refuse: (c) => {
    const { planned, prior, account } = c;
    if (prior || planned['private_dns_enabled'] !== true) return undefined;
    const rival = account.store.list('aws_vpc_endpoint').find((e) => e.attributes['vpc_id'] === planned['vpc_id'] && e.attributes['service_name'] === planned['service_name'] && e.attributes['private_dns_enabled'] === true);
    return rival && ec2Fault('CreateVpcEndpoint', 'InvalidParameter', `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${text(planned['service_name']) ?? ''} in the VPC ${text(planned['vpc_id']) ?? ''}`);
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `vpce-0${c.hex(16)}`;
    const isGateway = c.planned['vpc_endpoint_type'] === 'Gateway';
    const name = `${id}-${c.hex(8, 'dns')}.${text(c.planned['service_name'])?.split('.').at(-1) ?? ''}.${c.region}.vpce.amazonaws.com`;
    return {
      id, arn: arn(c, 'ec2', `vpc-endpoint/${id}`), owner_id: c.account.accountId, state: 'available', requester_managed: false, cidr_blocks: [],
      dns_entry: isGateway ? [] : [{ dns_name: name, hosted_zone_id: `Z${c.letters(13, 'zone')}` }], network_interface_ids: isGateway ? [] : [`eni-0${c.hex(16, 'eni')}`],
      prefix_list_id: isGateway ? `pl-${c.hex(8, 'pl')}` : '', ip_address_type: 'ipv4', private_dns_enabled: false, route_table_ids: [], security_group_ids: [], subnet_ids: [],
      service_region: c.region, dns_options: [], policy: '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}',
    };
  },
};

const endpointRoutes: ResourceModel = {
  source: `${S}vpc_endpoint_route_table_association.go`, label: 'VPC Endpoint Route Table Association', forceNew: ['route_table_id', 'vpc_endpoint_id'],
  references: [ec2References('ModifyVpcEndpoint').table('route_table_id'), { path: 'vpc_endpoint_id', type: 'aws_vpc_endpoint', fault: (v) => ec2Fault('ModifyVpcEndpoint', 'InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${v}' does not exist`) }],
  compute: (c) => ({ id: text(c.planned['id']) ?? `a-${text(c.planned['vpc_endpoint_id']) ?? ''}${Number.parseInt(c.hex(7), 16)}` }),
};

const flowLog: ResourceModel = {
  source: `${S}vpc_flow_log.go`, label: 'Flow Log', defaults: { log_destination_type: 'cloud-watch-logs', max_aggregation_interval: 600 },
  forceNew: ['deliver_cross_account_role', 'iam_role_arn', 'log_destination', 'log_destination_type', 'log_format', 'max_aggregation_interval', 'traffic_type', 'vpc_id', 'subnet_id', 'eni_id'],
  rules: { traffic_type: oneOf('ACCEPT', 'REJECT', 'ALL') }, references: [ec2References('CreateFlowLogs').vpc('vpc_id')],
  compute: (c) => {
    const id = text(c.planned['id']) ?? `fl-0${c.hex(16)}`;
    return { id, arn: arn(c, 'ec2', `vpc-flow-log/${id}`), log_destination: '', log_format: '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}' };
  },
};

const cidrAssociation: ResourceModel = {
  source: `${S}vpc_ipv4_cidr_block_association.go`, label: 'EC2 VPC IPv4 CIDR Block Association', forceNew: ['cidr_block', 'ipv4_ipam_pool_id', 'ipv4_netmask_length', 'vpc_id'],
  rules: { cidr_block: cidrRule(16, 28) }, references: [ec2References('AssociateVpcCidrBlock').vpc('vpc_id')],
  compute: (c) => ({ id: text(c.planned['id']) ?? `vpc-cidr-assoc-0${c.hex(16)}` }),
};

const ec2Tag: ResourceModel = {
  source: `${S}tag_gen.go`, label: 'ec2 resource', forceNew: ['key', 'resource_id'], isShared: true,
  compute: (c) => ({ id: `${text(c.planned['resource_id']) ?? ''},${text(c.planned['key']) ?? ''}` }),
};

/** Routes, endpoints and what hangs on networks. */
export const routingModels: Readonly<Record<string, ResourceModel>> = {
  aws_route_table: routeTable, aws_route: route, aws_route_table_association: routeTableAssociation, aws_vpc_endpoint: vpcEndpoint,
  aws_vpc_endpoint_route_table_association: endpointRoutes, aws_flow_log: flowLog, aws_vpc_ipv4_cidr_block_association: cidrAssociation, aws_ec2_tag: ec2Tag,
};
