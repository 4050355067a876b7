import type { Reference, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { text, texts } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, cidrRule, ec2Fault, ec2References, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const onOff = oneOf('enable', 'disable');
const noGateway = (operation: string) => (v: string): AwsFault => ec2Fault(operation, 'InvalidTransitGatewayID.NotFound', `Transit Gateway ${v} was deleted or does not exist.`);
const gatewayAt = (path: string, operation: string, anywhere = false): Reference => ({ path, type: 'aws_ec2_transit_gateway', anywhere, fault: noGateway(operation) });

const gateway: ResourceModel = {
  source: `${S}ec2/transitgateway_.go; EC2 API reference, TransitGatewayRequestOptions`, label: 'EC2 Transit Gateway', forceNew: ['amazon_side_asn', 'multicast_support'],
  defaults: { amazon_side_asn: 64_512, auto_accept_shared_attachments: 'disable', default_route_table_association: 'enable', default_route_table_propagation: 'enable', dns_support: 'enable', multicast_support: 'disable', security_group_referencing_support: 'disable', vpn_ecmp_support: 'enable' },
  forceNewIf: (prior, planned) => ['default_route_table_association', 'default_route_table_propagation'].filter((name) => prior[name] === 'disable' && planned[name] === 'enable'),
  rules: { auto_accept_shared_attachments: onOff, default_route_table_association: onOff, default_route_table_propagation: onOff, dns_support: onOff, multicast_support: onOff, vpn_ecmp_support: onOff, security_group_referencing_support: onOff, transit_gateway_cidr_blocks: cidrRule(0, 24) },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `tgw-0${c.hex(16)}`;
    const table = `tgw-rtb-0${c.hex(16, 'rtb')}`;
    return { id, arn: arn(c, 'ec2', `transit-gateway/${id}`), owner_id: c.account.accountId, association_default_route_table_id: table, propagation_default_route_table_id: table, encryption_support: 'disable' };
  },
  blockers: (o, { store }) => {
    const users = ['aws_ec2_transit_gateway_vpc_attachment', 'aws_ec2_transit_gateway_peering_attachment'].flatMap((type) => store.list(type)).filter((x) => x.attributes['transit_gateway_id'] === o.id || x.attributes['peer_transit_gateway_id'] === o.id);
    return users[0] && ec2Fault('DeleteTransitGateway', 'IncorrectState', `${o.id} has non-deleted attachments: ${users.map((u) => u.id).join(', ')}`);
  },
};

const attachment: ResourceModel = {
  source: `${S}ec2/transitgateway_vpc_attachment.go; EC2 API reference, CreateTransitGatewayVpcAttachment (one subnet of each zone)`, label: 'EC2 Transit Gateway VPC Attachment', forceNew: ['transit_gateway_id', 'vpc_id'],
  defaults: { appliance_mode_support: 'disable', dns_support: 'enable', ipv6_support: 'disable' }, rules: { appliance_mode_support: onOff, dns_support: onOff, ipv6_support: onOff },
  references: [gatewayAt('transit_gateway_id', 'CreateTransitGatewayVpcAttachment'), ec2References('CreateTransitGatewayVpcAttachment').vpc('vpc_id'), ec2References('CreateTransitGatewayVpcAttachment').subnet('subnet_ids')],
  refuse: (c) => {
    const zones = texts(c.planned['subnet_ids']).map((id) => c.account.store.get('aws_subnet', c.region, id)?.attributes['availability_zone']);
    if (new Set(zones).size < zones.length) return ec2Fault('CreateTransitGatewayVpcAttachment', 'DuplicateSubnetsInSameZone', 'Duplicate Subnets for same AZ');
    const rival = c.prior ? undefined : c.account.store.list('aws_ec2_transit_gateway_vpc_attachment').find((o) => o.attributes['vpc_id'] === c.planned['vpc_id'] && o.attributes['transit_gateway_id'] === c.planned['transit_gateway_id']);
    return rival && ec2Fault('CreateTransitGatewayVpcAttachment', 'DuplicateTransitGatewayAttachment', `${text(c.planned['transit_gateway_id']) ?? ''} has non-deleted Transit Gateway Attachments with same VPC ID.`);
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `tgw-attach-0${c.hex(16)}`;
    return { id, arn: arn(c, 'ec2', `transit-gateway-attachment/${id}`), vpc_owner_id: c.account.accountId, transit_gateway_default_route_table_association: true, transit_gateway_default_route_table_propagation: true, security_group_referencing_support: 'disable' };
  },
};

const peering: ResourceModel = {
  source: `${S}ec2/transitgateway_peering_attachment.go (forceNew read in the provider's documentation only)`, label: 'EC2 Transit Gateway Peering Attachment', forceNew: ['options', 'peer_account_id', 'peer_region', 'peer_transit_gateway_id', 'transit_gateway_id'],
  references: [gatewayAt('transit_gateway_id', 'CreateTransitGatewayPeeringAttachment'), gatewayAt('peer_transit_gateway_id', 'CreateTransitGatewayPeeringAttachment', true)],
  compute: (c) => {
    const id = text(c.planned['id']) ?? `tgw-attach-0${c.hex(16)}`;
    return { id, arn: arn(c, 'ec2', `transit-gateway-attachment/${id}`), peer_account_id: c.account.accountId, state: 'pendingAcceptance' };
  },
};

const accepter: ResourceModel = {
  source: `${S}ec2/transitgateway_peering_attachment_accepter.go (read in the provider's documentation only)`, label: 'EC2 Transit Gateway Peering Attachment', forceNew: ['transit_gateway_attachment_id'], isShared: true,
  references: [{ path: 'transit_gateway_attachment_id', type: 'aws_ec2_transit_gateway_peering_attachment', anywhere: true, fault: (v) => ec2Fault('AcceptTransitGatewayPeeringAttachment', 'InvalidTransitGatewayAttachmentID.NotFound', `Transit Gateway Attachment ${v} was deleted or does not exist.`) }],
  compute: (c) => {
    const id = text(c.planned['transit_gateway_attachment_id']) ?? '';
    const made = c.account.store.list('aws_ec2_transit_gateway_peering_attachment').find((o) => o.id === id);
    return { id, peer_account_id: c.account.accountId, peer_region: made?.region ?? '', peer_transit_gateway_id: made?.attributes['transit_gateway_id'] ?? '', transit_gateway_id: made?.attributes['peer_transit_gateway_id'] ?? '' };
  },
};

const gatewayRoute: ResourceModel = {
  source: `${S}ec2/transitgateway_route.go (forceNew and defaults read in the provider's documentation only)`, label: 'EC2 Transit Gateway Route', forceNew: ['blackhole', 'destination_cidr_block', 'transit_gateway_attachment_id', 'transit_gateway_route_table_id'], defaults: { blackhole: false }, rules: { destination_cidr_block: cidrRule() },
  refuse: (c) => {
    const id = `${text(c.planned['transit_gateway_route_table_id']) ?? ''}_${text(c.planned['destination_cidr_block']) ?? ''}`;
    const target = text(c.planned['transit_gateway_attachment_id']);
    const isAccepted = target === undefined || c.account.store.list('aws_ec2_transit_gateway_peering_attachment_accepter').some((o) => o.id === target) || c.account.store.list('aws_ec2_transit_gateway_vpc_attachment').some((o) => o.id === target);
    if (!isAccepted) return ec2Fault('CreateTransitGatewayRoute', 'IncorrectState', `${target ?? ''} is in invalid state`);
    const rival = c.prior ? undefined : c.account.store.list('aws_ec2_transit_gateway_route').find((o) => o.region === c.region && o.id === id);
    return rival && ec2Fault('CreateTransitGatewayRoute', 'RouteAlreadyExists', `Route ${text(c.planned['destination_cidr_block']) ?? ''} already exists in Transit Gateway Route Table`);
  },
  compute: (c) => ({ id: `${text(c.planned['transit_gateway_route_table_id']) ?? ''}_${text(c.planned['destination_cidr_block']) ?? ''}` }),
};

const lattice = (operation: string, status: number, code: string, message: string): AwsFault => ({ service: 'VPC Lattice', operation, status, code, message });

const serviceNetwork: ResourceModel = {
  source: `${S}vpclattice/service_network.go; VPC Lattice API reference, CreateServiceNetwork ("name")`, label: 'VPC Lattice Service Network', forceNew: ['name'], rules: { name: textRule(3, 63, /^(?!servicenetwork-)(?![-])(?!.*[-]$)(?!.*[-]{2})[a-z0-9-]+$/), auth_type: oneOf('NONE', 'AWS_IAM') },
  refuse: (c) => {
    const rival = c.prior ? undefined : c.account.store.list('aws_vpclattice_service_network').find((o) => o.region === c.region && o.attributes['name'] === c.planned['name']);
    return rival && lattice('CreateServiceNetwork', 409, 'ConflictException', `Service network name ${text(c.planned['name']) ?? ''} is in use`);
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `sn-0${c.hex(16)}`;
    return { id, arn: arn(c, 'vpc-lattice', `servicenetwork/${id}`), auth_type: 'NONE' };
  },
  blockers: (o, { store }) => {
    const user = store.list('aws_vpclattice_service_network_vpc_association').find((x) => x.attributes['service_network_identifier'] === o.id);
    return user && lattice('DeleteServiceNetwork', 409, 'ConflictException', `Service network ${o.id} has VPC associations: ${user.id}`);
  },
};

const vpcAssociation: ResourceModel = {
  source: `${S}vpclattice/service_network_vpc_association.go; VPC Lattice API reference, CreateServiceNetworkVpcAssociation`, label: 'VPC Lattice Service Network VPC Association', forceNew: ['service_network_identifier', 'vpc_identifier'], computedBlocks: ['dns_options'],
  references: [
    { path: 'service_network_identifier', type: 'aws_vpclattice_service_network', fault: (v) => lattice('CreateServiceNetworkVpcAssociation', 404, 'ResourceNotFoundException', `Service network ${v} not found`) },
    ec2References('CreateServiceNetworkVpcAssociation').vpc('vpc_identifier'), ec2References('CreateServiceNetworkVpcAssociation').group('security_group_ids'),
  ],
  refuse: (c) => {
    if (texts(c.planned['security_group_ids']).length > 5) return lattice('CreateServiceNetworkVpcAssociation', 400, 'ValidationException', 'at most 5 security groups');
    const rival = c.prior ? undefined : c.account.store.list('aws_vpclattice_service_network_vpc_association').find((o) => o.attributes['vpc_identifier'] === c.planned['vpc_identifier']);
    return rival && lattice('CreateServiceNetworkVpcAssociation', 409, 'ConflictException', `VPC ${text(c.planned['vpc_identifier']) ?? ''} is already associated with a service network`);
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `snva-0${c.hex(16)}`;
    return { id, arn: arn(c, 'vpc-lattice', `servicenetworkvpcassociation/${id}`), created_by: c.account.accountId, status: 'ACTIVE', private_dns_enabled: false, dns_options: [] };
  },
};

const endpointService: ResourceModel = {
  source: `${S}ec2/vpc_endpoint_service.go; EC2 API reference, CreateVpcEndpointServiceConfiguration`, label: 'EC2 VPC Endpoint Service', rules: { network_load_balancer_arns: arnRule, gateway_load_balancer_arns: arnRule, supported_ip_address_types: oneOf('ipv4', 'ipv6') },
  exactlyOne: [['network_load_balancer_arns', 'gateway_load_balancer_arns']],
  refuse: (c) => {
    const lost = texts(c.planned['network_load_balancer_arns']).find((one) => one.split(':')[3] !== c.region);
    return lost === undefined ? undefined : ec2Fault('CreateVpcEndpointServiceConfiguration', 'InvalidParameter', `Invalid load balancer ARN: ${lost} (the service is in ${c.region})`);
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `vpce-svc-0${c.hex(16)}`;
    return {
      id, arn: arn(c, 'ec2', `vpc-endpoint-service/${id}`), service_name: `com.amazonaws.vpce.${c.region}.${id}`, service_type: 'Interface', state: 'Available', allowed_principals: [], availability_zones: [], base_endpoint_dns_names: [`${id}.${c.region}.vpce.amazonaws.com`],
      manages_vpc_endpoints: false, private_dns_name: '', private_dns_name_configuration: [], supported_ip_address_types: ['ipv4'], supported_regions: [],
    };
  },
};

const principal: ResourceModel = {
  source: `${S}ec2/vpc_endpoint_service_allowed_principal.go (read in the provider's documentation only)`, label: 'EC2 VPC Endpoint Service Allowed Principal', forceNew: ['principal_arn', 'vpc_endpoint_service_id'],
  references: [{ path: 'vpc_endpoint_service_id', type: 'aws_vpc_endpoint_service', fault: (v) => ec2Fault('ModifyVpcEndpointServicePermissions', 'InvalidVpcEndpointServiceId.NotFound', `The VpcEndpointService Id '${v}' does not exist`) }],
  compute: (c) => ({ id: text(c.planned['id']) ?? `vpce-svc-perm-0${c.hex(16)}` }),
};

const logSubscription: ResourceModel = {
  source: `${S}vpclattice/access_log_subscription.go (read in the provider's documentation only)`, label: 'VPC Lattice Access Log Subscription', forceNew: ['resource_identifier', 'service_network_log_type'], rules: { destination_arn: arnRule, service_network_log_type: oneOf('SERVICE', 'RESOURCE') },
  references: [{ path: 'resource_identifier', type: 'aws_vpclattice_service_network', fault: (v) => lattice('CreateAccessLogSubscription', 404, 'ResourceNotFoundException', `Resource ${v} not found`) }],
  compute: (c) => {
    const id = text(c.planned['id']) ?? `als-0${c.hex(16)}`;
    return { id, arn: arn(c, 'vpc-lattice', `accesslogsubscription/${id}`), resource_arn: arn(c, 'vpc-lattice', `servicenetwork/${text(c.planned['resource_identifier']) ?? ''}`), service_network_log_type: 'SERVICE' };
  },
};

const vpcLink: ResourceModel = {
  source: `${S}apigatewayv2/vpc_link.go (read in the provider's documentation only)`, label: 'API Gateway v2 VPC Link', forceNew: ['security_group_ids', 'subnet_ids'], rules: { name: textRule(1, 128) },
  references: [ec2References('CreateVpcLink').subnet('subnet_ids'), ec2References('CreateVpcLink').group('security_group_ids')],
  compute: (c) => {
    const id = text(c.planned['id']) ?? c.letters(6).toLowerCase();
    return { id, arn: `arn:${c.account.partition}:apigateway:${c.region}::/vpclinks/${id}` };
  },
};

/** Transit gateways, service networks and PrivateLink. */
export const connectivityModels: Readonly<Record<string, ResourceModel>> = {
  aws_ec2_transit_gateway: gateway, aws_ec2_transit_gateway_vpc_attachment: attachment, aws_ec2_transit_gateway_peering_attachment: peering, aws_ec2_transit_gateway_peering_attachment_accepter: accepter, aws_ec2_transit_gateway_route: gatewayRoute,
  aws_vpclattice_service_network: serviceNetwork, aws_vpclattice_service_network_vpc_association: vpcAssociation, aws_vpclattice_access_log_subscription: logSubscription, aws_vpc_endpoint_service: endpointService, aws_vpc_endpoint_service_allowed_principal: principal, aws_apigatewayv2_vpc_link: vpcLink,
};
