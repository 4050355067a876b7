import { describe, expect, test } from 'vitest';
import { simAccount } from '../../../../test/fixtures/sim-account.ts';
import { loadSchema } from '../schema/schema-json.ts';
import type { Attributes } from '../values.ts';
import { awsModels } from './models.ts';

const schema = loadSchema('aws');
const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [] });

/** An empty account, and what most objects of EKS need in it. */
function account() {
  const { store, engine, make, drop } = simAccount({ defaultTags: { Owner: 'team' } });
  const network = async () => {
    const vpc = await make('aws_vpc', { cidr_block: '10.0.0.0/16' });
    const subnet = (cidr_block: string, zone: string): Promise<Attributes> => make('aws_subnet', { vpc_id: vpc['id'] ?? null, cidr_block, availability_zone: zone });
    return { vpc, a: await subnet('10.0.0.0/24', 'us-east-1a'), b: await subnet('10.0.1.0/24', 'us-east-1b') };
  };
  const cluster = async (): Promise<Attributes> => {
    const { a, b } = await network();
    const role = await make('aws_iam_role', { name: 'cluster', assume_role_policy: TRUST });
    return make('aws_eks_cluster', { name: 'one', role_arn: role['arn'] ?? null, version: '1.35', vpc_config: [{ subnet_ids: [a['id'] ?? null, b['id'] ?? null], endpoint_private_access: true, endpoint_public_access: false }] });
  };
  return { store, engine, make, drop, network, cluster };
}

describe('every type of the schema', () => {
  test.each(Object.keys(schema.resources))('%s has a table whose paths are in the schema', (type) => {
    const model = awsModels[type];
    expect(model, 'no model').toBeDefined();
    const block = schema.resources[type]?.block ?? {};
    const names = [...Object.keys(model?.defaults ?? {}), ...(model?.forceNew ?? []), ...Object.keys(model?.rules ?? {}), ...(model?.references ?? []).map((r) => r.path)];
    for (const name of names.map((n) => n.split('.')[0] ?? '')) expect([...Object.keys(block.attributes ?? {}), ...Object.keys(block.block_types ?? {})]).toContain(name);
  });
});

describe('what AWS refuses', () => {
  test('bad networks and subnets outside or on top of others', async () => {
    const { make, network } = account();
    await expect(make('aws_vpc', { cidr_block: '10.0.0.1/16' })).rejects.toThrow('bits beyond the mask');
    await expect(make('aws_vpc', { cidr_block: '10.0.0.0/8' })).rejects.toThrow('between 16 and 28');
    const { vpc } = await network();
    const inside: Attributes = { vpc_id: vpc['id'] ?? null, availability_zone: 'us-east-1a' };
    await expect(make('aws_subnet', { ...inside, cidr_block: '10.1.0.0/24' })).rejects.toThrow('InvalidSubnet.Range');
    await expect(make('aws_subnet', { ...inside, cidr_block: '10.0.0.128/25' })).rejects.toThrow('InvalidSubnet.Conflict');
    await expect(make('aws_subnet', { ...inside, cidr_block: '10.0.9.0/24', availability_zone: 'us-east-1q' })).rejects.toThrow('us-east-1a, us-east-1b');
    await expect(make('aws_subnet', { vpc_id: 'vpc-none', cidr_block: '10.0.9.0/24' })).rejects.toThrow("The vpc ID 'vpc-none' does not exist");
  });

  test('a second object of a name', async () => {
    const { make, cluster } = account();
    await cluster();
    await expect(make('aws_iam_role', { name: 'CLUSTER', assume_role_policy: TRUST })).rejects.toThrow('EntityAlreadyExists');
    await make('aws_s3_bucket', { bucket: 'state' });
    await expect(make('aws_s3_bucket', { bucket: 'state' })).rejects.toThrow('BucketAlreadyOwnedByYou');
    await make('aws_cloudwatch_log_group', { name: '/x' });
    await expect(make('aws_cloudwatch_log_group', { name: '/x' })).rejects.toThrow('ResourceAlreadyExistsException');
    await make('aws_eks_access_entry', { cluster_name: 'one', principal_arn: 'arn:aws:iam::111122223333:role/cluster' });
    await expect(make('aws_eks_access_entry', { cluster_name: 'one', principal_arn: 'arn:aws:iam::111122223333:role/cluster' })).rejects.toThrow('ResourceInUseException');
  });

  test('IAM names, sizes and tags', async () => {
    const { make } = account();
    await expect(make('aws_iam_role', { name: 'r'.repeat(65), assume_role_policy: TRUST })).rejects.toThrow('1 to 64 characters, got 65');
    await expect(make('aws_iam_role', { name: 'r', assume_role_policy: TRUST, tags: { team: 'a', Team: 'b' } })).rejects.toThrow('differ only in case');
    await expect(make('aws_iam_role', { name: 'r', assume_role_policy: TRUST, tags: { owner: 'x' } })).rejects.toThrow('differ only in case');
    await expect(make('aws_iam_role', { name: 'r', assume_role_policy: TRUST, tags: { Purpose: 'a|b' } })).rejects.toThrow('characters other than');
    await make('aws_iam_role', { name: 'r', assume_role_policy: TRUST });
    await expect(make('aws_iam_role_policy', { name: 'p', role: 'r', policy: JSON.stringify({ Statement: ['x'.repeat(10_240)] }) })).rejects.toThrow('at most 10240');
    await expect(make('aws_iam_role_policy', { name: 'p', role: 'none', policy: TRUST })).rejects.toThrow('NoSuchEntity');
    await make('aws_iam_role', { name: 'ten', assume_role_policy: TRUST });
    for (let i = 0; i < 10; i += 1) await make('aws_iam_role_policy_attachment', { role: 'ten', policy_arn: `arn:aws:iam::aws:policy/P${i}` });
    await expect(make('aws_iam_role_policy_attachment', { role: 'ten', policy_arn: 'arn:aws:iam::aws:policy/P10' })).rejects.toThrow('PoliciesPerRole: 10');
  });

  test('access through groups of Kubernetes itself, and what hangs on nothing', async () => {
    const { make, cluster } = account();
    const one = await cluster();
    await expect(make('aws_eks_access_entry', { cluster_name: 'one', principal_arn: 'arn:aws:iam::111122223333:role/cluster', kubernetes_groups: ['system:masters'] })).rejects.toThrow('system:masters');
    await expect(make('aws_eks_addon', { cluster_name: 'two', addon_name: 'coredns' })).rejects.toThrow('No cluster found for name: two');
    await expect(make('aws_vpc_security_group_ingress_rule', { security_group_id: 'sg-none', cidr_ipv4: '10.0.0.0/8', ip_protocol: 'tcp', from_port: 443, to_port: 443 })).rejects.toThrow("The security group 'sg-none' does not exist");
    const [vpcConfig] = one['vpc_config'] as readonly Attributes[];
    await make('aws_vpc_security_group_ingress_rule', { security_group_id: vpcConfig?.['cluster_security_group_id'] ?? null, cidr_ipv4: '10.0.0.0/8', ip_protocol: 'tcp', from_port: 443, to_port: 443 });
    await expect(make('aws_eks_cluster', { name: 'three', role_arn: 'arn:aws:iam::111122223333:role/none', vpc_config: [{ subnet_ids: ['subnet-none'] }] })).rejects.toThrow('InvalidParameterException');
  });

  test('removing what others stand on; what was made along goes with its owner', async () => {
    const { make, drop, network, store } = account();
    const { vpc, a, b } = await network();
    const eip = await make('aws_eip', { domain: 'vpc' });
    const nat = await make('aws_nat_gateway', { allocation_id: eip['id'] ?? null, subnet_id: a['id'] ?? null });
    await expect(drop('aws_subnet', a)).rejects.toThrow('DependencyViolation');
    await expect(drop('aws_vpc', vpc)).rejects.toThrow('DependencyViolation');
    await drop('aws_nat_gateway', nat);
    for (const subnet of [a, b]) await drop('aws_subnet', subnet);
    await drop('aws_eip', eip);
    await drop('aws_vpc', vpc);
    expect(store.all()).toEqual([]);
  });

  test('steps of more than one minor version', async () => {
    const { engine, cluster } = account();
    const one = await cluster();
    const answer = await engine.apply('aws_eks_cluster', { ...one, version: '1.33' }, one);
    expect(answer.problems[0]?.summary).toContain('InvalidParameterException');
    expect(answer.value?.['version']).toBe('1.35');
  });
});
