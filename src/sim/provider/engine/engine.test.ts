import { describe, expect, test } from 'vitest';
import { awsData } from '../aws/data.ts';
import { awsModels } from '../aws/models.ts';
import { conformBlock } from '../schema/conform.ts';
import { loadSchema } from '../schema/schema-json.ts';
import { FaultPlan } from '../store/faults.ts';
import { MemoryStore } from '../store/memory-store.ts';
import { UNKNOWN, isKnown } from '../values.ts';
import type { Attributes, Value } from '../values.ts';
import { Engine } from './engine.ts';
import type { ProviderHooks } from './engine.ts';

const schema = loadSchema('aws');

/** An account with a way to apply a configuration as Terraform does: plan, then apply what was planned. */
function account(options: { hooks?: ProviderHooks; region?: string; defaultTags?: Record<string, string>; store?: MemoryStore } = {}) {
  const store = options.store ?? new MemoryStore();
  const faults = new FaultPlan();
  const engine = new Engine({ schema, resources: awsModels, data: awsData }, {
    account: { accountId: '111122223333', partition: 'aws', region: options.region ?? 'us-east-1', defaultTags: options.defaultTags ?? {}, store, now: () => '2026-01-01T00:00:00Z' },
    faults, hooks: options.hooks ?? {},
  });
  const shape = (type: string, config: Attributes): Attributes => conformBlock(schema.resources[type]?.block ?? {}, config);
  const plan = (type: string, config: Attributes, prior: Attributes | null = null) => engine.plan(type, shape(type, config), { ...prior, ...shape(type, config) }, prior);
  const create = async (type: string, config: Attributes): Promise<Attributes> => {
    const { value, problems } = await engine.apply(type, plan(type, config).planned, null);
    if (value === null || problems.length > 0) throw new Error(problems.map((p) => p.summary).join('; '));
    return value;
  };
  return { store, faults, engine, plan, create, shape };
}

const network = async (a: ReturnType<typeof account>) => {
  const vpc = await a.create('aws_vpc', { cidr_block: '10.0.0.0/16' });
  const vpc_id: Value = vpc['id'] ?? null;
  const subnets = [await a.create('aws_subnet', { vpc_id, cidr_block: '10.0.0.0/20', availability_zone: 'us-east-1a' }), await a.create('aws_subnet', { vpc_id, cidr_block: '10.0.16.0/20', availability_zone: 'us-east-1b' })];
  const role = await a.create('aws_iam_role', { name: 'cluster', assume_role_policy: '{}' });
  const cluster: Attributes = { name: 'c', role_arn: role['arn'] ?? null, vpc_config: [{ subnet_ids: subnets.map((s) => s['id'] ?? null) }] };
  return { vpc, subnets, role, cluster };
};

describe('planning', () => {
  test('on create, what AWS computes is unknown and defaults are filled in', () => {
    const { planned } = account({ defaultTags: { Owner: 'x' } }).plan('aws_vpc', { cidr_block: '10.0.0.0/16', tags: { Name: 'n' } });
    expect(planned).toMatchObject({ id: UNKNOWN, arn: UNKNOWN, enable_dns_support: true, instance_tenancy: 'default', region: 'us-east-1', tags_all: { Owner: 'x', Name: 'n' } });
  });

  test('tags that are not known yet make all tags unknown', () => {
    expect(account().plan('aws_vpc', { cidr_block: '10.0.0.0/16', tags: UNKNOWN }).planned['tags_all']).toBe(UNKNOWN);
  });

  test.each([
    ['aws_vpc', { cidr_block: '10.0.0.0/16' }], ['aws_kms_key', { description: 'k' }], ['aws_sqs_queue', { name: 'q' }], ['aws_s3_bucket', { bucket: 'some-bucket' }], ['aws_launch_template', { name: 'template' }],
    ['aws_ssm_parameter', { name: '/a', type: 'String', value: 'v' }], ['aws_iam_role', { name: 'r', assume_role_policy: '{}' }], ['aws_cloudwatch_log_group', { name: 'g' }], ['aws_route53_zone', { name: 'a.internal' }], ['aws_sns_topic', { name: 't' }],
    ['aws_budgets_budget', { name: 'b', budget_type: 'COST', time_unit: 'MONTHLY', limit_amount: '10' }], ['aws_secretsmanager_secret', { name: 's' }],
  ] as const)('%s is wholly known after apply, and planning it again changes nothing', async (type, config) => {
    const a = account();
    const made = await a.create(type, config);
    expect(isKnown(made)).toBe(true);
    const again = a.plan(type, config, made);
    expect(again.planned).toEqual(made);
    expect(again.requiresReplace).toEqual([]);
  });

  test('a change of a fixed argument names the path that forces the replacement', async () => {
    const a = account();
    const { cluster, subnets } = await network(a);
    const made = await a.create('aws_eks_cluster', cluster);
    expect(a.plan('aws_eks_cluster', { ...cluster, name: 'd' }, made).requiresReplace).toEqual([['name']]);
    expect(a.plan('aws_subnet', { vpc_id: subnets[0]?.['vpc_id'] ?? null, cidr_block: '10.0.32.0/20' }, subnets[0] ?? null).requiresReplace).toEqual([['cidr_block']]);
    expect(a.plan('aws_eks_cluster', { ...cluster, enabled_cluster_log_types: ['api'] }, made).requiresReplace).toEqual([]);
    const encrypted: Attributes = { encryption_config: [{ resources: ['secrets'], provider: [{ key_arn: 'arn:aws:kms:us-east-1:111122223333:key/k' }] }] };
    expect(a.plan('aws_eks_cluster', { ...cluster, ...encrypted }, made).requiresReplace).toEqual([]);
    expect(a.plan('aws_eks_cluster', cluster, { ...made, ...encrypted }).requiresReplace).toEqual([['encryption_config']]);
  });

  test('a launch template gets a new version when it changes, and only then', async () => {
    const a = account();
    const made = await a.create('aws_launch_template', { name: 'template', image_id: 'ami-1' });
    const { planned } = a.plan('aws_launch_template', { name: 'template', image_id: 'ami-2' }, made);
    expect(planned['latest_version']).toBe(UNKNOWN);
    expect((await a.engine.apply('aws_launch_template', planned, made)).value).toMatchObject({ id: made['id'], latest_version: 2 });
  });
});

describe('applying', () => {
  test('equal configurations give different objects, and the same ids on every machine', async () => {
    const ids = async (): Promise<unknown[]> => {
      const a = account();
      return [(await a.create('aws_eip', {}))['id'], (await a.create('aws_eip', {}))['id']];
    };
    const first = await ids();
    expect(new Set(first).size).toBe(2);
    expect(await ids()).toEqual(first);
  });

  test.each([
    ['aws_iam_role', { name: 'Same', assume_role_policy: '{}' }, { name: 'same', assume_role_policy: '{}' }, 'EntityAlreadyExists'],
    ['aws_s3_bucket', { bucket: 'same' }, { bucket: 'same' }, 'BucketAlreadyOwnedByYou'],
    ['aws_cloudwatch_log_group', { name: 'same' }, { name: 'same' }, 'ResourceAlreadyExistsException'],
    ['aws_ssm_parameter', { name: '/same', type: 'String', value: 'a' }, { name: '/same', type: 'String', value: 'b' }, 'ParameterAlreadyExists'],
    ['aws_launch_template', { name: 'same' }, { name: 'same' }, 'InvalidLaunchTemplateName.AlreadyExistsException'],
  ] as const)('%s: a name is given once', async (type, one, two, code) => {
    const a = account();
    await a.create(type, one);
    await expect(a.create(type, two)).rejects.toThrow(code);
  });

  test('what is referred to must exist, in the same region', async () => {
    await expect(account().create('aws_subnet', { vpc_id: 'vpc-none', cidr_block: '10.0.0.0/20' })).rejects.toThrow("InvalidVpcID.NotFound: The vpc ID 'vpc-none' does not exist");
    const store = new MemoryStore();
    const vpc = await account({ store }).create('aws_vpc', { cidr_block: '10.0.0.0/16' });
    await expect(account({ store, region: 'eu-west-1' }).create('aws_subnet', { vpc_id: vpc['id'] ?? null, cidr_block: '10.0.0.0/20' })).rejects.toThrow('InvalidVpcID.NotFound');
  });

  test('subnets lie in their network and do not overlap', async () => {
    const a = account();
    const { vpc } = await network(a);
    await expect(a.create('aws_subnet', { vpc_id: vpc['id'] ?? null, cidr_block: '10.1.0.0/20' })).rejects.toThrow('InvalidSubnet.Range');
    await expect(a.create('aws_subnet', { vpc_id: vpc['id'] ?? null, cidr_block: '10.0.8.0/21' })).rejects.toThrow('InvalidSubnet.Conflict');
  });

  test('a cluster needs a version that EKS has, two zones, and a key that exists', async () => {
    const a = account();
    const { cluster, subnets } = await network(a);
    await expect(a.create('aws_eks_cluster', { ...cluster, version: '1.2' })).rejects.toThrow('unsupported Kubernetes version 1.2');
    await expect(a.create('aws_eks_cluster', { ...cluster, vpc_config: [{ subnet_ids: [subnets[0]?.['id'] ?? null] }] })).rejects.toThrow('at least two different AZs');
    await expect(a.create('aws_eks_cluster', { ...cluster, encryption_config: [{ resources: ['secrets'], provider: [{ key_arn: 'arn:aws:kms:us-east-1:111122223333:key/none' }] }] })).rejects.toThrow('not found or not accessible');
  });

  test('versions of a cluster rise by one minor version at a time', async () => {
    const a = account();
    const { cluster } = await network(a);
    const made = await a.create('aws_eks_cluster', { ...cluster, version: '1.33' });
    const step = async (version: string) => a.engine.apply('aws_eks_cluster', a.plan('aws_eks_cluster', { ...cluster, version }, made).planned, made);
    expect((await step('1.35')).problems[0]?.summary).toContain('Unsupported Kubernetes minor version update from 1.33 to 1.35');
    expect((await step('1.34')).value).toMatchObject({ version: '1.34', endpoint: made['endpoint'], identity: made['identity'] });
  });

  test('a zone is associated with a network in its own region, once', async () => {
    const store = new MemoryStore();
    const [east, west] = [account({ store }), account({ store, region: 'us-west-2' })];
    const home = await east.create('aws_vpc', { cidr_block: '10.0.0.0/16' });
    const away = await west.create('aws_vpc', { cidr_block: '10.1.0.0/16' });
    const zone = await east.create('aws_route53_zone', { name: 'a.internal', vpc: [{ vpc_id: home['id'] ?? null }] });
    const link: Attributes = { zone_id: zone['zone_id'] ?? null, vpc_id: away['id'] ?? null };
    await expect(east.create('aws_route53_zone_association', link)).rejects.toThrow('It is in us-west-2, and not in us-east-1');
    await east.create('aws_route53_zone_association', { ...link, vpc_region: 'us-west-2' });
    await expect(east.create('aws_route53_zone_association', { ...link, vpc_region: 'us-west-2' })).rejects.toThrow('ConflictingDomainExists');
  });

  test('hooks set computed attributes; if one fails, the object stays and the problem is shown', async () => {
    const good = account({ hooks: { afterCreate: async (type) => (type === 'aws_eks_cluster' ? { endpoint: 'https://127.0.0.1:1' } : undefined) } });
    expect((await good.create('aws_eks_cluster', (await network(good)).cluster))['endpoint']).toBe('https://127.0.0.1:1');
    const unfinished: unknown[] = [];
    const bad = account({ hooks: { afterCreate: async (type) => {
      unfinished.push(bad.store.list(type)[0]?.unfinished);
      throw new Error('no etcd');
    } } });
    const { value, problems } = await bad.engine.apply('aws_vpc', bad.plan('aws_vpc', { cidr_block: '10.0.0.0/16' }).planned, null);
    expect(problems[0]?.summary).toMatch(/creating EC2 VPC.*no etcd/);
    expect(unfinished).toEqual([true]);
    expect(bad.store.get('aws_vpc', 'us-east-1', String(value?.['id']))).toMatchObject({ origin: 'terraform' });
    expect(bad.store.list('aws_vpc')[0]?.unfinished).toBeUndefined();
  });
});

describe('reading and deleting', () => {
  test('what is gone from the account is gone from the state', async () => {
    const a = account();
    const made = await a.create('aws_vpc', { cidr_block: '10.0.0.0/16' });
    expect((await a.engine.read('aws_vpc', made)).value).toEqual(made);
    a.store.delete('aws_vpc', 'us-east-1', String(made['id']));
    expect((await a.engine.read('aws_vpc', made)).value).toBeNull();
  });

  test('a network with subnets, and a role with policies, are not deleted', async () => {
    const a = account();
    const { vpc, role } = await network(a);
    expect((await a.engine.destroy('aws_vpc', vpc)).problems[0]?.summary).toContain('DependencyViolation');
    await a.create('aws_iam_role_policy_attachment', { role: 'cluster', policy_arn: 'arn:aws:iam::aws:policy/AmazonEKSClusterPolicy' });
    expect((await a.engine.destroy('aws_iam_role', role)).problems[0]?.summary).toContain('must detach all policies first');
    expect(a.store.list('aws_iam_role')).toHaveLength(1);
  });

  test('planned failures happen as often as they were planned, to the object that was named', async () => {
    const a = account();
    a.faults.add({ type: 'aws_sqs_queue', action: 'create', named: 'b', message: 'planned' });
    await a.create('aws_sqs_queue', { name: 'a' });
    await expect(a.create('aws_sqs_queue', { name: 'b' })).rejects.toThrow('creating SQS Queue (b): planned');
    await a.create('aws_sqs_queue', { name: 'b' });
  });
});
