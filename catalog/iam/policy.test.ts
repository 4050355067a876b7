import { describe, expect, it } from 'vitest';
import { certManagerPolicy } from './cert-manager.ts';
import { ciliumOperatorPolicy } from './cilium-operator.ts';
import { ebsCsiPolicy } from './ebs-csi.ts';
import { applicationSignalsPolicy, cloudwatchAgentPolicy, hyperpodObservabilityPolicy, hyperpodTrainingOperatorPolicy, networkFlowMonitorPolicy, spacesControllerPolicy, spacesRouterPolicy } from './eks-addons.ts';
import { externalDnsPolicy } from './external-dns.ts';
import { externalSecretsPolicy } from './external-secrets.ts';
import { karpenterIntegrationPolicy, karpenterLifecyclePolicy, karpenterSpotRolePolicy } from './karpenter-controller.ts';
import { loadBalancerControllerPolicy } from './load-balancer-controller.ts';
import { opencostPolicy } from './opencost.ts';
import { fillPolicy } from './policy.ts';
import { veleroPolicy } from './velero.ts';

const values = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '111122223333',
  cluster: 'prod-mlops-cluster-01',
  zoneId: ['Z1', 'Z2'],
  keyArn: [],
  secretPrefix: 'prod/',
  parameterPrefix: 'prod/',
  nodeRoleArn: 'arn:aws:iam::111122223333:role/nodes',
  bucket: 'prod-velero',
  prefix: 'prod-mlops-cluster-01',
  bucketRegion: 'eu-west-1',
  keyAlias: 'alias/prod-mlops-storage',
  environment: 'prod',
  clusterArn: 'arn:aws:eks:eu-west-1:111122223333:cluster/prod-mlops-cluster-01',
  queueArn: 'arn:aws:sqs:eu-west-1:111122223333:nodes',
};
const policies = {
  applicationSignalsPolicy,
  certManagerPolicy,
  ciliumOperatorPolicy,
  cloudwatchAgentPolicy,
  hyperpodObservabilityPolicy,
  hyperpodTrainingOperatorPolicy,
  networkFlowMonitorPolicy,
  spacesControllerPolicy,
  spacesRouterPolicy,
  ebsCsiPolicy,
  externalDnsPolicy,
  externalSecretsPolicy,
  karpenterIntegrationPolicy,
  karpenterLifecyclePolicy,
  karpenterSpotRolePolicy,
  loadBalancerControllerPolicy,
  opencostPolicy,
  veleroPolicy,
};

const document = (policy: keyof typeof policies): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: fillPolicy(policies[policy], values).map(({ sid, actions, on, when }) => ({ Sid: sid, Effect: 'Allow', Action: actions, Resource: on, ...(when ? { Condition: when } : {}) })),
  });

describe('documented policies', () => {
  it.each(Object.keys(policies) as (keyof typeof policies)[])('%s fills completely and IAM would take it', (name) => {
    const text = document(name);
    expect(text).not.toMatch(/<[a-zA-Z]+>/);
    // A managed policy holds 6,144 characters without white space, an inline role policy 10,240.
    expect(text.length).toBeLessThan(name === 'loadBalancerControllerPolicy' ? 10_240 : 6_144);
    const sids = policies[name].statements.map((statement) => statement.sid);
    expect(new Set(sids).size).toBe(sids.length);
    for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
    for (const { actions } of policies[name].statements) for (const action of actions) expect(action).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z]+$/);
  });

  it('multiplies a resource by a list and drops a statement whose list is empty', () => {
    const [change] = fillPolicy(externalDnsPolicy, values);
    expect(change?.on).toEqual(['arn:aws:route53:::hostedzone/Z1', 'arn:aws:route53:::hostedzone/Z2']);
    expect(fillPolicy(externalSecretsPolicy, values).map((statement) => statement.sid)).not.toContain('Decrypt');
  });

  it('fills condition keys and values', () => {
    const tagged = fillPolicy(karpenterLifecyclePolicy, values).find((statement) => statement.sid === 'AllowScopedEC2InstanceActionsWithTags');
    expect(tagged?.when?.['StringEquals']).toEqual({
      'aws:RequestTag/kubernetes.io/cluster/prod-mlops-cluster-01': ['owned'],
      'aws:RequestTag/eks:eks-cluster-name': ['prod-mlops-cluster-01'],
    });
  });

  it('refuses a placeholder without a value', () => {
    expect(() => fillPolicy(externalDnsPolicy, { partition: 'aws' })).toThrow('<zoneId>');
  });

  it.each([
    ['karpenterIntegrationPolicy', 'sqs:GetQueueUrl'],
    ['karpenterIntegrationPolicy', 'eks:DescribeCluster'],
    ['karpenterIntegrationPolicy', 'iam:TagInstanceProfile'],
    ['karpenterIntegrationPolicy', 'ec2:DescribeInstanceTypeOfferings'],
    ['loadBalancerControllerPolicy', 'ec2:GetSecurityGroupsForVpc'],
    ['loadBalancerControllerPolicy', 'elasticloadbalancing:DescribeListenerAttributes'],
    ['ciliumOperatorPolicy', 'ec2:DescribeRouteTables'],
    ['ciliumOperatorPolicy', 'ec2:DescribeInstanceTypes'],
    ['veleroPolicy', 's3:ListMultipartUploadParts'],
  ] as const)('%s allows %s, which an earlier platform forgot', (name, action) => {
    expect(policies[name].statements.flatMap((statement) => statement.actions)).toContain(action);
  });
});
