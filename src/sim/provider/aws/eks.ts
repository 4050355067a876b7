import { eksVersions } from '../../../../catalog/kubernetes.ts';
import { uuidOf } from '../engine/digest.ts';
import type { Change, Reference, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { first, text, texts } from '../values.ts';
import { arn } from './arn.ts';
import { addonFault } from './eks-addon-faults.ts';
import { arnRule, between, cidrRule, oneOf, textRule } from './rules.ts';
import { cidrRange } from './zones.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/eks/';
const fault = (operation: string, status: number, code: string, message: string): AwsFault => ({ service: 'EKS', operation, status, code, message });
const invalid = (operation: string, message: string): AwsFault => fault(operation, 400, 'InvalidParameterException', message);
const CLUSTER_NAME = textRule(1, 100, /^[0-9A-Za-z][A-Za-z0-9_-]*$/);

const references = (operation: string) => ({
  cluster: { path: 'cluster_name', type: 'aws_eks_cluster', by: 'name', fault: (v): AwsFault => fault(operation, 404, 'ResourceNotFoundException', `No cluster found for name: ${v}.`) } satisfies Reference,
  role: (path: string): Reference => ({ path, type: 'aws_iam_role', by: 'arn', fault: (v) => invalid(operation, `Role with arn: ${v}, could not be assumed because it does not exist or the trusted entity is not correct`) }),
  subnet: (path: string): Reference => ({ path, type: 'aws_subnet', fault: (v) => invalid(operation, `The subnet ID '${v}' does not exist (Service: Ec2, Status Code: 400)`) }),
});
const exists = (operation: string, message: string): AwsFault => fault(operation, 409, 'ResourceInUseException', message);

/** EKS's answer to a version that it does not offer, or to a step of more than one minor version. */
function versionFault(c: Change): AwsFault | undefined {
  const wanted = text(c.planned['version']);
  if (wanted === undefined) return undefined;
  const operation = c.prior ? 'UpdateClusterVersion' : 'CreateCluster';
  if (!eksVersions.some((v) => v.version === wanted)) return invalid(operation, `unsupported Kubernetes version ${wanted}`);
  const had = text(c.prior?.['version']);
  const step = had === undefined ? 0 : Number(wanted.split('.')[1]) - Number(had.split('.')[1]);
  return step < 0 || step > 1 ? invalid(operation, `Unsupported Kubernetes minor version update from ${had ?? ''} to ${wanted}`) : undefined;
}

function networkFault(c: Change): AwsFault | undefined {
  if (c.prior) return undefined;
  const vpc = first(c.planned['vpc_config']);
  const zones = new Set(texts(vpc?.['subnet_ids']).map((id) => text(c.account.store.get('aws_subnet', c.region, id)?.attributes['availability_zone']) ?? id));
  if (zones.size < 2) return invalid('CreateCluster', 'Subnets specified must be in at least two different AZs');
  if (vpc?.['endpoint_private_access'] === false && vpc['endpoint_public_access'] === false) return invalid('CreateCluster', 'Private and public endpoint access cannot be false');
  const services = cidrRange(text(first(c.planned['kubernetes_network_config'])?.['service_ipv4_cidr']));
  const network = cidrRange(text(c.account.store.list('aws_vpc').find((v) => v.id === vpcOf(c))?.attributes['cidr_block']));
  const isInside = services && network && services.from <= network.to && network.from <= services.to;
  return isInside === true ? invalid('CreateCluster', 'The specified service CIDR overlaps the CIDR of the VPC') : undefined;
}

const vpcOf = (c: Change): string => text(c.account.store.get('aws_subnet', c.region, texts(first(c.planned['vpc_config'])?.['subnet_ids'])[0] ?? '')?.attributes['vpc_id']) ?? '';

function keyFault(c: Change): AwsFault | undefined {
  const wanted = text(first(first(c.planned['encryption_config'])?.['provider'])?.['key_arn']);
  if (wanted === undefined || c.account.store.list('aws_kms_key').some((k) => k.attributes['arn'] === wanted)) return undefined;
  return invalid('CreateCluster', `KMS key ${wanted} is not found or not accessible`);
}

const cluster: ResourceModel = {
  source: `${S}cluster.go`, label: 'EKS Cluster',
  forceNew: ['name', 'role_arn', 'bootstrap_self_managed_addons', 'access_config.bootstrap_cluster_creator_admin_permissions', 'kubernetes_network_config.ip_family', 'kubernetes_network_config.service_ipv4_cidr', 'outpost_config'],
  // Encryption can be switched on in place, and never off again.
  forceNewIf: (prior, planned) => (first(prior['encryption_config']) !== undefined && first(planned['encryption_config']) === undefined ? ['encryption_config'] : []),
  defaults: { bootstrap_self_managed_addons: true, 'access_config.bootstrap_cluster_creator_admin_permissions': true, 'vpc_config.endpoint_private_access': false, 'vpc_config.endpoint_public_access': true },
  computedBlocks: ['access_config', 'kubernetes_network_config', 'kubernetes_network_config.elastic_load_balancing', 'upgrade_policy', 'control_plane_scaling_config'],
  recompute: { platform_version: ['version'] },
  rules: {
    name: CLUSTER_NAME, role_arn: arnRule, enabled_cluster_log_types: oneOf('api', 'audit', 'authenticator', 'controllerManager', 'scheduler'), 'encryption_config.resources': oneOf('secrets'),
    'access_config.authentication_mode': oneOf('API', 'API_AND_CONFIG_MAP', 'CONFIG_MAP'), 'upgrade_policy.support_type': oneOf('STANDARD', 'EXTENDED'),
    'kubernetes_network_config.ip_family': oneOf('ipv4', 'ipv6'), 'kubernetes_network_config.service_ipv4_cidr': cidrRule(12, 24), 'vpc_config.public_access_cidrs': cidrRule(),
  },
  references: [references('CreateCluster').role('role_arn'), references('CreateCluster').subnet('vpc_config.subnet_ids'), { path: 'vpc_config.security_group_ids', type: 'aws_security_group', fault: (v) => invalid('CreateCluster', `The security group '${v}' does not exist`) }],
  refuse: (c) => {
    const rival = c.prior ? undefined : c.account.store.get('aws_eks_cluster', c.region, text(c.planned['name']) ?? '');
    return (rival && exists('CreateCluster', `Cluster already exists with name: ${rival.id}`)) ?? versionFault(c) ?? networkFault(c) ?? keyFault(c);
  },
  compute: (c) => {
    const name = text(c.planned['name']) ?? '';
    const unique = c.hex(32, 'endpoint').toUpperCase();
    const group = `sg-0${c.hex(16, 'cluster-sg')}`;
    const vpc = first(c.planned['vpc_config']) ?? {};
    const had = first(c.prior?.['vpc_config']);
    const groupId = text(had?.['cluster_security_group_id']) ?? group;
    c.spawn('aws_security_group', group, {
      name: `eks-cluster-sg-${name}-${c.hex(9, 'sg-name')}`, description: 'EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.',
      vpc_id: vpcOf(c), owner_id: c.account.accountId, arn: arn(c, 'ec2', `security-group/${group}`), tags: { 'aws:eks:cluster-name': name, [`kubernetes.io/cluster/${name}`]: 'owned' }, tags_all: { 'aws:eks:cluster-name': name, [`kubernetes.io/cluster/${name}`]: 'owned' },
    });
    const version = text(c.planned['version']) ?? eksVersions[1].version;
    const access = first(c.planned['access_config']);
    const network = first(c.planned['kubernetes_network_config']);
    return {
      id: name, arn: arn(c, 'eks', `cluster/${name}`), cluster_id: '', created_at: c.account.now(), status: 'ACTIVE', version, platform_version: 'eks.1', deletion_protection: false,
      endpoint: `https://${unique}.gr7.${c.region}.eks.amazonaws.com`, identity: [{ oidc: [{ issuer: `https://oidc.eks.${c.region}.amazonaws.com/id/${unique}` }] }],
      certificate_authority: [{ data: Buffer.from(`-----BEGIN CERTIFICATE-----\nsimulated ${name}\n-----END CERTIFICATE-----\n`).toString('base64') }],
      vpc_config: [{
        ...vpc, security_group_ids: texts(vpc['security_group_ids']), cluster_security_group_id: groupId, vpc_id: vpcOf(c), control_plane_egress_mode: text(vpc['control_plane_egress_mode']) ?? '',
        public_access_cidrs: texts(vpc['public_access_cidrs']).length > 0 ? texts(vpc['public_access_cidrs']) : ['0.0.0.0/0'],
      }],
      access_config: [{ authentication_mode: text(access?.['authentication_mode']) ?? 'CONFIG_MAP', bootstrap_cluster_creator_admin_permissions: access?.['bootstrap_cluster_creator_admin_permissions'] ?? true }],
      kubernetes_network_config: [{ ip_family: text(network?.['ip_family']) ?? 'ipv4', service_ipv4_cidr: text(network?.['service_ipv4_cidr']) ?? '172.20.0.0/16', service_ipv6_cidr: '', elastic_load_balancing: [{ enabled: false }] }],
      upgrade_policy: [{ support_type: text(first(c.planned['upgrade_policy'])?.['support_type']) ?? 'EXTENDED' }], control_plane_scaling_config: [{ tier: text(first(c.planned['control_plane_scaling_config'])?.['tier']) ?? 'standard' }],
    };
  },
  blockers: (o, { store }) => {
    if (o.attributes['deletion_protection'] === true) return fault('DeleteCluster', 400, 'InvalidRequestException', `Cannot delete cluster ${o.id}: deletion protection is enabled`);
    const hasAny = (type: string): boolean => store.list(type).some((g) => g.attributes['cluster_name'] === o.id && g.region === o.region);
    if (hasAny('aws_eks_fargate_profile')) return exists('DeleteCluster', 'Cluster has Fargate profiles attached');
    return hasAny('aws_eks_node_group') ? exists('DeleteCluster', 'Cluster has nodegroups attached') : undefined;
  },
};

const nodeGroup: ResourceModel = {
  source: `${S}node_group.go`, label: 'EKS Node Group',
  forceNew: ['ami_type', 'capacity_type', 'cluster_name', 'disk_size', 'instance_types', 'launch_template.id', 'launch_template.name', 'node_group_name', 'node_group_name_prefix', 'node_role_arn', 'remote_access', 'subnet_ids'],
  rules: {
    cluster_name: CLUSTER_NAME, node_group_name: textRule(0, 63), capacity_type: oneOf('ON_DEMAND', 'SPOT', 'CAPACITY_BLOCK'), 'taint.effect': oneOf('NO_SCHEDULE', 'NO_EXECUTE', 'PREFER_NO_SCHEDULE'), 'taint.key': textRule(1, 63),
    'scaling_config.desired_size': between(0, 10000), 'scaling_config.max_size': between(1, 10000), 'scaling_config.min_size': between(0, 10000),
    ami_type: oneOf('AL2_x86_64', 'AL2_x86_64_GPU', 'AL2_ARM_64', 'CUSTOM', 'BOTTLEROCKET_ARM_64', 'BOTTLEROCKET_x86_64', 'BOTTLEROCKET_ARM_64_NVIDIA', 'BOTTLEROCKET_x86_64_NVIDIA', 'AL2023_x86_64_STANDARD', 'AL2023_ARM_64_STANDARD', 'AL2023_x86_64_NEURON', 'AL2023_x86_64_NVIDIA', 'AL2023_ARM_64_NVIDIA'),
  },
  conflicts: [['node_group_name', 'node_group_name_prefix']], computedBlocks: ['update_config', 'node_repair_config'], recompute: { release_version: ['version', 'launch_template'] },
  references: [references('CreateNodegroup').cluster, references('CreateNodegroup').role('node_role_arn'), references('CreateNodegroup').subnet('subnet_ids'), { path: 'launch_template.id', type: 'aws_launch_template', fault: (v) => invalid('CreateNodegroup', `Launch template ${v} not found`) }],
  name: (a) => `${text(a['cluster_name']) ?? ''}:${text(a['node_group_name']) ?? ''}`,
  refuse: (c) => {
    const { planned } = c;
    const id = nodeGroup.name?.(planned) ?? '';
    if (!c.prior && c.account.store.get('aws_eks_node_group', c.region, id)) return exists('CreateNodegroup', `NodeGroup already exists with name ${text(planned['node_group_name']) ?? ''} and cluster name ${text(planned['cluster_name']) ?? ''}`);
    const scaling = first(planned['scaling_config']);
    const [min, desired, max] = ['min_size', 'desired_size', 'max_size'].map((k) => Number(scaling?.[k] ?? 0));
    if ((min ?? 0) > (max ?? 0)) return invalid('CreateNodegroup', `Minimum capacity ${String(min)} can't be greater than maximum size ${String(max)}`);
    if ((desired ?? 0) < (min ?? 0) || (desired ?? 0) > (max ?? 0)) return invalid('CreateNodegroup', `desired capacity ${String(desired)} must be between minimum ${String(min)} and maximum ${String(max)}`);
    return undefined;
  },
  compute: (c) => {
    const cluster_ = text(c.planned['cluster_name']) ?? '';
    const name = text(c.planned['node_group_name']) ?? `${text(c.planned['node_group_name_prefix']) ?? 'terraform-'}${c.hex(20, 'name')}`;
    const version = text(c.account.store.get('aws_eks_cluster', c.region, cluster_)?.attributes['version']) ?? '';
    const template = first(c.planned['launch_template']);
    const known = c.account.store.get('aws_launch_template', c.region, text(template?.['id']) ?? '');
    return {
      id: `${cluster_}:${name}`, arn: arn(c, 'eks', `nodegroup/${cluster_}/${name}/${uuidOf(c.hex(32, name))}`), status: 'ACTIVE', node_group_name: name, node_group_name_prefix: '', version, release_version: `${version}.0-20260101`,
      ami_type: 'AL2023_x86_64_STANDARD', capacity_type: 'ON_DEMAND', disk_size: template ? 0 : 20, instance_types: template ? [] : ['t3.medium'],
      ...(template ? { launch_template: [{ ...template, id: text(template['id']) ?? '', name: text(template['name']) ?? text(known?.attributes['name']) ?? '' }] } : {}),
      resources: [{ autoscaling_groups: [{ name: `eks-${name}-${uuidOf(c.hex(32, 'asg'))}` }], remote_access_security_group_id: '' }],
      update_config: [{ max_unavailable: 1, max_unavailable_percentage: 0, update_strategy: 'DEFAULT' }], node_repair_config: [],
    };
  },
};

const addon: ResourceModel = {
  source: `${S}addon.go`, label: 'EKS Add-On', forceNew: ['addon_name', 'cluster_name'],
  rules: { cluster_name: CLUSTER_NAME, resolve_conflicts_on_create: oneOf('NONE', 'OVERWRITE'), resolve_conflicts_on_update: oneOf('NONE', 'OVERWRITE', 'PRESERVE'), addon_version: textRule(1, 255, /^v\d+\.\d+\.\d+-eksbuild\.\d+$/), service_account_role_arn: arnRule },
  references: [references('CreateAddon').cluster, references('CreateAddon').role('service_account_role_arn')], name: (a) => `${text(a['cluster_name']) ?? ''}:${text(a['addon_name']) ?? ''}`,
  refuse: (c) => (!c.prior && c.account.store.get('aws_eks_addon', c.region, addon.name?.(c.planned) ?? '') ? exists('CreateAddon', 'Addon already exists.') : addonFault(c)),
  recompute: { modified_at: ['*'] },
  compute: (c) => {
    const [owner, name] = [text(c.planned['cluster_name']) ?? '', text(c.planned['addon_name']) ?? ''];
    return { id: `${owner}:${name}`, arn: arn(c, 'eks', `addon/${owner}/${name}/${uuidOf(c.hex(32))}`), created_at: c.account.now(), modified_at: c.account.now(), addon_version: 'v1.0.0-eksbuild.1', configuration_values: '' };
  },
};

const accessEntry: ResourceModel = {
  source: `${S}access_entry.go`, label: 'EKS Access Entry', forceNew: ['cluster_name', 'principal_arn', 'type'], defaults: { type: 'STANDARD' },
  rules: { cluster_name: CLUSTER_NAME, principal_arn: arnRule, type: oneOf('STANDARD', 'EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'EC2', 'HYBRID_LINUX', 'HYPERPOD_LINUX') }, references: [references('CreateAccessEntry').cluster],
  validate: (config) => texts(config['kubernetes_groups']).filter((g) => g.startsWith('system:')).map((g) => ({
    severity: 'error' as const, summary: `InvalidParameterException: The kubernetes group name ${g} is invalid, it cannot start with system:`, detail: 'EKS refuses groups that begin with "system:". Associate an access policy such as AmazonEKSClusterAdminPolicy with the entry.', path: ['kubernetes_groups'],
  })),
  name: (a) => `${text(a['cluster_name']) ?? ''}:${text(a['principal_arn']) ?? ''}`,
  refuse: (c) => {
    if (c.prior) return undefined;
    if (c.account.store.get('aws_eks_access_entry', c.region, accessEntry.name?.(c.planned) ?? '')) return exists('CreateAccessEntry', 'The specified access entry resource is already in use on this cluster.');
    const principal = text(c.planned['principal_arn']) ?? '';
    const isOurs = principal.startsWith(`arn:${c.account.partition}:iam::${c.account.accountId}:role/`);
    return isOurs && !principal.includes(':role/aws-reserved/') && !c.account.store.list('aws_iam_role').some((r) => r.attributes['arn'] === principal) && c.planned['type'] === 'EC2_LINUX'
      ? invalid('CreateAccessEntry', 'The specified principalArn is invalid: invalid principal.') : undefined;
  },
  compute: (c) => {
    const principal = text(c.planned['principal_arn']) ?? '';
    const owner = text(c.planned['cluster_name']) ?? '';
    const isNode = c.planned['type'] === 'EC2_LINUX';
    return {
      id: `${owner}:${principal}`, access_entry_arn: arn(c, 'eks', `access-entry/${owner}/role/${c.account.accountId}/${principal.split('/').at(-1) ?? ''}/${uuidOf(c.hex(32))}`), created_at: c.account.now(), modified_at: c.account.now(),
      kubernetes_groups: isNode ? ['system:nodes'] : [], user_name: isNode ? 'system:node:{{EC2PrivateDNSName}}' : principal,
    };
  },
};

const accessPolicy: ResourceModel = {
  source: `${S}access_policy_association.go`, label: 'EKS Access Policy Association', forceNew: ['access_scope', 'cluster_name', 'policy_arn', 'principal_arn'],
  rules: { policy_arn: textRule(1, 255, /^arn:[\w-]+:eks::aws:cluster-access-policy\/\w+$/), principal_arn: arnRule, 'access_scope.type': oneOf('cluster', 'namespace') }, references: [references('AssociateAccessPolicy').cluster],
  refuse: (c) => {
    const [owner, principal] = [text(c.planned['cluster_name']) ?? '', text(c.planned['principal_arn']) ?? ''];
    const isThere = c.account.store.get('aws_eks_access_entry', c.region, `${owner}:${principal}`) !== undefined;
    return isThere ? undefined : fault('AssociateAccessPolicy', 404, 'ResourceNotFoundException', 'The specified principalArn could not be found. You can view your available access entries with \'list-access-entries\'.');
  },
  isShared: true,
  compute: (c) => ({ id: ['cluster_name', 'principal_arn', 'policy_arn'].map((k) => text(c.planned[k]) ?? '').join('#'), associated_at: c.account.now(), modified_at: c.account.now() }),
};

const podIdentity: ResourceModel = {
  source: `${S}pod_identity_association.go`, label: 'EKS Pod Identity Association', forceNew: ['cluster_name', 'namespace', 'service_account'], references: [references('CreatePodIdentityAssociation').cluster, references('CreatePodIdentityAssociation').role('role_arn')],
  refuse: (c) => {
    const same = ['cluster_name', 'namespace', 'service_account'];
    const rival = c.prior ? undefined : c.account.store.list('aws_eks_pod_identity_association').find((a) => same.every((k) => a.attributes[k] === c.planned[k]));
    return rival && exists('CreatePodIdentityAssociation', `Association already exists: ${rival.id}`);
  },
  compute: (c) => {
    const id = text(c.planned['association_id']) ?? `a-${c.hex(17)}`;
    return { id, association_id: id, association_arn: arn(c, 'eks', `podidentityassociation/${text(c.planned['cluster_name']) ?? ''}/${id}`), external_id: '', disable_session_tags: false };
  },
};

/** Clusters, their nodes, add-ons and access. */
export const eksModels: Readonly<Record<string, ResourceModel>> = {
  aws_eks_cluster: cluster, aws_eks_node_group: nodeGroup, aws_eks_addon: addon, aws_eks_access_entry: accessEntry, aws_eks_access_policy_association: accessPolicy, aws_eks_pod_identity_association: podIdentity,
};
