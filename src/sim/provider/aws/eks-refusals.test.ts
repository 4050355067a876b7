import { describe, expect, test } from 'vitest';
import { simAccount } from '../../../../test/fixtures/sim-account.ts';
import type { Attributes } from '../values.ts';

const accountId = '111122223333';
const roleArn = (name: string): string => `arn:aws:iam::${accountId}:role/${name}`;

/** An account with a cluster of Kubernetes 1.35, a private and a public subnet and three roles. */
const account = () => {
  const { store, make, drop } = simAccount({ accountId });
  const put = (type: string, id: string, attributes: Attributes, region = 'us-east-1') => store.put({ type, region, id, origin: 'terraform', attributes });
  put('aws_eks_cluster', 'dev', { name: 'dev', version: '1.35' });
  put('aws_subnet', 'subnet-private', { id: 'subnet-private', map_public_ip_on_launch: false });
  put('aws_subnet', 'subnet-public', { id: 'subnet-public', map_public_ip_on_launch: true });
  put('aws_iam_role', 'pods', { arn: roleArn('pods'), assume_role_policy: '{"Service":"eks-fargate-pods.amazonaws.com"}', max_session_duration: 3600 }, 'aws-global');
  put('aws_iam_role', 'nodes', { arn: roleArn('nodes'), assume_role_policy: '{"Service":"ec2.amazonaws.com"}' }, 'aws-global');
  return { make, drop, put };
};

describe('what EKS refuses of an add-on', () => {
  const addon = (name: string, more: Attributes = {}): Attributes => ({ cluster_name: 'dev', addon_name: name, ...more });
  test('a name it does not know, and one that is there', async () => {
    const { make } = account();
    await expect(make('aws_eks_addon', addon('coredsn'))).rejects.toThrow('Addon coredsn specified is not supported in 1.35 kubernetes version');
    await make('aws_eks_addon', addon('eks-pod-identity-agent'));
    await make('aws_eks_addon', addon('vendor_product'));
    await expect(make('aws_eks_addon', addon('eks-pod-identity-agent'))).rejects.toThrow('ResourceInUseException');
  });
  test('a version of Kubernetes it is not made for', async () => {
    const { make, put } = account();
    put('aws_eks_cluster', 'dev', { name: 'dev', version: '1.36' });
    await expect(make('aws_eks_addon', addon('amazon-sagemaker-hyperpod-training-operator'))).rejects.toThrow('is not supported in 1.36');
    put('aws_eks_cluster', 'dev', { name: 'dev', version: '1.24' });
    await expect(make('aws_eks_addon', addon('aws-network-flow-monitoring-agent'))).rejects.toThrow('is not supported in 1.24');
    await make('aws_eks_addon', addon('coredns'));
  });
  test('configuration that is no JSON or that its schema does not know', async () => {
    const { make } = account();
    await expect(make('aws_eks_addon', addon('coredns', { configuration_values: '{"replicaCount": 2' }))).rejects.toThrow('Json schema validation failed');
    await expect(make('aws_eks_addon', addon('coredns', { configuration_values: '["a"]' }))).rejects.toThrow('is not an object');
    await expect(make('aws_eks_addon', addon('aws-guardduty-agent', { configuration_values: '{"tolerations": []}' }))).rejects.toThrow('$.tolerations: is not defined in the schema');
    await make('aws_eks_addon', addon('coredns', { configuration_values: '{"replicaCount": 2}' }));
  });
  test('two associations of one account of Kubernetes', async () => {
    const { make } = account();
    const association = { cluster_name: 'dev', namespace: 'aws-hyperpod', service_account: 'operator', role_arn: roleArn('pods') };
    await make('aws_eks_pod_identity_association', association);
    await expect(make('aws_eks_pod_identity_association', association)).rejects.toThrow('Association already exists');
  });
});

describe('what EKS refuses of Fargate', () => {
  const profile = (more: Attributes = {}): Attributes => ({ cluster_name: 'dev', fargate_profile_name: 'jobs', pod_execution_role_arn: roleArn('pods'), subnet_ids: ['subnet-private'], selector: [{ namespace: 'jobs' }], ...more });
  test('public subnets, roles of others, reserved names, too many selectors', async () => {
    const { make } = account();
    await expect(make('aws_eks_fargate_profile', profile({ subnet_ids: ['subnet-public'] }))).rejects.toThrow('is not a private subnet');
    await expect(make('aws_eks_fargate_profile', profile({ pod_execution_role_arn: roleArn('nodes') }))).rejects.toThrow('Misconfigured PodExecutionRole Trust Policy');
    await expect(make('aws_eks_fargate_profile', profile({ fargate_profile_name: 'eks-jobs' }))).rejects.toThrow('reserved prefix');
    await expect(make('aws_eks_fargate_profile', profile({ selector: ['a', 'b', 'c', 'd', 'e', 'f'].map((namespace) => ({ namespace })) }))).rejects.toThrow('more than 5 selectors');
    await expect(make('aws_eks_fargate_profile', profile({ cluster_name: 'qa' }))).rejects.toThrow('No cluster found');
  });
  test('a second profile of a name, and to lose its cluster', async () => {
    const { make, drop } = account();
    await make('aws_eks_fargate_profile', profile());
    await expect(make('aws_eks_fargate_profile', profile())).rejects.toThrow('already exists');
    await expect(drop('aws_eks_cluster', { id: 'dev', name: 'dev', region: 'us-east-1' })).rejects.toThrow('Fargate profiles attached');
  });
});

describe('what IoT refuses', () => {
  test('names, parents and credentials that outlive the role\'s sessions', async () => {
    const { make, drop } = account();
    await expect(make('aws_iot_thing_group', { name: 'with space' })).rejects.toThrow('invalid value');
    await expect(make('aws_iot_thing_group', { name: 'a', parent_group_name: 'b' })).rejects.toThrow('could not be found');
    const parent = await make('aws_iot_thing_group', { name: 'b' });
    await make('aws_iot_thing_group', { name: 'a', parent_group_name: 'b' });
    await expect(make('aws_iot_thing_group', { name: 'b' })).rejects.toThrow('already exists');
    await expect(drop('aws_iot_thing_group', parent)).rejects.toThrow('child groups attached');
    await expect(make('aws_iot_role_alias', { alias: 'x', role_arn: roleArn('pods'), credential_duration: 7200 })).rejects.toThrow('maximum session duration 3600');
    await expect(make('aws_iot_role_alias', { alias: 'x', role_arn: roleArn('pods'), credential_duration: 60 })).rejects.toThrow('900');
    await expect(make('aws_iot_role_alias', { alias: 'x', role_arn: roleArn('nobody') })).rejects.toThrow('does not exist');
    await make('aws_iot_role_alias', { alias: 'x', role_arn: roleArn('pods') });
  });
});

describe('what Prometheus and Grafana of AWS refuse', () => {
  test('keys and log groups that are not there, or not written as AMP wants them', async () => {
    const { make, put } = account();
    const group = `arn:aws:logs:us-east-1:${accountId}:log-group:/aws/vendedlogs/prometheus/dev`;
    put('aws_cloudwatch_log_group', '/aws/vendedlogs/prometheus/dev', { arn: group });
    await expect(make('aws_prometheus_workspace', { kms_key_arn: `arn:aws:kms:us-east-1:${accountId}:key/none` })).rejects.toThrow('can not be used');
    await expect(make('aws_prometheus_workspace', { logging_configuration: [{ log_group_arn: group }] })).rejects.toThrow('must end with :*');
    await expect(make('aws_prometheus_workspace', { logging_configuration: [{ log_group_arn: `${group}2:*` }] })).rejects.toThrow('does not exist');
    await expect(make('aws_prometheus_workspace', { alias: 'dev', logging_configuration: [{ log_group_arn: `${group}:*` }] })).resolves.toMatchObject({ prometheus_endpoint: expect.stringContaining('aps-workspaces.us-east-1') as string });
  });
  test('workspaces without a role, of one name, and groups where people use SAML', async () => {
    const { make } = account();
    const workspace = (more: Attributes = {}): Attributes => ({ name: 'dev', account_access_type: 'CURRENT_ACCOUNT', permission_type: 'CUSTOMER_MANAGED', authentication_providers: ['SAML'], role_arn: roleArn('pods'), ...more });
    await expect(make('aws_grafana_workspace', workspace({ role_arn: null }))).rejects.toThrow('A role is required');
    await expect(make('aws_grafana_workspace', workspace({ authentication_providers: ['LDAP'] }))).rejects.toThrow('AWS_SSO');
    const { id = null } = await make('aws_grafana_workspace', workspace());
    await expect(make('aws_grafana_workspace', workspace())).rejects.toThrow('already exists');
    await expect(make('aws_grafana_role_association', { workspace_id: id, role: 'ADMIN', group_ids: ['g'] })).rejects.toThrow('IAM Identity Center');
    await expect(make('aws_grafana_role_association', { workspace_id: id, role: 'OWNER' })).rejects.toThrow('ADMIN');
  });
});
