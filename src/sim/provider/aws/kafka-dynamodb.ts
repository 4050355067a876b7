import type { ResourceModel } from '../engine/model.ts';
import type { ProviderProblem } from '../problem.ts';
import { first, isKnown, records, text, texts } from '../values.ts';
import type { Attributes } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, between, jsonRule, oneOf, textRule } from './rules.ts';
import { faultsOf, sameName } from './same-name.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const kafka = faultsOf('Kafka');
const dynamo = faultsOf('DynamoDB');
const problem = (path: string, summary: string): ProviderProblem => ({ severity: 'error', summary, detail: '', path: [path] });

const mskCluster: ResourceModel = {
  source: `${S}kafka/cluster.go; Amazon MSK API reference, CreateCluster; Amazon MSK developer guide, "Port information"`, label: 'MSK Cluster',
  forceNew: ['cluster_name', 'broker_node_group_info.az_distribution', 'broker_node_group_info.client_subnets', 'broker_node_group_info.security_groups', 'encryption_info.encryption_at_rest_kms_key_arn', 'encryption_info.encryption_in_transit.in_cluster'],
  defaults: { 'enhanced_monitoring': 'DEFAULT', 'broker_node_group_info.az_distribution': 'DEFAULT', 'encryption_info.encryption_in_transit.client_broker': 'TLS', 'encryption_info.encryption_in_transit.in_cluster': true },
  rules: {
    'cluster_name': textRule(1, 64, /^[0-9A-Za-z][0-9A-Za-z-]*$/), 'kafka_version': textRule(1, 64), 'broker_node_group_info.instance_type': textRule(1, 32, /^(kafka|express)\.[a-z0-9]+\.[a-z0-9]+$/), 'broker_node_group_info.storage_info.ebs_storage_info.volume_size': between(1, 16384), 'configuration_info.arn': arnRule,
    'encryption_info.encryption_in_transit.client_broker': oneOf('TLS', 'TLS_PLAINTEXT', 'PLAINTEXT'), 'enhanced_monitoring': oneOf('DEFAULT', 'PER_BROKER', 'PER_TOPIC_PER_BROKER', 'PER_TOPIC_PER_PARTITION'), 'encryption_info.encryption_at_rest_kms_key_arn': arnRule,
  },
  validate: (config) => {
    const subnets = first(config['broker_node_group_info'])?.['client_subnets'] ?? null;
    const brokers = config['number_of_broker_nodes'];
    const count = texts(subnets).length;
    if (!isKnown(subnets) || count === 0) return [];
    return [
      ...(count < 2 || count > 3 ? [problem('broker_node_group_info', `BadRequestException: One or more of the parameters are not valid: specify two or three client subnets, each in a different Availability Zone (got ${count})`)] : []),
      ...(typeof brokers === 'number' && brokers % count !== 0 ? [problem('number_of_broker_nodes', `BadRequestException: The number of broker nodes must be a multiple of Availability Zones in the Client Subnets parameter (${brokers}, ${count})`)] : []),
    ];
  },
  references: [
    { path: 'broker_node_group_info.client_subnets', type: 'aws_subnet', fault: (v) => kafka('CreateCluster', 'BadRequestException', `The subnet ID '${v}' does not exist.`) },
    { path: 'broker_node_group_info.security_groups', type: 'aws_security_group', fault: (v) => kafka('CreateCluster', 'BadRequestException', `The security group '${v}' does not exist.`) },
    { path: 'configuration_info.arn', type: 'aws_msk_configuration', by: 'arn', fault: (v) => kafka('CreateCluster', 'NotFoundException', `The configuration ${v} does not exist.`) },
    { path: 'encryption_info.encryption_at_rest_kms_key_arn', type: 'aws_kms_key', by: 'arn', fault: (v) => kafka('CreateCluster', 'BadRequestException', `The KMS key ${v} is not valid.`) },
  ],
  recompute: { current_version: ['*'] }, name: (a) => text(a['cluster_name']) ?? '',
  refuse: (c) => {
    const brokers = c.planned['number_of_broker_nodes'];
    const count = texts(first(c.planned['broker_node_group_info'])?.['client_subnets']).length;
    if (typeof brokers === 'number' && count > 0 && brokers % count !== 0) return kafka('CreateCluster', 'BadRequestException', 'The number of broker nodes must be a multiple of Availability Zones in the Client Subnets parameter.');
    if (c.prior && typeof brokers === 'number' && brokers < Number(c.prior['number_of_broker_nodes'])) return kafka('UpdateBrokerCount', 'BadRequestException', 'The number of broker nodes can not be reduced.');
    return sameName(c, 'cluster_name', () => kafka('CreateCluster', 'ConflictException', 'A resource with this name already exists.'));
  },
  compute: (c) => {
    const name = text(c.planned['cluster_name']) ?? '';
    const uuid = `${c.hex(8, 'u')}-${c.hex(4, 'v')}-${c.hex(4, 'w')}-${c.hex(4, 'x')}-${c.hex(12, 'y')}-3`;
    const id = text(c.planned['id']) ?? arn(c, 'kafka', `cluster/${name}/${uuid}`);
    const brokers = (port: number): string => Array.from({ length: Math.min(3, Number(c.planned['number_of_broker_nodes'] ?? 3)) }, (_, i) => `b-${i + 1}.${name.replace(/-/g, '')}.${c.hex(6, 'host')}.c3.kafka.${c.region}.amazonaws.com:${port}`).join(',');
    const sasl = first(first(c.planned['client_authentication'])?.['sasl']);
    return {
      id, arn: id, cluster_uuid: uuid, bootstrap_brokers: '', bootstrap_brokers_tls: brokers(9094), bootstrap_brokers_sasl_iam: sasl?.['iam'] === true ? brokers(9098) : '', bootstrap_brokers_sasl_scram: sasl?.['scram'] === true ? brokers(9096) : '', current_version: `K${c.letters(13, c.prior ? 'next' : 'first')}`,
      storage_mode: 'LOCAL', customer_action_status: 'NONE', zookeeper_connect_string: '', zookeeper_connect_string_tls: '',
    };
  },
};

const mskConfiguration: ResourceModel = {
  source: `${S}kafka/configuration.go`, label: 'MSK Configuration', forceNew: ['kafka_versions', 'name'], recompute: { latest_revision: ['description', 'server_properties'] }, rules: { name: textRule(1, 256, /^[0-9A-Za-z][0-9A-Za-z-]*$/) },
  refuse: (c) => sameName(c, 'name', () => kafka('CreateConfiguration', 'ConflictException', 'A resource with this name already exists.')),
  compute: (c) => {
    const id = text(c.planned['id']) ?? arn(c, 'kafka', `configuration/${text(c.planned['name']) ?? ''}/${c.hex(32)}`);
    return { id, arn: id, latest_revision: Number(c.prior?.['latest_revision'] ?? 0) + 1 };
  },
  blockers: (o, { store }) => {
    const user = store.list('aws_msk_cluster').find((x) => first(x.attributes['configuration_info'])?.['arn'] === o.id);
    return user && kafka('DeleteConfiguration', 'BadRequestException', `Configuration is in use by one or more clusters (${user.id}). Dissociate the configuration from the clusters.`);
  },
};

const clusterPolicy: ResourceModel = {
  source: `${S}kafka/cluster_policy.go`, label: 'MSK Cluster Policy', forceNew: ['cluster_arn'], isShared: true, rules: { policy: jsonRule() }, references: [{ path: 'cluster_arn', type: 'aws_msk_cluster', by: 'arn', fault: (v) => kafka('PutClusterPolicy', 'NotFoundException', `The cluster ${v} does not exist.`) }],
  compute: (c) => ({ id: text(c.planned['cluster_arn']) ?? '', current_version: `K${c.letters(13)}` }),
};

const table: ResourceModel = {
  source: `${S}dynamodb/table.go, validate.go; DynamoDB developer guide, "Naming rules" and "Deletion protection"`, label: 'DynamoDB Table', forceNew: ['hash_key', 'import_table', 'local_secondary_index', 'name', 'range_key', 'restore_date_time', 'restore_source_name', 'restore_source_table_arn', 'restore_to_latest_time'],
  defaults: { billing_mode: 'PROVISIONED' },
  rules: { 'name': textRule(3, 255, /^[\w.-]+$/), 'billing_mode': oneOf('PROVISIONED', 'PAY_PER_REQUEST'), 'table_class': oneOf('STANDARD', 'STANDARD_INFREQUENT_ACCESS'), 'attribute.type': oneOf('B', 'N', 'S'), 'server_side_encryption.kms_key_arn': arnRule, 'point_in_time_recovery.recovery_period_in_days': between(1, 35), 'stream_view_type': oneOf('', 'KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES') },
  validate: (config) => {
    const keysIn = (o: Attributes): string[] => [text(o['hash_key']) ?? '', text(o['range_key']) ?? '', ...records(o['key_schema']).map((k) => text(k['attribute_name']) ?? '')].filter((k) => k !== '');
    const keys = [config, ...records(config['global_secondary_index']), ...records(config['local_secondary_index'])].flatMap(keysIn);
    const names = records(config['attribute']).flatMap((a) => text(a['name']) ?? []);
    const unused = names.filter((n) => !keys.includes(n));
    const missing = keys.filter((k) => !names.includes(k));
    return [
      ...(unused.length > 0 ? [problem('attribute', `all attributes must be indexed. Unused attributes: ${JSON.stringify(unused)}`)] : []),
      ...(names.length > 0 && missing.length > 0 ? [problem('attribute', `all indexes must match a defined attribute. Unmatched indexes: ${JSON.stringify(missing)}`)] : []),
      ...(config['billing_mode'] === 'PAY_PER_REQUEST' && ['read_capacity', 'write_capacity'].some((k) => Number(config[k] ?? 0) > 0) ? [problem('billing_mode', 'ValidationException: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST')] : []),
    ];
  },
  references: [{ path: 'server_side_encryption.kms_key_arn', type: 'aws_kms_key', by: 'arn', fault: (v) => dynamo('CreateTable', 'ValidationException', `KMS key ${v} does not exist or is not enabled`) }],
  refuse: (c) => sameName(c, 'name', (name) => dynamo('CreateTable', 'ResourceInUseException', `Table already exists: ${name}`)),
  compute: (c) => {
    const name = text(c.planned['name']) ?? '';
    return { id: name, arn: arn(c, 'dynamodb', `table/${name}`), stream_arn: '', stream_label: '', stream_view_type: '', read_capacity: 0, write_capacity: 0, hash_key: '', warm_throughput: [{ read_units_per_second: 12_000, write_units_per_second: 4000 }] };
  },
  computedBlocks: ['warm_throughput', 'ttl'],
  blockers: ({ attributes }) => (attributes['deletion_protection_enabled'] === true ? dynamo('DeleteTable', 'ValidationException', 'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.') : undefined),
};

/** Kafka and DynamoDB. */
export const kafkaDynamoModels: Readonly<Record<string, ResourceModel>> = { aws_msk_cluster: mskCluster, aws_msk_configuration: mskConfiguration, aws_msk_cluster_policy: clusterPolicy, aws_dynamodb_table: table };
