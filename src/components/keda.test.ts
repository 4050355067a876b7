import { describe, expect, it } from 'vitest';
import { chartOf, exampleCluster, objectsOf, planned, rolesOf } from '../../test/fixtures/planned-components.ts';
import { components } from './registry.ts';

const dev = exampleCluster('dev');
const rights = (settings: unknown = {}) => rolesOf(planned('keda', dev, settings)).flatMap(({ allow }) => allow);
const flows = (settings: unknown = {}) => {
  const plan = planned('keda', dev, settings);
  const component = components.find(({ id }) => id === 'keda');
  const base = { platform: {}, environment: {}, cluster: dev, settings: component?.settings.parse(settings), infra: plan.infra };
  return component?.network(base as never) ?? [];
};

describe('keda', () => {
  it('reads what has the environment\'s name, in its own account, and changes nothing', () => {
    expect(rights().find(({ sid }) => sid === 'ReadQueueLength')).toEqual({ sid: 'ReadQueueLength', actions: ['sqs:GetQueueAttributes'], on: [`arn:aws:sqs:us-east-1:${dev.accountId}:dev-*`] });
    expect(rights().flatMap(({ actions }) => actions)).toEqual(['sqs:GetQueueAttributes', 'cloudwatch:GetMetricData', 'dynamodb:Query', 'dynamodb:DescribeTable', 'dynamodb:DescribeStream', 'kinesis:DescribeStreamSummary']);
    expect(rights({ aws_names: ['orders', 'jobs-*'] }).find(({ sid }) => sid === 'CountStreamShards')?.on).toEqual(['orders', 'jobs-*'].map((name) => `arn:aws:kinesis:us-east-1:${dev.accountId}:stream/${name}`));
  });

  it('has no right and no way to a service that is not asked for', () => {
    expect(rights({ aws_services: ['kinesis'] }).flatMap(({ actions }) => actions)).toEqual(['kinesis:DescribeStreamSummary']);
    expect(flows({ aws_services: ['kinesis'] }).map(({ to }) => to).filter((to) => to.endsWith('.amazonaws.com'))).toEqual(['kinesis.us-east-1.amazonaws.com']);
    // The table is asked which stream it has.
    expect(flows({ aws_services: ['dynamodb-streams'] }).map(({ to }) => to)).toEqual(expect.arrayContaining(['streams.dynamodb.us-east-1.amazonaws.com', 'dynamodb.us-east-1.amazonaws.com']));
  });

  it('takes only roles that are named, and uses only keys that are named', () => {
    const role = 'arn:aws:iam::123456789012:role/team-a';
    expect(rights({ trigger_roles: [role] }).find(({ actions }) => actions.includes('sts:AssumeRole'))?.on).toEqual([role]);
    const key = 'arn:aws:kms:us-east-1:123456789012:key/1a';
    expect(rights({ key_arns: [key] }).find(({ actions }) => actions.includes('kms:Decrypt'))).toMatchObject({ on: [key], when: { StringLike: { 'kms:ViaService': ['dynamodb.*.amazonaws.com'] } } });
    expect(rights({ key_arns: [key], aws_services: ['sqs'] }).flatMap(({ actions }) => actions)).not.toContain('kms:Decrypt');
  });

  it('reads no Secret of others and no object it need not, unless told', () => {
    const values = (settings: unknown) => chartOf(planned('keda', dev, settings), 'keda').clusterValues;
    expect(values({})).toMatchObject({ permissions: { operator: { restrict: { secret: true } } }, rbac: { enabledCustomScaledRefKinds: false } });
    expect(values({ secrets: 'all', custom_targets: [{ group: 'argoproj.io', resource: 'rollouts' }] })).toMatchObject({ permissions: { operator: { restrict: { secret: false } } }, rbac: { scaledRefKinds: [{ apiGroup: 'argoproj.io', kind: 'rollouts' }] } });
  });

  it('gives triggers its role by name, and no second server of external metrics its own certificate to fight over', () => {
    expect(objectsOf(planned('keda', dev), 'keda-authentication')).toMatchObject([{ kind: 'ClusterTriggerAuthentication', metadata: { name: 'aws' }, spec: { podIdentity: { provider: 'aws' } } }]);
    expect(chartOf(planned('keda', dev), 'keda').values).toMatchObject({ certificates: { certManager: { enabled: true } } });
  });

  it('has a budget for each part that lets one pod go, whatever the number of replicas', () => {
    const { podDisruptionBudget } = chartOf(planned('keda', dev, { replicas: 1 }), 'keda').values as { podDisruptionBudget: object };
    expect(podDisruptionBudget).toEqual({ operator: { maxUnavailable: 1 }, metricServer: { maxUnavailable: 1 }, webhooks: { maxUnavailable: 1 } });
  });

  it('lets its operator reach what the configuration names', () => {
    expect(flows({ sources: [{ host: 'kafka.acme.io', port: 9094 }] })).toContainEqual({ from: 'keda/keda-operator', to: 'kafka.acme.io', port: 9094, why: expect.any(String) as string });
  });
});
