import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import type { EnvironmentSketch } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { emitTerraform } from '../terraform.ts';
import { terraformRoots } from './roots.ts';

const folder = 'terraform/environments';
const render = (environments: readonly EnvironmentSketch[]): ReadonlyMap<string, string> =>
  new Map(emitTerraform(terraformPlan(platformFixture(environments)), chartPins).map(({ path, text }) => [path, text]));
const file = (from: ReadonlyMap<string, string>, path: string): string => from.get(`${folder}/${path}`) ?? expect.fail(`${path} was not rendered`);
const on = { enabled: true };
const with_ = (data: Readonly<Record<string, unknown>>, tier: 'dev' | 'qa' | 'prod' = 'dev') => render([{ tier, clusters: 1, settings: { data } }]);

describe('the root of data stores', () => {
  it('is there only where a store is asked for, and then after the cluster and before nothing', () => {
    expect([...with_({})].some(([path]) => path.includes('/data/'))).toBe(false);
    const roots = terraformRoots(terraformPlan(platformFixture([{ tier: 'dev', clusters: 1, settings: { data: { feast: on } } }])));
    expect(roots.find(({ kind }) => kind === 'data')?.after).toEqual([`${folder}/dev`, `${folder}/dev/dev-mlops-cluster-01/cluster`]);
  });

  it.each(['postgres', 'aurora', 'redis', 'memcached', 'msk', 'feast'])('holds %s alone when only it is on', (store) => {
    const names = [...with_({ [store]: on }).keys()].filter((path) => path.includes('/data/')).map((path) => path.split('/').at(-1));
    const watched = ['postgres', 'aurora', 'redis'].includes(store) ? ['store-alarms.tf'] : [];
    expect(names).toEqual([`${store}.tf`, 'key.tf', 'lookups.tf', 'outputs.tf', ...watched, 'versions.tf'].toSorted());
  });

  it('finds the hub\'s network by tag, and lets in nothing but its nodes', () => {
    const files = with_({ postgres: on });
    expect(file(files, 'dev/data/lookups.tf')).toMatch(/data "aws_security_group" "nodes" \{\n +filter \{\n +name += "tag:karpenter\.sh\/discovery"\n +values = \["dev-mlops-cluster-01"\]/);
    const postgres = file(files, 'dev/data/postgres.tf');
    expect(postgres).toContain('referenced_security_group_id = data.aws_security_group.nodes.id');
    expect(postgres).not.toMatch(/cidr_ipv4|_egress_rule/);
  });

  it('keeps no password: RDS makes and rotates it, caches and brokers ask IAM', () => {
    const text = [...with_({ postgres: on, aurora: on, redis: on, msk: on })].filter(([path]) => path.includes('/data/')).map(([, each]) => each).join('\n');
    expect(text).not.toMatch(/\n +(master_)?password +=|auth_token|random_password|\n +passwords +=/);
    expect(text.match(/manage_master_user_password += true/g)).toHaveLength(2);
    expect(text.match(/master_user_secret_kms_key_id += aws_kms_key\.data\.arn/g)).toHaveLength(2);
    expect(text).toMatch(/authentication_mode \{\n +type = "iam"/);
    expect(text).toMatch(/sasl \{\n +iam = true/);
    expect(text).toContain('unauthenticated = false');
  });

  it('writes where stores are found, below the path of the environment', () => {
    expect(file(with_({ postgres: on }), 'dev/data/postgres.tf')).toMatch(/"\/argoeks\/dev\/data\/postgres\/secret-arn"\n[^}]*aws_db_instance\.postgres\.master_user_secret\[0\]\.secret_arn/);
  });
});

describe('stores by tier', () => {
  it('are cheap in dev and safe in prod', () => {
    const dev = file(with_({ postgres: on }), 'dev/data/postgres.tf');
    const prod = file(with_({ postgres: on }, 'prod'), 'prod/data/postgres.tf');
    expect(dev).toMatch(/instance_class += "db\.t4g\.small"/);
    expect(dev).toMatch(/multi_az += false/);
    expect(dev).toMatch(/skip_final_snapshot += true/);
    expect(dev).toMatch(/backup_retention_period += 7\n/);
    expect(dev).toMatch(/deletion_protection += false/);
    expect(prod).toMatch(/instance_class += "db\.m6g\.xlarge"/);
    expect(prod).toMatch(/multi_az += true/);
    expect(prod).toMatch(/final_snapshot_identifier += "prod-mlops-postgres-final"/);
    expect(prod).toMatch(/backup_retention_period += 35\n/);
    expect(prod).toMatch(/deletion_protection += var\.deletion_protection/);
  });

  it('force TLS and encrypt with our key', () => {
    const files = with_({ postgres: on, aurora: on, redis: on, memcached: on, msk: on, feast: on });
    expect(file(files, 'dev/data/postgres.tf')).toMatch(/name += "rds\.force_ssl"\n +value += "1"/);
    expect(file(files, 'dev/data/aurora.tf')).toMatch(/name += "rds\.force_ssl"\n +value += "1"/);
    for (const store of ['redis', 'memcached']) expect(file(files, `dev/data/${store}.tf`)).toMatch(/transit_encryption_enabled += true/);
    expect(file(files, 'dev/data/msk.tf')).toMatch(/client_broker = "TLS"/);
    for (const store of ['postgres', 'aurora', 'redis', 'msk', 'feast']) expect(file(files, `dev/data/${store}.tf`)).toContain('aws_kms_key.data.arn');
  });

  it('are what the configuration says', () => {
    const files = with_({
      postgres: { ...on, version: '17.4', instance_class: 'db.r7g.large', storage_gib: 60, max_storage_gib: 600, multi_az: true, backup_days: 8 },
      aurora: { ...on, version: '15', min_capacity: 0.5, max_capacity: 8, instances: 3, backup_days: 9 },
      redis: { ...on, engine: 'redis', node_type: 'cache.r7g.large', replicas: 2, snapshot_days: 5 },
      memcached: { ...on, nodes: 3 }, msk: { ...on, version: '3.8.x', broker_type: 'kafka.m5.large', brokers_per_zone: 2, volume_gib: 200 }, feast: { ...on, tables: ['users', 'items'] },
    });
    const postgres = file(files, 'dev/data/postgres.tf');
    for (const part of [/engine_version += "17\.4"/, /auto_minor_version_upgrade += false/, /"postgres17"/, /"db\.r7g\.large"/, /[^x]_?allocated_storage += 60\n/, /max_allocated_storage += 600\n/, /multi_az += true/, /backup_retention_period += 8\n/]) expect(postgres).toMatch(part);
    const aurora = file(files, 'dev/data/aurora.tf');
    for (const part of [/engine_version += "15"/, /"aurora-postgresql15"/, /min_capacity = 0\.5/, /max_capacity = 8/, /"dev-mlops-aurora-3"/, /backup_retention_period += 9\n/, /auto_minor_version_upgrade += true/]) expect(aurora).toMatch(part);
    const redis = file(files, 'dev/data/redis.tf');
    for (const part of [/engine_version += "7\.1"/, /num_cache_clusters += 3/, /multi_az_enabled += true/, /"cache\.r7g\.large"/, /snapshot_retention_limit += 5/, /user_name += "default"/]) expect(redis).toMatch(part);
    expect(file(files, 'dev/data/memcached.tf')).toMatch(/az_mode += "cross-az"/);
    const msk = file(files, 'dev/data/msk.tf');
    for (const part of [/kafka_version += "3\.8\.x"/, /"kafka\.m5\.large"/, /number_of_broker_nodes += 6/, /volume_size = 200/, /default\.replication\.factor=3/]) expect(msk).toMatch(part);
    expect(file(files, 'dev/data/feast.tf')).toContain('"dev-mlops-feast-items"');
  });

  it('need no user "default" with Valkey', () => {
    expect(file(with_({ redis: on }), 'dev/data/redis.tf')).not.toContain('"default"');
  });
});

describe('a global database', () => {
  const of = (aurora_global: Readonly<Record<string, unknown>>, regions: readonly string[] = ['us-east-1', 'eu-west-1']) => render([{ tier: 'prod', clusters: regions.length, regions, settings: { data: { aurora_global: { ...on, ...aurora_global } } } }]);
  const files = of({});
  const text = file(files, 'prod/data/aurora-global.tf');
  const block = (header: string, from = text): string => from.split(/\n(?=\S)/).find((part) => part.startsWith(header)) ?? expect.fail(`no ${header}`);

  it('leaves no trace where it is off, nor in the root of other stores', () => {
    const other = [...with_({ postgres: on }, 'prod')].filter(([path]) => /prod\/|account\//.test(path)).map(([, each]) => each).join('\n');
    expect(other).not.toMatch(/aurora-global|global-cluster|aws_rds_global|\nephemeral|GetRandomPassword|_secondary/);
  });

  it('waits for the networks of both regions, and has a key, subnets and a closed group in each', () => {
    const sketch: EnvironmentSketch = { tier: 'prod', clusters: 2, regions: ['us-east-1', 'eu-west-1'], settings: { data: { aurora_global: on } } };
    expect(terraformRoots(terraformPlan(platformFixture([sketch]))).find(({ kind }) => kind === 'data')?.after).toEqual(['prod', 'prod/prod-mlops-cluster-01/cluster', 'prod/prod-mlops-cluster-02/cluster'].map((path) => `${folder}/${path}`));
    expect(block('data "aws_subnets" "private_secondary"', file(files, 'prod/data/lookups-secondary.tf'))).toMatch(/region = "eu-west-1"[^}]*values = \["prod-mlops-cluster-02"\]/);
    expect(block('resource "aws_kms_key" "data_secondary"', file(files, 'prod/data/key-secondary.tf'))).toMatch(/region += "eu-west-1"/);
    for (const [place, region, key] of [['primary', 'us-east-1', 'data'], ['secondary', 'eu-west-1', 'data_secondary']] as const) {
      const cluster = block(`resource "aws_rds_cluster" "aurora_${place}"`);
      expect(cluster).toMatch(new RegExp(`region += "${region}"`));
      expect(cluster).toMatch(new RegExp(`kms_key_id += aws_kms_key\\.${key}\\.arn`));
      expect(cluster).toMatch(/deletion_protection += var\.deletion_protection/);
      expect(cluster).toMatch(/min_capacity = 4\n/);
      expect(cluster).toMatch(/max_capacity = 64\n/);
    }
    expect(block('resource "aws_vpc_security_group_ingress_rule" "aurora_secondary"')).toMatch(/referenced_security_group_id = data\.aws_security_group\.nodes_secondary\.id/);
    expect(text).not.toMatch(/cidr_ipv4|_egress_rule/);
  });

  it('writes in the hub\'s region; the other takes user, password and data from there, comes later and goes first', () => {
    const secondary = block('resource "aws_rds_cluster" "aurora_secondary"');
    expect(secondary).not.toMatch(/master_|final_snapshot_identifier|database_name/);
    expect(secondary).toMatch(/source_region += "us-east-1"/);
    expect(secondary).toMatch(/depends_on = \[\n +aws_cloudwatch_log_group\.aurora_secondary,\n +aws_rds_cluster_instance\.aurora_primary_1,\n +aws_rds_cluster_instance\.aurora_primary_2,\n/);
    expect(block('resource "aws_rds_cluster" "aurora_primary"')).toMatch(/final_snapshot_identifier += "prod-mlops-global-final"/);
  });

  it('has a password that is only ever written: made fresh for the first region, and from there for what needs it', () => {
    expect(text).not.toMatch(/\n +(value|master_password) += ephemeral|manage_master_user_password|resource "random/);
    expect(block('resource "aws_ssm_parameter" "aurora_global_password_primary"')).toMatch(/type += "SecureString"\n +value_wo += ephemeral\.aws_secretsmanager_random_password\.aurora_global\.random_password\n +value_wo_version = 1/);
    const stored = 'ephemeral\\.aws_ssm_parameter\\.aurora_global_password\\.value';
    expect(block('resource "aws_ssm_parameter" "aurora_global_password_secondary"')).toMatch(new RegExp(`value_wo += ${stored}\\n`));
    expect(block('resource "aws_rds_cluster" "aurora_primary"')).toMatch(new RegExp(`master_password_wo += ${stored}\\n +master_password_wo_version += 1\\n`));
    expect(file(of({ password_version: 4 }), 'prod/data/aurora-global.tf').match(/(value|master_password)_wo_version += 4\n/g)).toHaveLength(3);
  });

  it('is what the configuration says', () => {
    const said = file(of({ version: '17.4', primary: { min_capacity: 8, max_capacity: 32, instances: 3 }, secondary: { min_capacity: 0.5, max_capacity: 16, instances: 1 }, backup_days: 9 }), 'prod/data/aurora-global.tf');
    expect(block('resource "aws_rds_global_cluster" "aurora"', said)).toMatch(/engine_version += "17\.4"/);
    expect(block('resource "aws_rds_cluster" "aurora_primary"', said)).toMatch(/max_capacity = 32\n +min_capacity = 8\n/);
    expect(block('resource "aws_rds_cluster" "aurora_secondary"', said)).toMatch(/max_capacity = 16\n +min_capacity = 0\.5\n/);
    expect(said.match(/^resource "aws_rds_cluster_instance"/gm)).toHaveLength(4);
    expect(said.match(/backup_retention_period += 9\n/g)).toHaveLength(2);
    expect(said).toContain('"aurora-postgresql17"');
  });

  it('lets who deploys use the key of the password for the password alone', () => {
    const deploy = files.get('terraform/account/333333333333/deploy.tf') ?? '';
    expect(deploy.match(/"kms:EncryptionContext:PARAMETER_ARN" = "arn:aws:ssm:\*:333333333333:parameter\/argoeks\/prod\/data\/aurora-global\/password"/g)?.length).toBeGreaterThanOrEqual(2);
    expect(deploy).toContain('"arn:aws:rds::333333333333:global-cluster:prod-mlops-*"');
  });

  it('stays within IAM\'s limits beside every other store and every alert', () => {
    const every = { enabled: true, replicate: true };
    const all = render([{ tier: 'prod', clusters: 2, regions: ['us-east-1', 'eu-west-1'], settings: {
      storage: { thanos: every, mlflow: every, pipelines: every, feast: every, models: every, velero: every, data_lake: every, access_logs: on, replica_region: 'eu-west-1' },
      data: { postgres: on, aurora: on, aurora_global: on, redis: on, memcached: on, msk: on, feast: on },
      alerts: { emails: ['a@acme.io'], slack: { workspace_id: 'T1', channel_id: 'C1' }, pagerduty: { service_key_ssm: '/prod/pager' } },
    } }]).get('terraform/account/333333333333/deploy.tf') ?? '';
    const policies = all.split(/\n(?=\S)/).filter((part) => part.startsWith('resource "aws_iam_policy" "prod_'));
    expect(policies.length).toBeGreaterThan(5);
    for (const each of policies) expect(each.replace(/\s/g, '').length).toBeLessThan(6144);
    for (const role of ['ci_plan', 'ci_apply', 'operator']) expect(all.match(new RegExp(`"aws_iam_role_policy_attachment" "prod_${role}_`, 'g'))?.length ?? 0).toBeLessThanOrEqual(10);
  });
});

describe('who may deploy', () => {
  const every = { enabled: true, replicate: true };
  const files = render([{ tier: 'dev', clusters: 1, settings: {
    storage: { thanos: every, mlflow: every, pipelines: every, feast: every, models: every, velero: every, data_lake: every, access_logs: on, replica_region: 'eu-west-1' },
    data: { postgres: on, aurora: on, redis: on, memcached: on, msk: on, feast: on },
  } }]);
  const deploy = files.get('terraform/account/111111111111/deploy.tf') ?? '';
  const policies = deploy.split(/\n(?=\S)/).filter((part) => part.startsWith('resource "aws_iam_policy" "dev_'));
  const policy = (id: string): string => policies.find((part) => part.includes(`"${id}"`)) ?? expect.fail(`no policy ${id}`);

  it('may make and read stores and buckets of the environment, by name, and pass the one role that copies', () => {
    const apply = policy('dev_apply_data');
    for (const name of [':db:dev-mlops-*"', ':replicationgroup:dev-mlops-*"', ':table/dev-mlops-feast-*"', '"arn:aws:s3:::argoeks-dev-*-111111111111-*"', ':parameter/argoeks/dev/data/*"']) expect(apply).toContain(name);
    expect(apply).toMatch(/"iam:PassRole"\n +Resource = "arn:aws:iam::111111111111:role\/dev-mlops-s3-replication"[^}]*"s3\.amazonaws\.com"/);
    expect(policy('dev_plan_read_data')).not.toMatch(/:(Create|Delete|Put|Modify|Update)/);
  });

  it('may not empty buckets in production', () => {
    const prod = with_({}, 'prod').get('terraform/account/333333333333/deploy.tf') ?? '';
    expect(prod).toContain('"s3:PutReplicationConfiguration"');
    expect(prod).not.toContain('"s3:DeleteObjectVersion"');
    expect(policy('dev_apply_data')).toContain('"s3:DeleteObjectVersion"');
  });

  it('stays within IAM\'s limits with everything on: 6,144 characters in a policy, ten policies on a role', () => {
    for (const each of policies) expect(each.replace(/\s/g, '').length).toBeLessThan(6144);
    expect(deploy.match(/"aws_iam_role_policy_attachment" "dev_operator_/g)?.length).toBeLessThanOrEqual(10);
  });

  it('plans roots of fewer than 250 resources', () => {
    const count = (root: RegExp): number => [...files].filter(([path]) => root.test(path)).reduce((sum, [, text]) => sum + (text.match(/^resource /gm)?.length ?? 0), 0);
    expect(count(/environments\/dev\/[a-z-]+\.tf$/)).toBeLessThan(250);
    expect(count(/environments\/dev\/data\//)).toBeLessThan(250);
  });
});
