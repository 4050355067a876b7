import type { PolicyFact } from './policy.ts';

const securityGroups = ['arn:<partition>:ec2:*:*:security-group/*'];
const balancersAndTargets = ['targetgroup/*/*', 'loadbalancer/net/*/*', 'loadbalancer/app/*/*'].map((name) => `arn:<partition>:elasticloadbalancing:*:*:${name}`);
const elb = (...names: readonly string[]): readonly string[] => names.map((name) => `elasticloadbalancing:${name}`);
const ec2 = (...names: readonly string[]): readonly string[] => names.map((name) => `ec2:${name}`);
/** `Null: false` means that the tag is there. */
const clusterTag = 'elbv2.k8s.aws/cluster';
const tagged = { Null: { [`aws:ResourceTag/${clusterTag}`]: ['false'] } };
const requested = { Null: { [`aws:RequestTag/${clusterTag}`]: ['false'] } };
const retagged = { Null: { [`aws:RequestTag/${clusterTag}`]: ['true'], [`aws:ResourceTag/${clusterTag}`]: ['false'] } };

/** AWS Load Balancer Controller. Placeholder: partition. */
export const loadBalancerControllerPolicy: PolicyFact = {
  source: 'kubernetes-sigs/aws-load-balancer-controller v3.4.3 (ad671982) docs/install/iam_policy.json; wafv2:ListWebACLs besides, which docs/guide/ingress/annotations.md asks for to find a web ACL by its name',
  read: '2026-11-24',
  statements: [
    {
      sid: 'CreateServiceLinkedRole',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: ['*'],
      conditions: { StringEquals: { 'iam:AWSServiceName': ['elasticloadbalancing.amazonaws.com'] } },
    },
    {
      sid: 'Read',
      actions: [
        ...ec2(
          'DescribeAccountAttributes',
          'DescribeAddresses',
          'DescribeAvailabilityZones',
          'DescribeInternetGateways',
          'DescribeVpcs',
          'DescribeVpcPeeringConnections',
          'DescribeSubnets',
          'DescribeSecurityGroups',
          'DescribeInstances',
          'DescribeNetworkInterfaces',
          'DescribeTags',
          'GetCoipPoolUsage',
          'DescribeCoipPools',
          'GetSecurityGroupsForVpc',
          'DescribeIpamPools',
          'DescribeRouteTables',
        ),
        ...elb(
          'DescribeLoadBalancers',
          'DescribeLoadBalancerAttributes',
          'DescribeListeners',
          'DescribeListenerCertificates',
          'DescribeSSLPolicies',
          'DescribeRules',
          'DescribeTargetGroups',
          'DescribeTargetGroupAttributes',
          'DescribeTargetHealth',
          'DescribeTags',
          'DescribeTrustStores',
          'DescribeListenerAttributes',
          'DescribeCapacityReservation',
        ),
      ],
      resources: ['*'],
    },
    {
      sid: 'CertificatesAndFirewalls',
      actions: [
        'cognito-idp:DescribeUserPoolClient',
        'acm:ListCertificates',
        'acm:DescribeCertificate',
        'iam:ListServerCertificates',
        'iam:GetServerCertificate',
        'waf-regional:GetWebACL',
        'waf-regional:GetWebACLForResource',
        'waf-regional:AssociateWebACL',
        'waf-regional:DisassociateWebACL',
        'wafv2:GetWebACL',
        'wafv2:ListWebACLs',
        'wafv2:GetWebACLForResource',
        'wafv2:AssociateWebACL',
        'wafv2:DisassociateWebACL',
        'shield:GetSubscriptionState',
        'shield:DescribeProtection',
        'shield:CreateProtection',
        'shield:DeleteProtection',
      ],
      resources: ['*'],
    },
    { sid: 'OpenSecurityGroups', actions: ec2('AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress'), resources: ['*'] },
    { sid: 'CreateSecurityGroups', actions: ec2('CreateSecurityGroup'), resources: ['*'] },
    {
      sid: 'TagNewSecurityGroups',
      actions: ec2('CreateTags'),
      resources: securityGroups,
      conditions: { StringEquals: { 'ec2:CreateAction': ['CreateSecurityGroup'] }, ...requested },
    },
    { sid: 'RetagSecurityGroups', actions: ec2('CreateTags', 'DeleteTags'), resources: securityGroups, conditions: retagged },
    {
      sid: 'ChangeOwnSecurityGroups',
      actions: ec2('AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress', 'DeleteSecurityGroup'),
      resources: ['*'],
      conditions: tagged,
    },
    { sid: 'CreateBalancers', actions: elb('CreateLoadBalancer', 'CreateTargetGroup'), resources: ['*'], conditions: requested },
    { sid: 'Listeners', actions: elb('CreateListener', 'DeleteListener', 'CreateRule', 'DeleteRule'), resources: ['*'] },
    { sid: 'RetagBalancers', actions: elb('AddTags', 'RemoveTags'), resources: balancersAndTargets, conditions: retagged },
    {
      sid: 'TagListeners',
      actions: elb('AddTags', 'RemoveTags'),
      resources: ['listener/net/*/*/*', 'listener/app/*/*/*', 'listener-rule/net/*/*/*', 'listener-rule/app/*/*/*'].map(
        (name) => `arn:<partition>:elasticloadbalancing:*:*:${name}`,
      ),
    },
    {
      sid: 'ChangeOwnBalancers',
      actions: elb(
        'ModifyLoadBalancerAttributes',
        'SetIpAddressType',
        'SetSecurityGroups',
        'SetSubnets',
        'DeleteLoadBalancer',
        'ModifyTargetGroup',
        'ModifyTargetGroupAttributes',
        'DeleteTargetGroup',
        'ModifyListenerAttributes',
        'ModifyCapacityReservation',
        'ModifyIpPools',
      ),
      resources: ['*'],
      conditions: tagged,
    },
    {
      sid: 'TagNewBalancers',
      actions: elb('AddTags'),
      resources: balancersAndTargets,
      conditions: { StringEquals: { 'elasticloadbalancing:CreateAction': ['CreateTargetGroup', 'CreateLoadBalancer'] }, ...requested },
    },
    { sid: 'Targets', actions: elb('RegisterTargets', 'DeregisterTargets'), resources: ['arn:<partition>:elasticloadbalancing:*:*:targetgroup/*/*'] },
    {
      sid: 'ChangeListeners',
      actions: elb('SetWebAcl', 'ModifyListener', 'AddListenerCertificates', 'RemoveListenerCertificates', 'ModifyRule', 'SetRulePriorities'),
      resources: ['*'],
    },
  ],
};
