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

describe('who may deploy', () => {
  const every = { enabled: true, replicate: true };
  const files = render([{ tier: 'dev', clusters: 1, settings: {
    storage: { thanos: every, mlflow: every, pipelines: every, feast: every, models: every, velero: every, data_lake: every, access_logs: on, replica_region: 'eu-west-1' },
    data: { postgres: on, aurora: on, redis: on, memcached: on, msk: on, feast: on },
  } }]);
  const deploy = files.get('terraform/account/111111111111/deploy.tf') ?? '';
  const policies = deploy.split(/\n(?=\S)/).filter((part) => /^resource "aws_iam_policy" "dev_/.test(part));
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
