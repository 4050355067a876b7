import type { DataModel } from '../engine/model.ts';
import { GLOBAL_REGION } from '../store/store.ts';
import { records, text } from '../values.ts';
import { cloudfrontData } from './cloudfront.ts';
import { accountData } from './data-account.ts';
import { loadBalancerData } from './data-load-balancers.ts';
import { search, shown, single } from './find.ts';
import { organizationData } from './identity-center.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';

const vpc: DataModel = {
  source: `${S}ec2/vpc_data_source.go`,
  read: (config, account) => {
    const found = single(search(account, 'aws_vpc', config, { id: 'id', cidr_block: 'cidr_block' }), 'EC2 VPC');
    const cidr = text(found.attributes['cidr_block']) ?? '';
    return { ...shown(found), default: false, state: 'available', cidr_block_associations: [{ association_id: `vpc-cidr-assoc-${found.id.slice(4)}`, cidr_block: cidr, state: 'associated' }] };
  },
};

const subnets: DataModel = {
  source: `${S}ec2/vpc_subnets_data_source.go`,
  read: (config, account) => ({ id: account.region, ids: search(account, 'aws_subnet', config).map((o) => o.id) }),
};

const securityGroup: DataModel = {
  source: `${S}ec2/vpc_security_group_data_source.go`,
  read: (config, account) => shown(single(search(account, 'aws_security_group', config, { id: 'id', name: 'name', vpc_id: 'vpc_id' }), 'EC2 Security Group')),
};

const routeTable: DataModel = {
  source: `${S}ec2/vpc_route_table_data_source.go`,
  read: (config, account) => {
    const joined = account.store.list('aws_route_table_association').filter((a) => a.region === account.region);
    const subnet = text(config['subnet_id']);
    const fitting = search(account, 'aws_route_table', config, { route_table_id: 'id', id: 'id', vpc_id: 'vpc_id' })
      .filter((t) => subnet === undefined || joined.some((a) => a.attributes['subnet_id'] === subnet && a.attributes['route_table_id'] === t.id));
    const table = single(fitting, 'EC2 Route Table');
    const associations = joined.filter((a) => a.attributes['route_table_id'] === table.id)
      .map((a) => ({ main: false, route_table_association_id: a.id, route_table_id: table.id, subnet_id: text(a.attributes['subnet_id']) ?? '', gateway_id: '' }));
    const routes = account.store.list('aws_route').filter((r) => r.attributes['route_table_id'] === table.id)
      .map((r) => ({ ...r.attributes, cidr_block: text(r.attributes['destination_cidr_block']) ?? '' }));
    return { ...shown(table), route_table_id: table.id, associations, routes };
  },
};

const eip: DataModel = {
  source: `${S}ec2/ec2_eip_data_source.go`,
  read: (config, account) => shown(single(search(account, 'aws_eip', config, { id: 'id', public_ip: 'public_ip' }), 'EC2 EIP')),
};

const eksCluster: DataModel = {
  source: `${S}eks/cluster_data_source.go`,
  read: (config, account) => {
    const name = text(config['name']) ?? '';
    const found = account.store.get('aws_eks_cluster', account.region, name);
    if (found === undefined) throw new Error(`reading EKS Cluster (${name}): couldn't find resource`);
    return shown(found);
  },
};

const zoneName = (v: unknown): string => (typeof v === 'string' ? v.replace(/\.$/, '').toLowerCase() : '');

const route53Zone: DataModel = {
  source: `${S}route53/zone_data_source.go`,
  read: (config, account) => {
    const isPrivate = config['private_zone'] === true || (config['vpc_id'] ?? null) !== null;
    const inRegionless = search({ ...account, region: GLOBAL_REGION }, 'aws_route53_zone', { tags: config['tags'] ?? null });
    const found = single(inRegionless.filter((z) =>
      ((config['zone_id'] ?? null) === null ? zoneName(z.attributes['name']) === zoneName(config['name']) && records(z.attributes['vpc'] ?? null).length > 0 === isPrivate : z.id === config['zone_id'])
      && ((config['vpc_id'] ?? null) === null || records(z.attributes['vpc'] ?? null).some((v) => v['vpc_id'] === config['vpc_id']))), 'Route 53 Hosted Zone');
    return { ...shown(found), zone_id: found.id, caller_reference: `terraform-${found.id}`, resource_record_set_count: 2, private_zone: isPrivate };
  },
};

/** Every data source of the AWS provider that is simulated. */
export const awsData: Readonly<Record<string, DataModel>> = {
  ...accountData, ...loadBalancerData, ...cloudfrontData, ...organizationData, aws_vpc: vpc, aws_subnets: subnets, aws_security_group: securityGroup, aws_route_table: routeTable, aws_eip: eip, aws_eks_cluster: eksCluster, aws_route53_zone: route53Zone,
};
