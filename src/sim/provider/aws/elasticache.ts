import type { Change, ResourceModel } from '../engine/model.ts';
import type { ProviderProblem } from '../problem.ts';
import { first, isList, records, text, texts } from '../values.ts';
import type { Attributes, Value } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, between, oneOf, textRule } from './rules.ts';
import { faultsOf, sameName } from './same-name.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/elasticache/';
const cache = faultsOf('ElastiCache');

const clusterId = (max: number) => textRule(1, max, /^[A-Za-z](?!.*--)[0-9A-Za-z-]*(?<!-)$/);
/** 16 to 128 characters; of symbols only ! & # $ ^ < > - are taken. Source: ElastiCache user guide, "Authenticating with the AUTH command". */
const token = textRule(16, 128, /^[A-Za-z0-9!&#$^<>-]+$/);
const nodeType = textRule(1, 64, /^cache\.[a-z0-9]+\.[a-z0-9]+$/);
const week = textRule(1, 32, /^(mon|tue|wed|thu|fri|sat|sun):\d\d:\d\d-(mon|tue|wed|thu|fri|sat|sun):\d\d:\d\d$/i);
const problem = (path: string, summary: string): ProviderProblem => ({ severity: 'error', summary, detail: '', path: [path] });
const number = (v: Value | undefined): number | undefined => (typeof v === 'number' ? v : undefined);

const subnetGroupReference = (operation: string) => ({ path: 'subnet_group_name', type: 'aws_elasticache_subnet_group', fault: (v: string) => cache(operation, 'CacheSubnetGroupNotFoundFault', `Cache Subnet Group ${v} does not exist.`) });
const groupReference = (operation: string) => ({ path: 'security_group_ids', type: 'aws_security_group', fault: (v: string) => cache(operation, 'InvalidParameterValue', `Some security group Ids [${v}] do not exist or can not be found`) });

const replicationGroup: ResourceModel = {
  source: `${S}replication_group.go, validate.go; ElastiCache user guide, "Authenticating with IAM", "Role-Based Access Control (RBAC)" and "Minimizing downtime with Multi-AZ"`, label: 'ElastiCache Replication Group',
  forceNew: ['at_rest_encryption_enabled', 'data_tiering_enabled', 'global_replication_group_id', 'kms_key_id', 'network_type', 'port', 'replication_group_id', 'security_group_names', 'snapshot_arns', 'snapshot_name', 'subnet_group_name'],
  defaults: { automatic_failover_enabled: false, multi_az_enabled: false }, conflicts: [['auth_token', 'user_group_ids'], ['num_cache_clusters', 'num_node_groups'], ['num_cache_clusters', 'replicas_per_node_group']],
  recompute: { member_clusters: ['num_cache_clusters', 'num_node_groups', 'replicas_per_node_group'] },
  forceNewIf: (prior, planned) => (prior['engine'] === 'valkey' && planned['engine'] === 'redis' ? ['engine'] : []),
  rules: { replication_group_id: clusterId(40), auth_token: token, description: textRule(1, 255), engine: oneOf('redis', 'valkey'), node_type: nodeType, num_cache_clusters: between(1, 6), snapshot_retention_limit: between(0, 35), maintenance_window: week, kms_key_id: arnRule, notification_topic_arn: arnRule, at_rest_encryption_enabled: oneOf('true', 'false'), auto_minor_version_upgrade: oneOf('true', 'false') },
  validate: (config) => [
    ...(config['multi_az_enabled'] === true && config['automatic_failover_enabled'] !== true ? [problem('multi_az_enabled', 'automatic_failover_enabled must be true if multi_az_enabled is true')] : []),
    ...(config['automatic_failover_enabled'] === true && (number(config['num_cache_clusters']) ?? 2) < 2 ? [problem('num_cache_clusters', '"num_cache_clusters": must be at least 2 if automatic_failover_enabled is true')] : []),
    ...(['auth_token', 'user_group_ids'].some((name) => (config[name] ?? null) !== null && !(isList(config[name]) && texts(config[name]).length === 0 && config[name].length === 0)) && config['transit_encryption_enabled'] === false ? [problem('transit_encryption_enabled', 'InvalidParameterCombination: users and tokens need encryption in transit')] : []),
  ],
  references: [subnetGroupReference('CreateReplicationGroup'), groupReference('CreateReplicationGroup'), { path: 'kms_key_id', type: 'aws_kms_key', by: 'arn', fault: (v) => cache('CreateReplicationGroup', 'InvalidKMSKeyFault', `The KMS key ${v} does not exist or can not be used.`) },
    { path: 'user_group_ids', type: 'aws_elasticache_user_group', fault: (v) => cache('CreateReplicationGroup', 'UserGroupNotFoundFault', `User group ${v} not found.`) }],
  name: (a) => text(a['replication_group_id']) ?? '',
  refuse: (c) => {
    const groups = c.account.store.list('aws_elasticache_user_group').filter((g) => g.region === c.region && texts(c.planned['user_group_ids']).includes(g.id));
    if (c.planned['engine'] === 'redis' && groups.some((g) => g.attributes['engine'] === 'valkey')) return cache('CreateReplicationGroup', 'InvalidParameterCombination', 'A user group of the engine valkey can\'t be used with Redis OSS.');
    return sameName(c, 'replication_group_id', (name) => cache('CreateReplicationGroup', 'ReplicationGroupAlreadyExists', `Replication group ${name} already exists.`));
  },
  compute: (c) => {
    const id = (text(c.planned['replication_group_id']) ?? '').toLowerCase();
    const host = `${c.hex(6, 'host')}.${c.region.replace(/-/g, '').slice(0, 4)}.cache.amazonaws.com`;
    const count = number(c.planned['num_cache_clusters']) ?? 1;
    const version = text(c.planned['engine_version']) ?? '8.0';
    return {
      id, arn: arn(c, 'elasticache', `replicationgroup:${id}`), primary_endpoint_address: `master.${id}.${host}`, reader_endpoint_address: `replica.${id}.${host}`, configuration_endpoint_address: '', member_clusters: Array.from({ length: count }, (_, i) => `${id}-${String(i + 1).padStart(3, '0')}`),
      num_cache_clusters: count, num_node_groups: 1, replicas_per_node_group: count - 1, cluster_enabled: false, cluster_mode: 'disabled', data_tiering_enabled: false, engine: 'redis', engine_version: version, engine_version_actual: `${version}.0`, ip_discovery: 'ipv4', network_type: 'ipv4', global_replication_group_id: '',
      at_rest_encryption_enabled: 'false', auto_minor_version_upgrade: 'true', maintenance_window: 'sun:05:00-sun:06:00', snapshot_window: '03:00-04:00', parameter_group_name: `default.${text(c.planned['engine']) ?? 'redis'}${version.split('.')[0]}`, transit_encryption_enabled: false,
      transit_encryption_mode: c.planned['transit_encryption_enabled'] === true ? 'required' : '', security_group_names: [], security_group_ids: [], node_group_configuration: [], apply_immediately: null, durability: '',
    };
  },
  computedBlocks: ['node_group_configuration'],
};

const authOf = (a: Attributes): string | undefined => text(first(a['authentication_mode'])?.['type']) ?? (a['no_password_required'] === true ? 'no-password-required' : undefined);

const user: ResourceModel = {
  source: `${S}user.go; ElastiCache API reference, CreateUser; ElastiCache user guide, "Authenticating with IAM" (id and name of an IAM user are the same)`, label: 'ElastiCache User', forceNew: ['user_id', 'user_name'], conflicts: [['authentication_mode', 'no_password_required'], ['authentication_mode', 'passwords']],
  rules: { 'user_id': textRule(1, 40, /^[A-Za-z][A-Za-z0-9-]*$/), 'user_name': textRule(1, 120), 'engine': oneOf('redis', 'valkey'), 'access_string': textRule(1, 4096, /\S/), 'passwords': token, 'authentication_mode.type': oneOf('password', 'no-password-required', 'iam'), 'authentication_mode.passwords': token },
  validate: (config) => {
    const [id, name] = [text(config['user_id']), text(config['user_name'])];
    return authOf(config) === 'iam' && id !== undefined && name !== undefined && id !== name ? [problem('user_name', 'InvalidParameterValue: For IAM-enabled users, user name and user id must be identical')] : [];
  },
  name: (a) => text(a['user_id']) ?? '',
  refuse: (c) => sameName(c, 'user_id', (name) => cache('CreateUser', 'UserAlreadyExists', `User ${name} already exists.`)),
  compute: (c) => {
    const id = (text(c.planned['user_id']) ?? '').toLowerCase();
    return { id, arn: arn(c, 'elasticache', `user:${id}`), authentication_mode: records(c.planned['authentication_mode']).map((m) => ({ ...m, password_count: texts(m['passwords']).length })) };
  },
};

const usersOf = (c: Change): readonly Attributes[] =>
  c.account.store.list('aws_elasticache_user').filter((u) => u.region === c.region && texts(c.planned['user_ids']).includes(u.id)).map((u) => u.attributes);

const userGroup: ResourceModel = {
  source: `${S}user_group.go; ElastiCache user guide, "Role-Based Access Control (RBAC)"`, label: 'ElastiCache User Group', forceNew: ['user_group_id'],
  rules: { user_group_id: textRule(1, 40, /^[a-z][a-z0-9-]*$/), engine: oneOf('redis', 'valkey') }, references: [{ path: 'user_ids', type: 'aws_elasticache_user', fault: (v) => cache('CreateUserGroup', 'UserNotFound', `User ${v} not found.`) }],
  name: (a) => text(a['user_group_id']) ?? '',
  refuse: (c) => {
    const users = usersOf(c);
    if (c.planned['engine'] === 'redis' && !users.some((u) => u['user_name'] === 'default')) return cache('CreateUserGroup', 'DefaultUserRequired', 'You must add default user to a user group.');
    if (c.planned['engine'] === 'redis' && users.some((u) => u['engine'] === 'valkey')) return cache('CreateUserGroup', 'InvalidParameterCombination', 'Users of the engine valkey can\'t be in a user group of redis.');
    if (c.planned['engine'] === 'valkey' && users.some((u) => authOf(u) === 'no-password-required')) return cache('CreateUserGroup', 'InvalidParameterCombination', 'A user group of valkey holds only users that authenticate by password or IAM.');
    return sameName(c, 'user_group_id', (name) => cache('CreateUserGroup', 'UserGroupAlreadyExists', `User group ${name} already exists.`));
  },
  compute: (c) => {
    const id = text(c.planned['user_group_id']) ?? '';
    return { id, arn: arn(c, 'elasticache', `usergroup:${id}`) };
  },
  blockers: (o, { store }) => {
    const holder = store.list('aws_elasticache_replication_group').find((g) => g.region === o.region && texts(g.attributes['user_group_ids']).includes(o.id));
    return holder && cache('DeleteUserGroup', 'InvalidUserGroupState', `User group ${o.id} is associated with ${holder.id}.`);
  },
};

/** First Memcached with encryption in transit. Source: ElastiCache user guide, "ElastiCache in-transit encryption (TLS)". */
const canEncrypt = (version: string): boolean => Number(version.split('.')[2] ?? 0) >= 12;

const cacheCluster: ResourceModel = {
  source: `${S}cluster.go; ElastiCache user guide, "ElastiCache in-transit encryption (TLS)"`, label: 'ElastiCache Cache Cluster',
  forceNew: ['availability_zone', 'cluster_id', 'engine', 'network_type', 'port', 'preferred_outpost_arn', 'replication_group_id', 'snapshot_arns', 'snapshot_name', 'subnet_group_name', 'transit_encryption_enabled'],
  forceNewIf: (prior, planned) => (prior['engine'] === 'memcached' && prior['node_type'] !== planned['node_type'] ? ['node_type'] : []),
  rules: { cluster_id: clusterId(50), engine: oneOf('memcached', 'redis', 'valkey'), node_type: nodeType, az_mode: oneOf('single-az', 'cross-az'), num_cache_nodes: between(1, 40), snapshot_retention_limit: between(0, 35), maintenance_window: week },
  validate: (config) => {
    const nodes = number(config['num_cache_nodes']);
    return [
      ...(config['az_mode'] === 'cross-az' && nodes === 1 ? [problem('az_mode', 'az_mode "cross-az" is not supported with num_cache_nodes = 1')] : []),
      ...(config['engine'] === 'redis' && nodes !== undefined && nodes !== 1 ? [problem('num_cache_nodes', 'engine "redis" does not support num_cache_nodes > 1')] : []),
      ...(config['engine'] === 'memcached' && config['transit_encryption_enabled'] === true && !canEncrypt(text(config['engine_version']) ?? '1.6.12') ? [problem('transit_encryption_enabled', 'InvalidParameterCombination: Encryption features are not supported for engine version before 1.6.12')] : []),
    ];
  },
  references: [subnetGroupReference('CreateCacheCluster'), groupReference('CreateCacheCluster')], name: (a) => text(a['cluster_id']) ?? '',
  refuse: (c) => sameName(c, 'cluster_id', (name) => cache('CreateCacheCluster', 'CacheClusterAlreadyExists', `Cache cluster ${name} already exists.`)),
  recompute: { cache_nodes: ['num_cache_nodes'] },
  compute: (c) => {
    const id = (text(c.planned['cluster_id']) ?? '').toLowerCase();
    const host = `${c.hex(6, 'host')}.${c.region.replace(/-/g, '').slice(0, 4)}.cache.amazonaws.com`;
    const port = number(c.planned['port']) ?? 11211;
    const count = number(c.planned['num_cache_nodes']) ?? 1;
    const version = text(c.planned['engine_version']) ?? '1.6.22';
    return {
      id, arn: arn(c, 'elasticache', `cluster:${id}`), cluster_address: `${id}.${host}`, configuration_endpoint: `${id}.cfg.${host}:${port}`, engine_version_actual: version, availability_zone: count > 1 ? 'Multiple' : `${c.region}a`, az_mode: count > 1 ? 'cross-az' : 'single-az',
      cache_nodes: Array.from({ length: count }, (_, i) => ({ address: `${id}.${host.replace('.', `.000${i + 1}.`)}`, availability_zone: `${c.region}a`, id: String(i + 1).padStart(4, '0'), outpost_arn: '', port })),
      ip_discovery: 'ipv4', network_type: 'ipv4', maintenance_window: 'sun:05:00-sun:06:00', parameter_group_name: 'default.memcached1.6', preferred_outpost_arn: '', replication_group_id: '', snapshot_window: '', security_group_ids: [], transit_encryption_enabled: false, apply_immediately: null,
    };
  },
};

const subnetGroup: ResourceModel = {
  source: `${S}subnet_group.go`, label: 'ElastiCache Subnet Group', forceNew: ['name'], defaults: { description: 'Managed by Terraform' }, rules: { name: textRule(1, 255, /^[0-9a-z-]+$/) },
  references: [{ path: 'subnet_ids', type: 'aws_subnet', fault: (v) => cache('CreateCacheSubnetGroup', 'InvalidSubnet', `Subnet ${v} does not exist.`) }],
  refuse: (c) => sameName(c, 'name', (name) => cache('CreateCacheSubnetGroup', 'CacheSubnetGroupAlreadyExists', `Cache subnet group ${name} already exists.`)),
  compute: (c) => {
    const name = text(c.planned['name']) ?? '';
    const home = c.account.store.list('aws_subnet').find((s) => texts(c.planned['subnet_ids']).includes(s.id))?.attributes;
    return { id: name, arn: arn(c, 'elasticache', `subnetgroup:${name}`), vpc_id: text(home?.['vpc_id']) ?? '' };
  },
  blockers: (o, { store }) => {
    const holder = [...store.list('aws_elasticache_replication_group'), ...store.list('aws_elasticache_cluster')].find((x) => x.region === o.region && x.attributes['subnet_group_name'] === o.id);
    return holder && cache('DeleteCacheSubnetGroup', 'CacheSubnetGroupInUse', `Cache subnet group ${o.id} is currently in use by ${holder.id}.`);
  },
};

const parameterGroup: ResourceModel = {
  source: `${S}parameter_group.go`, label: 'ElastiCache Parameter Group', forceNew: ['description', 'family', 'name'], defaults: { description: 'Managed by Terraform' }, rules: { name: textRule(1, 255, /^[A-Za-z](?!.*--)[0-9A-Za-z-]*(?<!-)$/), family: textRule(1, 64, /^(memcached|redis|valkey)[0-9.x]+$/) },
  refuse: (c) => sameName(c, 'name', (name) => cache('CreateCacheParameterGroup', 'CacheParameterGroupAlreadyExists', `A parameter group with the name ${name} already exists.`)),
  compute: (c) => ({ id: text(c.planned['name']) ?? '', arn: arn(c, 'elasticache', `parametergroup:${text(c.planned['name']) ?? ''}`) }),
};

/** Caches. */
export const cacheModels: Readonly<Record<string, ResourceModel>> = {
  aws_elasticache_replication_group: replicationGroup, aws_elasticache_user: user, aws_elasticache_user_group: userGroup, aws_elasticache_cluster: cacheCluster, aws_elasticache_subnet_group: subnetGroup, aws_elasticache_parameter_group: parameterGroup,
};
