import { describe, expect, test } from 'vitest';
import { awsEphemeral } from './ephemeral.ts';
import { simAccount } from '../../../../test/fixtures/sim-account.ts';
import { conformBlock } from '../schema/conform.ts';
import { loadSchema } from '../schema/schema-json.ts';
import type { Attributes, Value } from '../values.ts';

const schema = loadSchema('aws');

/** An empty account with what stores need in it; `change` applies without asking first whether the arguments are valid. */
const account = () => {
  const { store, engine, make, drop } = simAccount();
  const subnets = async (): Promise<Value[]> => {
    const vpc_id = (await make('aws_vpc', { cidr_block: '10.0.0.0/16' }))['id'] ?? null;
    const made = ['a', 'b', 'c'].map((zone, i) => make('aws_subnet', { vpc_id, cidr_block: `10.0.${i}.0/24`, availability_zone: `us-east-1${zone}` }));
    return (await Promise.all(made)).map(({ id }) => id ?? null);
  };
  const change = async (type: string, prior: Attributes, given: Attributes): Promise<Attributes> => {
    const config = conformBlock(schema.resources[type]?.block ?? {}, given);
    return (await engine.apply(type, engine.plan(type, config, { ...prior, ...config }, prior).planned, prior, config)).value ?? {};
  };
  return { make, drop, subnets, change, engine, store };
};

const postgres = { identifier: 'p', engine: 'postgres', engine_version: '16', instance_class: 'db.t4g.small', allocated_storage: 20, username: 'platform', manage_master_user_password: true, skip_final_snapshot: true };

const aurora = { cluster_identifier: 'c', engine: 'aurora-postgresql', master_username: 'platform', manage_master_user_password: true, skip_final_snapshot: true };

describe('what RDS refuses', () => {
  test.each([
    [{ identifier: 'Prod-DB' }, 'invalid value'], [{ identifier: 'a--b' }, 'invalid value'], [{ identifier: 'a-' }, 'invalid value'], [{ identifier: 'a'.repeat(64) }, '1 to 63 characters'],
    [{ username: 'rdsadmin' }, 'reserved word'], [{ username: '1st' }, 'invalid value'], [{ password: 'enough-characters' }, 'conflicts with manage_master_user_password'],
    [{ manage_master_user_password: null, password: 'with@sign-in-it' }, 'invalid value'], [{ manage_master_user_password: null, password: 'short' }, '8 to 128 characters'],
    [{ instance_class: 'db.serverless' }, 'Aurora only'], [{ instance_class: 'm6g.large' }, 'invalid value'], [{ allocated_storage: 10 }, 'Invalid storage size'], [{ max_allocated_storage: 21 }, 'Invalid max storage size'],
    [{ backup_retention_period: 36 }, 'in the range (0 - 35)'], [{ storage_type: 'gp3', iops: 4000 }, 'less than 400'], [{ performance_insights_retention_period: 8 }, 'multiple of 31'],
    [{ kms_key_id: 'arn:aws:kms:us-east-1:111122223333:key/none' }, 'KMSKeyNotAccessibleFault'], [{ vpc_security_group_ids: ['sg-none'] }, 'Invalid security group'], [{ db_subnet_group_name: 'none' }, 'DBSubnetGroupNotFoundFault'],
  ] as const)('of an instance with %j', async (wrong, message) => {
    await expect(account().make('aws_db_instance', { ...postgres, ...wrong } as Attributes)).rejects.toThrow(message);
  });

  test('a family of parameters that is not the engine\'s, and subnets of one zone', async () => {
    const { make, subnets } = account();
    await make('aws_db_parameter_group', { name: 'fifteen', family: 'postgres15' });
    await expect(make('aws_db_instance', { ...postgres, parameter_group_name: 'fifteen' })).rejects.toThrow('DBParameterGroupFamily postgres16');
    const [first = null] = await subnets();
    await expect(make('aws_db_subnet_group', { name: 'one', subnet_ids: [first] })).rejects.toThrow('DBSubnetGroupDoesNotCoverEnoughAZs');
  });

  test('deletion of what is protected, in use, or would go without a snapshot', async () => {
    const { make, drop } = account();
    await expect(drop('aws_db_instance', await make('aws_db_instance', { ...postgres, deletion_protection: true }))).rejects.toThrow('Cannot delete protected DB Instance');
    await expect(drop('aws_db_instance', await make('aws_db_instance', { ...postgres, identifier: 'q', skip_final_snapshot: false }))).rejects.toThrow('FinalDBSnapshotIdentifier is required');
    const cluster = await make('aws_rds_cluster', { ...aurora, serverlessv2_scaling_configuration: [{ min_capacity: 2, max_capacity: 16 }] });
    await make('aws_rds_cluster_instance', { identifier: 'c-1', cluster_identifier: 'c', engine: 'aurora-postgresql', instance_class: 'db.serverless' });
    await expect(drop('aws_rds_cluster', cluster)).rejects.toThrow('still contains DB instances');
  });

  test('of Aurora: a managed password in a global database, capacity that is none, an instance without capacity', async () => {
    const { make } = account();
    const cluster = aurora;
    await expect(make('aws_rds_cluster', { ...cluster, global_cluster_identifier: 'g' })).rejects.toThrow('global database');
    await expect(make('aws_rds_cluster', { ...cluster, serverlessv2_scaling_configuration: [{ min_capacity: 0.7, max_capacity: 2 }] })).rejects.toThrow('multiple of 0.5');
    await expect(make('aws_rds_cluster', { ...cluster, serverlessv2_scaling_configuration: [{ min_capacity: 4, max_capacity: 2 }] })).rejects.toThrow('maximum capacity');
    await make('aws_rds_cluster', cluster);
    await expect(make('aws_rds_cluster_instance', { identifier: 'c-1', cluster_identifier: 'c', engine: 'aurora-postgresql', instance_class: 'db.serverless' })).rejects.toThrow('scaling configuration');
  });
});

describe('a global database', () => {
  const { manage_master_user_password: _, ...plain } = aurora;
  const written = { master_password_wo: 'correct-horse-battery', master_password_wo_version: 1 };
  const primary = { ...plain, ...written, region: 'us-east-1', global_cluster_identifier: 'g' };
  const secondary = { cluster_identifier: 'c', engine: 'aurora-postgresql', skip_final_snapshot: true, region: 'eu-west-1', global_cluster_identifier: 'g', source_region: 'us-east-1' };
  const global = { global_cluster_identifier: 'g', engine: 'aurora-postgresql', storage_encrypted: true };

  test('has one writer with a user, and readers that take theirs from it', async () => {
    const { make } = account();
    await expect(make('aws_rds_global_cluster', { ...global, engine_version: '16' })).rejects.toThrow('invalid value');
    await expect(make('aws_rds_cluster', { ...plain, region: 'us-east-1' })).rejects.toThrow('MasterUserPassword must be specified');
    await expect(make('aws_rds_cluster', primary)).rejects.toThrow('GlobalClusterNotFoundFault');
    await make('aws_rds_global_cluster', global);
    await make('aws_rds_cluster', primary);
    await expect(make('aws_rds_cluster', { ...secondary, ...written })).rejects.toThrow('Cannot specify user name or password');
    expect(await make('aws_rds_cluster', secondary)).toMatchObject({ master_username: 'platform', master_password_wo: null });
  });

  test('goes away from the readers to the writer to itself', async () => {
    const { make, drop } = account();
    const [whole, writer, reader] = [await make('aws_rds_global_cluster', global), await make('aws_rds_cluster', primary), await make('aws_rds_cluster', secondary)];
    await expect(drop('aws_rds_global_cluster', whole)).rejects.toThrow('is not empty');
    await expect(drop('aws_rds_cluster', writer)).rejects.toThrow('has secondary clusters');
    for (const [type, object] of [['aws_rds_cluster', reader], ['aws_rds_cluster', writer], ['aws_rds_global_cluster', whole]] as const) await drop(type, object);
  });
});

describe('what is written and never read', () => {
  const secret = { name: '/a/password', type: 'SecureString', value_wo: 'one', value_wo_version: 1 };
  const kept = ({ store }: ReturnType<typeof account>): Value => store.list('aws_ssm_parameter')[0]?.writeOnly?.['value_wo'] ?? null;

  test('is in no attribute, and changes with its version only', async () => {
    const a = account();
    const made = await a.make('aws_ssm_parameter', secret);
    expect(JSON.stringify(made)).not.toContain('one');
    expect(made).toMatchObject({ value_wo: null, has_value_wo: true });
    await a.change('aws_ssm_parameter', made, { ...secret, value_wo: 'two' });
    expect(kept(a)).toBe('one');
    await a.change('aws_ssm_parameter', made, { ...secret, value_wo: 'two', value_wo_version: 2 });
    expect(kept(a)).toBe('two');
  });

  test('needs a version, and a password that RDS takes', async () => {
    const { make } = account();
    await expect(make('aws_ssm_parameter', { ...secret, value_wo_version: null })).rejects.toThrow('all of `value_wo,value_wo_version` must be specified');
    await expect(make('aws_rds_cluster', { ...aurora, manage_master_user_password: null, master_password_wo: 'with@sign-in-it', master_password_wo_version: 1 })).rejects.toThrow('invalid value');
    await expect(make('aws_rds_cluster', { ...aurora, master_password_wo: 'good-enough', master_password_wo_version: 1 })).rejects.toThrow('conflicts with manage_master_user_password');
  });

  test('comes from ephemeral resources: random each time, or what a parameter holds', async () => {
    const a = account();
    const open = (type: string, config: Attributes) => a.engine.open(type, conformBlock(schema.ephemeral_resources[type]?.block ?? {}, config));
    const random = () => String(open('aws_secretsmanager_random_password', { password_length: 40, exclude_punctuation: true }).value['random_password']);
    expect(random()).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(random()).not.toBe(random());
    const { arn = null } = await a.make('aws_ssm_parameter', secret);
    expect(open('aws_ssm_parameter', { arn }).value).toMatchObject({ name: '/a/password', value: 'one', with_decryption: true });
    expect(open('aws_ssm_parameter', { arn: `${String(arn)}2` }).problems[0]?.summary).toContain('couldn\'t find resource');
    expect(open('aws_ssm_parameter', { arn, region: 'eu-west-1' }).problems).toHaveLength(1);
  });

  test('has a table for each ephemeral type of the schema, and no other', () => {
    expect(Object.keys(awsEphemeral).toSorted()).toEqual(Object.keys(schema.ephemeral_resources).toSorted());
    expect(a40().map(({ path }) => path)).toEqual([['password_length']]);
  });
  const a40 = () => account().engine.validateEphemeral('aws_secretsmanager_random_password', { password_length: 5000 });
});

describe('what ElastiCache refuses', () => {
  const group = { replication_group_id: 'r', description: 'd', engine: 'valkey', node_type: 'cache.t4g.small', num_cache_clusters: 1, transit_encryption_enabled: true };
  test.each([
    [{ replication_group_id: 'r'.repeat(41) }, '1 to 40 characters'], [{ replication_group_id: 'a--b' }, 'invalid value'], [{ auth_token: 'too-short' }, '16 to 128 characters'], [{ auth_token: 'has_underscores_=+!' }, 'invalid value'],
    [{ automatic_failover_enabled: true }, 'must be at least 2'], [{ multi_az_enabled: true }, 'automatic_failover_enabled must be true'], [{ node_type: 't4g.small' }, 'invalid value'], [{ auth_token: 'long-enough-token', transit_encryption_enabled: false }, 'encryption in transit'],
    [{ user_group_ids: ['none'] }, 'UserGroupNotFoundFault'], [{ subnet_group_name: 'none' }, 'CacheSubnetGroupNotFoundFault'],
  ] as const)('of a replication group with %j', async (wrong, message) => {
    await expect(account().make('aws_elasticache_replication_group', { ...group, ...wrong } as Attributes)).rejects.toThrow(message);
  });

  test('users whose id and name differ under IAM, groups without the user Redis wants, and with one Valkey does not', async () => {
    const { make } = account();
    const user = { user_id: 'one', user_name: 'one', engine: 'redis', access_string: 'on ~* +@all', authentication_mode: [{ type: 'iam' }] };
    await expect(make('aws_elasticache_user', { ...user, user_name: 'other' })).rejects.toThrow('identical');
    await make('aws_elasticache_user', user);
    await expect(make('aws_elasticache_user_group', { user_group_id: 'g', engine: 'redis', user_ids: ['one'] })).rejects.toThrow('DefaultUserRequired');
    await make('aws_elasticache_user', { ...user, user_id: 'closed', user_name: 'default', authentication_mode: [{ type: 'no-password-required' }] });
    await expect(make('aws_elasticache_user_group', { user_group_id: 'g', engine: 'valkey', user_ids: ['closed'] })).rejects.toThrow('password or IAM');
    await make('aws_elasticache_user_group', { user_group_id: 'g', engine: 'redis', user_ids: ['one', 'closed'] });
  });

  test('TLS of a Memcached that is too old, and one node in several zones', async () => {
    const { make } = account();
    const cluster = { cluster_id: 'm', engine: 'memcached', engine_version: '1.6.22', node_type: 'cache.t4g.small', num_cache_nodes: 1, transit_encryption_enabled: true };
    await expect(make('aws_elasticache_cluster', { ...cluster, engine_version: '1.6.6' })).rejects.toThrow('before 1.6.12');
    await expect(make('aws_elasticache_cluster', { ...cluster, az_mode: 'cross-az' })).rejects.toThrow('cross-az');
  });
});

describe('what MSK and DynamoDB refuse', () => {
  test('brokers that do not divide by zones', async () => {
    const { make, subnets } = account();
    const ids = await subnets();
    const cluster = (brokers: number, client_subnets: readonly Value[]): Attributes => ({ cluster_name: 'k', kafka_version: '3.9.x', number_of_broker_nodes: brokers, broker_node_group_info: [{ instance_type: 'kafka.t3.small', client_subnets, security_groups: [] }] });
    await expect(make('aws_msk_cluster', cluster(4, ids))).rejects.toThrow('multiple of Availability Zones');
    await expect(make('aws_msk_cluster', cluster(1, ids.slice(0, 1)))).rejects.toThrow('two or three client subnets');
    await expect(make('aws_msk_cluster', { ...cluster(3, ids), cluster_name: 'k'.repeat(65) })).rejects.toThrow('1 to 64 characters');
  });

  test('attributes that are no key, capacity of a table paid per request, deletion of a protected one', async () => {
    const { make, drop } = account();
    const table = { name: 'features', billing_mode: 'PAY_PER_REQUEST', hash_key: 'id', attribute: [{ name: 'id', type: 'S' }] };
    await expect(make('aws_dynamodb_table', { ...table, attribute: [{ name: 'id', type: 'S' }, { name: 'more', type: 'S' }] })).rejects.toThrow('Unused attributes');
    await expect(make('aws_dynamodb_table', { ...table, read_capacity: 5 })).rejects.toThrow('PAY_PER_REQUEST');
    await expect(make('aws_dynamodb_table', { ...table, name: 'a' })).rejects.toThrow('3 to 255 characters');
    await expect(drop('aws_dynamodb_table', await make('aws_dynamodb_table', { ...table, deletion_protection_enabled: true }))).rejects.toThrow('protected against deletion');
  });
});

describe('what S3 refuses of settings', () => {
  test('archiving too early, a lock without versions, and both days and years', async () => {
    const { make } = account();
    await make('aws_s3_bucket', { bucket: 'from' });
    const tiering = { bucket: 'from', name: 'all', tiering: [{ access_tier: 'DEEP_ARCHIVE_ACCESS', days: 90 }] };
    await expect(make('aws_s3_bucket_intelligent_tiering_configuration', tiering)).rejects.toThrow('at least 180 days');
    const lock = (retention: Attributes): Attributes => ({ bucket: 'from', rule: [{ default_retention: [{ mode: 'GOVERNANCE', ...retention }] }] });
    await expect(make('aws_s3_bucket_object_lock_configuration', lock({ days: 1, years: 1 }))).rejects.toThrow('either days or years');
    await expect(make('aws_s3_bucket_object_lock_configuration', lock({ days: 1 }))).rejects.toThrow('Versioning must be');
    await expect(make('aws_s3_bucket_notification', { bucket: 'none' })).rejects.toThrow('NoSuchBucket');
  });
});

describe('what S3 refuses of copies', () => {
  const rule = (destination: Attributes, more: Attributes = {}): Attributes => ({ status: 'Enabled', filter: [{ prefix: '' }], delete_marker_replication: [{ status: 'Enabled' }], destination: [{ bucket: 'arn:aws:s3:::to', ...destination }], ...more });
  const replication = (...rules: readonly Attributes[]): Attributes => ({ bucket: 'from', role: 'arn:aws:iam::111122223333:role/r', rule: rules });
  test.each([
    [rule({ replication_time: [{ status: 'Enabled' }], metrics: [{ status: 'Enabled' }] }), 'time block'],
    [rule({ replication_time: [{ status: 'Enabled', time: [{ minutes: 15 }] }] }), 'metrics that are enabled'],
    [rule({ encryption_configuration: [{ replica_kms_key_id: 'arn:aws:kms:eu-west-1:111122223333:key/k' }] }), 'go together'],
    [rule({}, { source_selection_criteria: [{ sse_kms_encrypted_objects: [{ status: 'Enabled' }] }] }), 'go together'],
    [rule({}, { delete_marker_replication: [] }), 'DeleteMarkerReplication must be specified'],
  ])('rule %#', async (wrong, message) => {
    await expect(account().make('aws_s3_bucket_replication_configuration', replication(wrong))).rejects.toThrow(message);
  });

  test('of buckets without versions on either side', async () => {
    const { make } = account();
    const enable = (bucket: string): Promise<Attributes> => make('aws_s3_bucket_versioning', { bucket, versioning_configuration: [{ status: 'Enabled' }] });
    for (const bucket of ['from', 'too']) await make('aws_s3_bucket', { bucket });
    const wanted = replication({ ...rule({}), destination: [{ bucket: 'arn:aws:s3:::too' }] });
    await expect(make('aws_s3_bucket_replication_configuration', wanted)).rejects.toThrow("Versioning must be 'Enabled' on the bucket");
    await enable('from');
    await expect(make('aws_s3_bucket_replication_configuration', wanted)).rejects.toThrow('Destination bucket must have versioning enabled');
    await enable('too');
    await make('aws_s3_bucket_replication_configuration', wanted);
  });
});
