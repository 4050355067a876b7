import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { first, text, valuesAt } from '../values.ts';
import { arn } from './arn.ts';
import { between, cidrRule, ec2Fault, ec2References, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/ec2/';
const fullName = (c: Change, fallback = 'terraform-'): string => text(c.planned['name']) ?? `${text(c.planned['name_prefix']) ?? fallback}${c.hex(20, 'name')}`;

const inUse = (id: string, account: { store: Change['account']['store'] }): string | undefined => {
  const paths: readonly [string, string][] = [
    ['aws_vpc_endpoint', 'security_group_ids'], ['aws_eks_cluster', 'vpc_config.security_group_ids'], ['aws_network_interface', 'security_groups'], ['aws_lb', 'security_groups'],
    ['aws_db_instance', 'vpc_security_group_ids'], ['aws_rds_cluster', 'vpc_security_group_ids'], ['aws_elasticache_replication_group', 'security_group_ids'], ['aws_elasticache_cluster', 'security_group_ids'], ['aws_msk_cluster', 'broker_node_group_info.security_groups'],
    ['aws_vpc_security_group_ingress_rule', 'referenced_security_group_id'], ['aws_vpc_security_group_egress_rule', 'referenced_security_group_id'],
  ];
  for (const [type, path] of paths) {
    const user = account.store.list(type).find((o) => valuesAt(o.attributes, path).includes(id) && o.attributes['security_group_id'] !== id);
    if (user) return user.id;
  }
  return undefined;
};

const securityGroup: ResourceModel = {
  source: `${S}vpc_security_group.go`, label: 'Security Group', forceNew: ['description', 'name', 'name_prefix', 'vpc_id'],
  defaults: { description: 'Managed by Terraform', revoke_rules_on_delete: false },
  rules: { name: textRule(0, 255, /^(?!sg-)[\s\S]*$/), description: textRule(0, 255, /^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]*$/) }, conflicts: [['name', 'name_prefix']],
  references: [ec2References('CreateSecurityGroup').vpc('vpc_id')],
  refuse: ({ planned, prior, account }) => {
    const name = text(planned['name']);
    const rival = prior || name === undefined ? undefined : account.store.list('aws_security_group').find((g) => g.attributes['vpc_id'] === planned['vpc_id'] && g.attributes['name'] === name);
    return rival && ec2Fault('CreateSecurityGroup', 'InvalidGroup.Duplicate', `The security group '${name ?? ''}' already exists for VPC '${text(planned['vpc_id']) ?? ''}'`);
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `sg-0${c.hex(16)}`;
    return { id, arn: arn(c, 'ec2', `security-group/${id}`), owner_id: c.account.accountId, name: fullName(c), name_prefix: '', egress: [], ingress: [], vpc_id: '' };
  },
  blockers: (o, account): AwsFault | undefined => {
    const user = inUse(o.id, account);
    return user === undefined ? undefined : ec2Fault('DeleteSecurityGroup', 'DependencyViolation', `resource ${o.id} has a dependent object (${user})`);
  },
};

const defaultSecurityGroup: ResourceModel = {
  source: `${S}vpc_default_security_group.go`, label: 'Default Security Group', forceNew: ['vpc_id'], defaults: { revoke_rules_on_delete: false }, isShared: true, isAdopted: true,
  references: [ec2References('DescribeSecurityGroups').vpc('vpc_id')],
  compute: (c) => {
    const vpc = c.account.store.get('aws_vpc', c.region, text(c.planned['vpc_id']) ?? '');
    const id = text(c.planned['id']) ?? text(vpc?.attributes['default_security_group_id']) ?? '';
    return { id, arn: arn(c, 'ec2', `security-group/${id}`), owner_id: c.account.accountId, name: 'default', name_prefix: '', description: 'default VPC security group', egress: [], ingress: [] };
  },
};

/** Network ACLs and route tables that AWS made with the network and Terraform adopts. */
const adopted = (source: string, label: string, by: string, kind: string): ResourceModel => ({
  source: `${S}${source}`, label, forceNew: [by], isShared: true, isAdopted: true,
  compute: (c) => {
    const id = text(c.planned[by]) ?? '';
    return { id, arn: arn(c, 'ec2', `${kind}/${id}`), owner_id: c.account.accountId, vpc_id: c.account.store.list('aws_vpc').find((v) => Object.values(v.attributes).includes(id))?.id ?? '', route: [] };
  },
});

const networkAcl: ResourceModel = {
  source: `${S}vpc_network_acl.go`, label: 'EC2 Network ACL', forceNew: ['vpc_id'], references: [ec2References('CreateNetworkAcl').vpc('vpc_id')],
  compute: (c) => {
    const id = text(c.planned['id']) ?? `acl-0${c.hex(16)}`;
    return { id, arn: arn(c, 'ec2', `network-acl/${id}`), owner_id: c.account.accountId, egress: [], ingress: [], subnet_ids: [] };
  },
};

const rule = (direction: 'ingress' | 'egress'): ResourceModel => {
  const operation = `AuthorizeSecurityGroup${direction === 'ingress' ? 'Ingress' : 'Egress'}`;
  const type = `aws_vpc_security_group_${direction}_rule`;
  const same = ['security_group_id', 'ip_protocol', 'from_port', 'to_port', 'cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'];
  return {
    source: `${S}vpc_security_group_${direction}_rule.go`, label: 'VPC Security Group Rule', forceNew: ['security_group_id'],
    rules: { cidr_ipv4: cidrRule(), from_port: between(-1, 65535), to_port: between(-1, 65535), description: textRule(0, 255, /^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]*$/) },
    exactlyOne: [['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id']],
    references: [ec2References(operation).group('security_group_id'), { ...ec2References(operation).group('referenced_security_group_id'), anywhere: true }],
    name: (a) => text(a['security_group_id']) ?? '',
    refuse: ({ planned, prior, account }) => {
      const rival = prior ? undefined : account.store.list(type).find((r) => same.every((n) => (r.attributes[n] ?? null) === (planned[n] ?? null)));
      return rival && ec2Fault(operation, 'InvalidPermission.Duplicate', `the specified rule "peer: ${text(planned['cidr_ipv4']) ?? text(planned['referenced_security_group_id']) ?? ''}, ${text(planned['ip_protocol']) ?? ''}, from port: ${String(planned['from_port'])}, to port: ${String(planned['to_port'])}, ALLOW" already exists`);
    },
    compute: (c) => {
      const id = text(c.planned['id']) ?? `sgr-0${c.hex(16)}`;
      return { id, security_group_rule_id: id, arn: arn(c, 'ec2', `security-group-rule/${id}`) };
    },
  };
};

const launchTemplate: ResourceModel = {
  source: `${S}ec2_launch_template.go`, label: 'EC2 Launch Template', forceNew: ['name', 'name_prefix'], conflicts: [['name', 'name_prefix'], ['default_version', 'update_default_version']],
  rules: { name: textRule(3, 128, /^[0-9A-Za-z().\-/_]+$/), 'tag_specifications.resource_type': oneOf('instance', 'volume', 'network-interface', 'spot-instances-request', 'elastic-gpu') },
  recompute: { latest_version: ['*'], default_version: ['*'] },
  refuse: ({ planned, prior, region, account }) => {
    const name = text(planned['name']);
    const rival = prior || name === undefined ? undefined : account.store.list('aws_launch_template').find((t) => t.region === region && t.attributes['name'] === name);
    return rival && ec2Fault('CreateLaunchTemplate', 'InvalidLaunchTemplateName.AlreadyExistsException', 'Launch template name already in use.');
  },
  computedBlocks: ['metadata_options'],
  compute: (c) => {
    const id = text(c.planned['id']) ?? `lt-0${c.hex(16)}`;
    const latest = Number(c.prior?.['latest_version'] ?? 0) + 1;
    return {
      id, arn: arn(c, 'ec2', `launch-template/${id}`), latest_version: latest, default_version: c.planned['update_default_version'] === true ? latest : Number(c.prior?.['default_version'] ?? 1),
      name: fullName(c), name_prefix: '', metadata_options: first(c.planned['metadata_options']) ?? [],
    };
  },
};

/** Security groups, ACLs and launch templates. */
export const securityModels: Readonly<Record<string, ResourceModel>> = {
  aws_security_group: securityGroup, aws_default_security_group: defaultSecurityGroup, aws_network_acl: networkAcl, aws_launch_template: launchTemplate,
  aws_default_network_acl: adopted('vpc_default_network_acl.go', 'EC2 Default Network ACL', 'default_network_acl_id', 'network-acl'),
  aws_default_route_table: adopted('vpc_default_route_table.go', 'EC2 Default Route Table', 'default_route_table_id', 'route-table'),
  aws_vpc_security_group_ingress_rule: rule('ingress'), aws_vpc_security_group_egress_rule: rule('egress'),
};
