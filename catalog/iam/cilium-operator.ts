import type { PolicyFact } from './policy.ts';

/**
 * Cilium's operator in ENI mode. Placeholders: partition, region, account. The documents list actions only: EC2's
 * describe calls know no resources; the changing ones are narrowed to the region and account.
 */
export const ciliumOperatorPolicy: PolicyFact = {
  source:
    'cilium/cilium v1.19.6 Documentation/network/concepts/ipam/eni.rst, "Required Privileges" (ENI collection needs DescribeTags, excess release UnassignPrivateIpAddresses, instance tag filter DescribeInstances) and "EC2 instance types ENI limits" (DescribeInstanceTypes, always needed since 1.18)',
  read: '2026-11-24',
  statements: [
    {
      sid: 'ReadNetwork',
      actions: [
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeInstances',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeRouteTables',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeTags',
        'ec2:DescribeVpcs',
      ],
      resources: ['*'],
    },
    {
      sid: 'ManageInterfaces',
      actions: [
        'ec2:AssignPrivateIpAddresses',
        'ec2:AttachNetworkInterface',
        'ec2:CreateNetworkInterface',
        'ec2:DeleteNetworkInterface',
        'ec2:ModifyNetworkInterfaceAttribute',
        'ec2:UnassignPrivateIpAddresses',
      ],
      resources: [
        'arn:<partition>:ec2:<region>:<account>:instance/*',
        'arn:<partition>:ec2:<region>:<account>:network-interface/*',
        'arn:<partition>:ec2:<region>:<account>:security-group/*',
        'arn:<partition>:ec2:<region>:<account>:subnet/*',
      ],
    },
    {
      sid: 'TagNewInterfaces',
      actions: ['ec2:CreateTags'],
      resources: ['arn:<partition>:ec2:<region>:<account>:network-interface/*'],
      conditions: { StringEquals: { 'ec2:CreateAction': ['CreateNetworkInterface'] } },
    },
  ],
};
