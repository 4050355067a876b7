import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault, ProviderProblem } from '../problem.ts';
import type { AccountStore, SimObject } from '../store/store.ts';
import { records, text, texts } from '../values.ts';
import type { Attributes, Value } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, between, oneOf, textRule, withVersion } from './rules.ts';
import { faultsOf, sameName } from './same-name.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/rds/';
const rds = faultsOf('RDS');

/** Identifiers: letter first, no two hyphens in a row, none at the end. Source: validate.go; RDS API reference, CreateDBInstance. */
const identifier = (max: number) => textRule(1, max, /^[a-z](?!.*--)[a-z0-9-]*(?<!-)$/);
const snapshotName = textRule(1, 255, /^[A-Za-z](?!.*--)[0-9A-Za-z-]*(?<!-)$/);
const groupName = textRule(1, 255, /^[a-z](?!.*--)[0-9a-z.-]*(?<!-)$/);
/** PostgreSQL: 8 to 128 printable characters other than / ' " @ and space. Source: RDS API reference, CreateDBInstance, MasterUserPassword. */
const password = textRule(8, 128, /^[!#-&(-.0-?A-~]+$/);
/** Not verified against AWS but for rdsadmin: names RDS was seen to refuse as reserved by the engine. */
const reserved = new Set(['admin', 'rdsadmin', 'rds_superuser', 'rdsrepladmin', 'pg_signal_backend']);
const username = (v: Value): string | undefined => (typeof v === 'string' && reserved.has(v) ? `MasterUsername ${v} cannot be used as it is a reserved word used by the engine` : textRule(1, 63, /^[A-Za-z]\w*$/)(v));

const keyReference = (operation: string, path = 'kms_key_id') => ({ path, type: 'aws_kms_key', by: 'arn', fault: (v: string) => rds(operation, 'KMSKeyNotAccessibleFault', `The specified KMS key [${v}] does not exist, is not enabled or you do not have permissions to access it.`) });
const groupReference = (operation: string) => ({ path: 'vpc_security_group_ids', type: 'aws_security_group', fault: (v: string) => rds(operation, 'InvalidParameterValue', `Invalid security group , groupId= ${v}, groupName=.`) });
const subnetGroupReference = (operation: string) => ({ path: 'db_subnet_group_name', type: 'aws_db_subnet_group', fault: (v: string) => rds(operation, 'DBSubnetGroupNotFoundFault', `DB subnet group '${v}' does not exist.`) });

const problem = (path: string, summary: string): ProviderProblem => ({ severity: 'error', summary, detail: '', path: [path] });
const number = (v: Value | undefined): number | undefined => (typeof v === 'number' ? v : undefined);
const managed = (a: Attributes): boolean => a['manage_master_user_password'] === true;

const secretOf = (c: Change): Value => (managed(c.planned)
  ? [{ kms_key_id: text(c.planned['master_user_secret_kms_key_id']) ?? `arn:${c.account.partition}:kms:${c.region}:${c.account.accountId}:alias/aws/secretsmanager`, secret_arn: arn(c, 'secretsmanager', `secret:rds!${c.type === 'aws_rds_cluster' ? 'cluster' : 'db'}-${c.hex(32, 'secret')}-${c.letters(6, 'secret')}`), secret_status: 'active' }] : []);
const versionOf = (v: Value | undefined): string => {
  const version = text(v) ?? '16';
  return version.includes('.') ? version : `${version}.10`;
};
const hostOf = (c: Change, name: string, kind = ''): string => `${name}.${kind}${c.hex(12, 'host')}.${c.region}.rds.amazonaws.com`;

/** Families of the engines' parameter groups carry the major version. Source: RDS user guide, "Overview of parameter groups". */
const familyFault = (c: Change, operation: string, group: string, prefix: string): AwsFault | undefined => {
  const found = c.account.store.list(group).find((g) => g.region === c.region && g.attributes['name'] === (c.planned['parameter_group_name'] ?? c.planned['db_cluster_parameter_group_name']));
  const wanted = `${prefix}${(text(c.planned['engine_version']) ?? '').split('.')[0]}`;
  return found && text(c.planned['engine_version']) !== undefined && found.attributes['family'] !== wanted
    ? rds(operation, 'InvalidParameterCombination', `The Parameter Group ${String(found.attributes['name'])} with DBParameterGroupFamily ${String(found.attributes['family'])} cannot be used for this instance. Please use a Parameter Group with DBParameterGroupFamily ${wanted}`) : undefined;
};

const passwordProblems = (config: Attributes, name: string): ProviderProblem[] =>
  (managed(config) && (config[name] ?? null) !== null ? [problem(name, `"${name}": conflicts with manage_master_user_password`)] : []);

const snapshotBlocker = (a: Attributes, operation: string): AwsFault | undefined =>
  (a['skip_final_snapshot'] !== true && text(a['final_snapshot_identifier']) === undefined ? rds(operation, 'InvalidParameterCombination', 'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.') : undefined);

const instance: ResourceModel = {
  source: `${S}instance.go, validate.go; RDS API reference, CreateDBInstance; RDS user guide, "Amazon RDS DB instance storage" and "Managing capacity automatically"`, label: 'RDS DB Instance',
  forceNew: ['availability_zone', 'character_set_name', 'custom_iam_instance_profile', 'db_name', 'engine', 'identifier', 'identifier_prefix', 'kms_key_id', 'nchar_character_set_name', 'snapshot_identifier', 'storage_encrypted', 'timezone', 'username', 'restore_to_point_in_time', 's3_import'],
  defaults: { auto_minor_version_upgrade: true, copy_tags_to_snapshot: false, delete_automated_backups: true, monitoring_interval: 0, performance_insights_enabled: false, publicly_accessible: false, skip_final_snapshot: false },
  conflicts: [['identifier', 'identifier_prefix'], ['username', 'replicate_source_db'], ['engine', 'replicate_source_db']],
  rules: {
    identifier: identifier(63), final_snapshot_identifier: snapshotName, password, username, db_name: textRule(1, 63, /^[A-Za-z_]\w*$/), kms_key_id: arnRule, performance_insights_kms_key_id: arnRule, backup_retention_period: between(0, 35),
    storage_type: oneOf('standard', 'gp2', 'gp3', 'io1', 'io2'), monitoring_interval: (v) => (typeof v !== 'number' || [0, 1, 5, 10, 15, 30, 60].includes(v) ? undefined : `expected one of 0, 1, 5, 10, 15, 30, 60, got ${v}`),
    instance_class: (v) => (v === 'db.serverless' ? 'InvalidParameterCombination: db.serverless is a class of Aurora only' : textRule(1, 64, /^db\.[a-z0-9]+(\.[a-z0-9-]+)+$/)(v)), enabled_cloudwatch_logs_exports: oneOf('agent', 'alert', 'audit', 'diag.log', 'error', 'general', 'iam-db-auth-error', 'listener', 'notify.log', 'oemagent', 'postgresql', 'slowquery', 'trace', 'upgrade'),
    performance_insights_retention_period: (v) => (typeof v !== 'number' || v === 7 || v === 731 || (v % 31 === 0 && v <= 713) ? undefined : `expected 7, 731 or a multiple of 31, got ${v}`), port: between(1150, 65535),
  },
  validate: (config) => {
    const [from, to] = [number(config['allocated_storage']), number(config['max_allocated_storage'])];
    return [
      ...passwordProblems(config, 'password'),
      ...(from !== undefined && from < 20 && config['engine'] === 'postgres' ? [problem('allocated_storage', `Invalid storage size for engine name postgres and storage type ${text(config['storage_type']) ?? 'gp2'}: ${from}`)] : []),
      ...(from !== undefined && to !== undefined && to !== 0 && to < from * 1.1 ? [problem('max_allocated_storage', `Invalid max storage size for engine name postgres: ${to} (at least 10 % more than allocated_storage)`)] : []),
      ...((config['iops'] ?? null) !== null && config['storage_type'] === 'gp3' && from !== undefined && from < 400 ? [problem('iops', 'You can\'t specify IOPS or storage throughput for engine postgres and a storage size less than 400.')] : []),
    ];
  },
  references: [keyReference('CreateDBInstance'), groupReference('CreateDBInstance'), subnetGroupReference('CreateDBInstance')], name: (a) => text(a['identifier']) ?? '',
  refuse: (c) => sameName(c, 'identifier', () => rds('CreateDBInstance', 'DBInstanceAlreadyExists', 'DB instance already exists'))
    ?? familyFault(c, 'CreateDBInstance', 'aws_db_parameter_group', 'postgres'),
  compute: (c) => {
    const name = text(c.planned['identifier']) ?? `terraform-${c.hex(26)}`;
    const address = hostOf(c, name);
    const port = number(c.planned['port']) ?? 5432;
    const id = text(c.planned['id']) ?? `db-${c.letters(26)}`;
    return {
      id, resource_id: id, identifier: name, identifier_prefix: '', arn: arn(c, 'rds', `db:${name}`), address, port, endpoint: `${address}:${port}`, hosted_zone_id: 'Z2R2ITUGPM61AM', status: 'available', engine_version_actual: versionOf(c.planned['engine_version']),
      availability_zone: `${c.region}a`, backup_target: 'region', backup_window: '03:00-03:30', ca_cert_identifier: 'rds-ca-rsa2048-g1', database_insights_mode: 'standard', engine_lifecycle_support: 'open-source-rds-extended-support', iops: c.planned['storage_type'] === 'gp3' ? 3000 : 0,
      license_model: 'postgresql-license', maintenance_window: 'sun:04:00-sun:04:30', master_user_secret: secretOf(c), monitoring_role_arn: '', network_type: 'IPV4', option_group_name: `default:postgres-${versionOf(c.planned['engine_version']).split('.')[0]}`, performance_insights_kms_key_id: '',
      performance_insights_retention_period: 0, replica_mode: '', replicas: [], storage_throughput: c.planned['storage_type'] === 'gp3' ? 125 : 0, timezone: '', upgrade_rollout_order: 'second', listener_endpoint: [],
    };
  },
  blockers: ({ attributes }) => (attributes['deletion_protection'] === true ? rds('DeleteDBInstance', 'InvalidParameterCombination', 'Cannot delete protected DB Instance, please disable deletion protection and try again.') : snapshotBlocker(attributes, 'DeleteDBInstance')),
};

/** The clusters of a global database; the one that was made first writes, and has no source. */
const membersOf = (store: AccountStore, global: Value | undefined): readonly SimObject[] =>
  (text(global) === undefined ? [] : store.list('aws_rds_cluster').filter((one) => one.attributes['global_cluster_identifier'] === global));
const isSecondary = ({ attributes }: SimObject): boolean => text(attributes['source_region']) !== undefined;

/** Who may have a master user. Source: RDS API reference, CreateDBCluster, MasterUsername and MasterUserPassword; that members of a global database take theirs from its writer: Aurora user guide, "Adding an AWS Region to an Aurora global database". */
const userFault = ({ planned, prior, writeOnly, account }: Change): AwsFault | undefined => {
  const wrong = (message: string): AwsFault => rds('CreateDBCluster', 'InvalidParameterCombination', message);
  if (prior || text(planned['snapshot_identifier']) !== undefined || text(planned['replication_source_identifier']) !== undefined) return undefined;
  const hasPassword = managed(planned) || text(planned['master_password']) !== undefined || writeOnly['master_password_wo'] !== undefined;
  const username = text(planned['master_username']);
  if (membersOf(account.store, planned['global_cluster_identifier']).length > 0) return hasPassword || username !== undefined ? wrong('Cannot specify user name or password for cross region replication cluster') : undefined;
  return username === undefined || !hasPassword ? wrong('MasterUsername and MasterUserPassword must be specified for a cluster that is not a replica') : undefined;
};

const cluster: ResourceModel = {
  source: `${S}cluster.go; Aurora user guide, "Password management with Amazon Aurora and AWS Secrets Manager" (not for clusters of a global database) and "Performance and scaling for Aurora Serverless v2"`, label: 'RDS Cluster',
  forceNew: ['availability_zones', 'cluster_identifier', 'cluster_identifier_prefix', 'cluster_scalability_type', 'database_name', 'db_subnet_group_name', 'db_system_id', 'engine', 'engine_mode', 'kms_key_id', 'master_username', 'snapshot_identifier', 'source_region', 'storage_encrypted', 'restore_to_point_in_time'],
  defaults: { copy_tags_to_snapshot: false, delete_automated_backups: true, enable_global_write_forwarding: false, enable_http_endpoint: false, enable_local_write_forwarding: false, engine_mode: 'provisioned', skip_final_snapshot: false },
  conflicts: [['cluster_identifier', 'cluster_identifier_prefix'], ['snapshot_identifier', 'global_cluster_identifier'], ['master_password', 'master_password_wo']],
  rules: {
    cluster_identifier: identifier(63), master_password: password, master_password_wo: password, master_username: username, final_snapshot_identifier: snapshotName, backup_retention_period: between(1, 35), kms_key_id: arnRule, engine: oneOf('aurora-mysql', 'aurora-postgresql', 'mysql', 'postgres', 'neptune'),
    engine_mode: oneOf('global', 'multimaster', 'parallelquery', 'provisioned', 'serverless', ''), 'serverlessv2_scaling_configuration.min_capacity': between(0, 256), 'serverlessv2_scaling_configuration.max_capacity': between(1, 256),
    enabled_cloudwatch_logs_exports: oneOf('audit', 'error', 'general', 'iam-db-auth-error', 'instance', 'postgresql', 'slowquery', 'upgrade'), database_name: textRule(1, 63, /^[A-Za-z]\w*$/),
  },
  validate: (config) => [
    ...passwordProblems(config, 'master_password'), ...passwordProblems(config, 'master_password_wo'), ...withVersion(config, 'master_password_wo'),
    ...(managed(config) && (config['global_cluster_identifier'] ?? null) !== null ? [problem('manage_master_user_password', 'InvalidParameterCombination: Secrets Manager does not manage the password of a cluster that is part of a global database')] : []),
    ...records(config['serverlessv2_scaling_configuration']).flatMap((s) => {
      const [min, max] = [number(s['min_capacity']), number(s['max_capacity'])];
      if ([min, max].some((n) => n !== undefined && n * 2 % 1 !== 0)) return [problem('serverlessv2_scaling_configuration', 'InvalidParameterValue: Serverless v2 capacity isn\'t valid. Use a multiple of 0.5.')];
      return min !== undefined && max !== undefined && min > max ? [problem('serverlessv2_scaling_configuration', 'InvalidParameterValue: Serverless v2 maximum capacity must not be less than its minimum')] : [];
    }),
  ],
  references: [keyReference('CreateDBCluster'), groupReference('CreateDBCluster'), subnetGroupReference('CreateDBCluster'),
    { path: 'global_cluster_identifier', type: 'aws_rds_global_cluster', anywhere: true, fault: (v) => rds('CreateDBCluster', 'GlobalClusterNotFoundFault', `Global cluster ${v} not found`) }],
  name: (a) => text(a['cluster_identifier']) ?? '',
  refuse: (c) => sameName(c, 'cluster_identifier', () => rds('CreateDBCluster', 'DBClusterAlreadyExistsFault', 'DB Cluster already exists')) ?? familyFault(c, 'CreateDBCluster', 'aws_rds_cluster_parameter_group', 'aurora-postgresql') ?? userFault(c),
  compute: (c) => {
    const name = text(c.planned['cluster_identifier']) ?? `tf-${c.hex(26)}`;
    const writer = membersOf(c.account.store, c.planned['global_cluster_identifier']).find((one) => !isSecondary(one))?.attributes;
    return {
      id: name, cluster_identifier: name, master_username: text(writer?.['master_username']) ?? '', database_name: text(writer?.['database_name']) ?? '', cluster_identifier_prefix: '', arn: arn(c, 'rds', `cluster:${name}`), cluster_resource_id: `cluster-${c.letters(26, 'resource')}`, endpoint: hostOf(c, name, 'cluster-'), reader_endpoint: hostOf(c, name, 'cluster-ro-'), hosted_zone_id: 'Z2R2ITUGPM61AM',
      engine_version_actual: versionOf(c.planned['engine_version']), master_user_secret: secretOf(c), availability_zones: ['a', 'b', 'c'].map((z) => `${c.region}${z}`), cluster_members: [], iam_roles: [], port: 5432, network_type: 'IPV4', storage_type: '', apply_immediately: null,
      auto_minor_version_upgrade: true, ca_certificate_identifier: '', ca_certificate_valid_till: '', database_insights_mode: 'standard', engine_lifecycle_support: 'open-source-rds-extended-support', monitoring_interval: 0, monitoring_role_arn: '', upgrade_rollout_order: 'second', allocated_storage: 1,
    };
  },
  blockers: (o, { store }) => {
    if (o.attributes['deletion_protection'] === true) return rds('DeleteDBCluster', 'InvalidParameterCombination', 'Cannot delete protected Cluster, please disable deletion protection and try again.');
    const reader = isSecondary(o) ? undefined : membersOf(store, o.attributes['global_cluster_identifier']).find(isSecondary);
    if (reader) return rds('RemoveFromGlobalCluster', 'InvalidGlobalClusterStateFault', `The primary cluster cannot be removed while the global cluster has secondary clusters (${reader.region} ${reader.id})`);
    const member = store.list('aws_rds_cluster_instance').find((i) => i.region === o.region && i.attributes['cluster_identifier'] === o.id);
    return member ? rds('DeleteDBCluster', 'InvalidDBClusterStateFault', 'Cluster cannot be deleted, it still contains DB instances in non-deleting state.') : snapshotBlocker(o.attributes, 'DeleteDBCluster');
  },
};

const clusterInstance: ResourceModel = {
  source: `${S}cluster_instance.go; Aurora user guide, "Using Aurora Serverless v2"`, label: 'RDS Cluster Instance',
  forceNew: ['availability_zone', 'cluster_identifier', 'custom_iam_instance_profile', 'db_subnet_group_name', 'engine', 'identifier', 'identifier_prefix', 'publicly_accessible'],
  defaults: { auto_minor_version_upgrade: true, copy_tags_to_snapshot: false, force_destroy: false, monitoring_interval: 0, promotion_tier: 0 }, conflicts: [['identifier', 'identifier_prefix']],
  rules: { identifier: identifier(63), engine: oneOf('aurora-mysql', 'aurora-postgresql', 'mysql', 'postgres', 'neptune'), promotion_tier: between(0, 15), instance_class: textRule(1, 64, /^db\.(serverless|[a-z0-9]+(\.[a-z0-9-]+)+)$/) },
  references: [{ path: 'cluster_identifier', type: 'aws_rds_cluster', fault: (v) => rds('CreateDBInstance', 'DBClusterNotFoundFault', `Could not find DB Cluster: ${v}`) }], name: (a) => text(a['identifier']) ?? '',
  refuse: (c) => {
    const home = c.account.store.list('aws_rds_cluster').find((x) => x.region === c.region && x.id === c.planned['cluster_identifier']);
    if (home && c.planned['instance_class'] === 'db.serverless' && records(home.attributes['serverlessv2_scaling_configuration']).length === 0) return rds('CreateDBInstance', 'InvalidDBClusterStateFault', 'Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance.');
    return sameName(c, 'identifier', () => rds('CreateDBInstance', 'DBInstanceAlreadyExists', 'DB instance already exists'));
  },
  compute: (c) => {
    const name = text(c.planned['identifier']) ?? `tf-${c.hex(26)}`;
    const home = c.account.store.list('aws_rds_cluster').find((x) => x.region === c.region && x.id === c.planned['cluster_identifier'])?.attributes ?? {};
    return {
      id: name, identifier: name, identifier_prefix: '', arn: arn(c, 'rds', `db:${name}`), dbi_resource_id: `db-${c.letters(26, 'resource')}`, endpoint: hostOf(c, name), port: number(home['port']) ?? 5432, engine_version: text(home['engine_version']) ?? '', engine_version_actual: text(home['engine_version_actual']) ?? '',
      availability_zone: `${c.region}a`, ca_cert_identifier: 'rds-ca-rsa2048-g1', kms_key_id: text(home['kms_key_id']) ?? '', storage_encrypted: home['storage_encrypted'] === true, network_type: 'IPV4', writer: name.endsWith('-1'), monitoring_role_arn: '', performance_insights_kms_key_id: '',
      performance_insights_retention_period: 0, preferred_backup_window: text(home['preferred_backup_window']) ?? '', preferred_maintenance_window: 'sun:04:00-sun:04:30', apply_immediately: null, publicly_accessible: false, db_parameter_group_name: 'default',
    };
  },
};

const subnetGroup: ResourceModel = {
  source: `${S}subnet_group.go, validate.go; RDS API reference, CreateDBSubnetGroup`, label: 'RDS DB Subnet Group', forceNew: ['name', 'name_prefix'], conflicts: [['name', 'name_prefix']], defaults: { description: 'Managed by Terraform' },
  rules: { name: textRule(1, 255, /^(?!default$)[0-9a-z_ .-]+$/) }, references: [{ path: 'subnet_ids', type: 'aws_subnet', fault: () => rds('CreateDBSubnetGroup', 'InvalidSubnet', 'Some input subnets are invalid.') }],
  refuse: (c) => {
    const zones = new Set(c.account.store.list('aws_subnet').filter((s) => texts(c.planned['subnet_ids']).includes(s.id)).map((s) => s.attributes['availability_zone']));
    if (zones.size === 1) return rds('CreateDBSubnetGroup', 'DBSubnetGroupDoesNotCoverEnoughAZs', 'The DB subnet group doesn\'t meet Availability Zone (AZ) coverage requirement. Current AZ coverage: 1. Add subnets to cover at least 2 AZs.');
    return sameName(c, 'name', (name) => rds('CreateDBSubnetGroup', 'DBSubnetGroupAlreadyExists', `The DB subnet group '${name}' already exists.`));
  },
  compute: (c) => {
    const name = text(c.planned['name']) ?? `terraform-${c.hex(26)}`;
    const home = c.account.store.list('aws_subnet').find((s) => texts(c.planned['subnet_ids']).includes(s.id))?.attributes;
    return { id: name, name, name_prefix: '', arn: arn(c, 'rds', `subgrp:${name}`), supported_network_types: ['IPV4'], vpc_id: text(home?.['vpc_id']) ?? '' };
  },
  blockers: (o, { store }) => {
    const user = [...store.list('aws_db_instance'), ...store.list('aws_rds_cluster')].find((x) => x.region === o.region && x.attributes['db_subnet_group_name'] === o.id);
    return user && rds('DeleteDBSubnetGroup', 'InvalidDBSubnetGroupStateFault', `Cannot delete the subnet group '${o.id}' because at least one database instance: ${user.id} is still using it.`);
  },
};

const parameterGroup = (file: string, label: string, operation: string, kind: string, families: RegExp): ResourceModel => ({
  source: `${S}${file}, validate.go`, label, forceNew: ['description', 'family', 'name', 'name_prefix'], conflicts: [['name', 'name_prefix']], defaults: { 'description': 'Managed by Terraform', 'parameter.apply_method': 'immediate' },
  rules: { name: groupName, family: textRule(1, 255, families), 'parameter.apply_method': oneOf('immediate', 'pending-reboot') },
  refuse: (c) => sameName(c, 'name', (name) => rds(operation, 'DBParameterGroupAlreadyExists', `Parameter group ${name} already exists`)),
  compute: (c) => {
    const name = text(c.planned['name']) ?? `terraform-${c.hex(26)}`;
    return { id: name, name, name_prefix: '', arn: arn(c, 'rds', `${kind}:${name}`) };
  },
});

const globalCluster: ResourceModel = {
  source: `${S}global_cluster.go`, label: 'RDS Global Cluster', forceNew: ['database_name', 'engine', 'global_cluster_identifier', 'source_db_cluster_identifier', 'storage_encrypted'], defaults: { deletion_protection: false },
  // The provider reads back the whole version: a major one alone would be another change in every plan.
  rules: { global_cluster_identifier: identifier(63), engine: oneOf('aurora-mysql', 'aurora-postgresql'), engine_version: textRule(1, 40, /^\d+\.\d/) }, conflicts: [['engine', 'source_db_cluster_identifier'], ['storage_encrypted', 'source_db_cluster_identifier']], name: (a) => text(a['global_cluster_identifier']) ?? '',
  refuse: (c) => sameName(c, 'global_cluster_identifier', (name) => rds('CreateGlobalCluster', 'GlobalClusterAlreadyExistsFault', `Global cluster ${name} already exists`)),
  compute: (c) => {
    const name = text(c.planned['global_cluster_identifier']) ?? '';
    return { id: name, arn: `arn:${c.account.partition}:rds::${c.account.accountId}:global-cluster:${name}`, endpoint: `${name}.global-${c.hex(12)}.global.rds.amazonaws.com`, global_cluster_resource_id: `cluster-${c.hex(16)}`, global_cluster_members: [], engine_version_actual: versionOf(c.planned['engine_version']) };
  },
  blockers: (o, { store }) => {
    const member = store.list('aws_rds_cluster').find((x) => x.attributes['global_cluster_identifier'] === o.id);
    return o.attributes['deletion_protection'] === true || member ? rds('DeleteGlobalCluster', 'InvalidGlobalClusterStateFault', member ? `Global Cluster ${o.id} is not empty` : 'Cannot delete a protected global cluster') : undefined;
  },
};

/** Databases. */
export const databaseModels: Readonly<Record<string, ResourceModel>> = {
  aws_db_instance: instance, aws_rds_cluster: cluster, aws_rds_cluster_instance: clusterInstance, aws_db_subnet_group: subnetGroup, aws_rds_global_cluster: globalCluster,
  aws_db_parameter_group: parameterGroup('parameter_group.go', 'RDS DB Parameter Group', 'CreateDBParameterGroup', 'pg', /^(postgres|mysql|mariadb|aurora-postgresql|aurora-mysql)[0-9.]+$/),
  aws_rds_cluster_parameter_group: parameterGroup('cluster_parameter_group.go', 'RDS Cluster Parameter Group', 'CreateDBClusterParameterGroup', 'cluster-pg', /^(aurora-postgresql|aurora-mysql|postgres|mysql)[0-9.]+$/),
};
