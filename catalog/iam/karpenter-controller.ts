import type { PolicyFact } from './policy.ts';

const ec2 = (kind: string): string => `arn:<partition>:ec2:<region>:*:${kind}/*`;
const launched = ['fleet', 'instance', 'volume', 'network-interface', 'launch-template', 'spot-instances-request'].map(ec2);
const instanceProfiles = ['arn:<partition>:iam::<account>:instance-profile/*'];
const clusterTag = 'kubernetes.io/cluster/<cluster>';

/** Karpenter's own statements are guarded by the tags it writes: what another cluster launched is out of reach. */
const owned = { [`aws:ResourceTag/${clusterTag}`]: ['owned'] };
const requestOwned = { [`aws:RequestTag/${clusterTag}`]: ['owned'], 'aws:RequestTag/eks:eks-cluster-name': ['<cluster>'] };

/**
 * Karpenter v1 controller: the five policies of its CloudFormation template in one, ZonalShift left out (`settings.enableZonalShift` is off).
 * Placeholders: partition, region, account, cluster, nodeRoleArn, queueArn. About 6.5 kB of JSON with usual names: attach it as two inline or
 * managed policies (`karpenterLifecyclePolicy`, `karpenterIntegrationPolicy`), since a managed policy holds 6,144 characters.
 */
const source =
  'aws/karpenter-provider-aws v1.14.1 (bde00654) website/content/en/preview/getting-started/getting-started-with-karpenter/cloudformation.yaml; equal to website/content/en/v1.14';

/** Launching, tagging and ending instances. */
export const karpenterLifecyclePolicy: PolicyFact = {
  source: `${source}, NodeLifecyclePolicy`,
  read: '2026-11-24',
  statements: [
    {
      sid: 'AllowScopedEC2InstanceAccessActions',
      actions: ['ec2:RunInstances', 'ec2:CreateFleet'],
      resources: [
        'arn:<partition>:ec2:<region>::image/*',
        'arn:<partition>:ec2:<region>::snapshot/*',
        ec2('security-group'),
        ec2('subnet'),
        ec2('capacity-reservation'),
        ec2('placement-group'),
      ],
    },
    {
      sid: 'AllowScopedEC2LaunchTemplateAccessActions',
      actions: ['ec2:RunInstances', 'ec2:CreateFleet'],
      resources: [ec2('launch-template')],
      conditions: { StringEquals: owned, StringLike: { 'aws:ResourceTag/karpenter.sh/nodepool': ['*'] } },
    },
    {
      sid: 'AllowScopedEC2InstanceActionsWithTags',
      actions: ['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:CreateLaunchTemplate'],
      resources: launched,
      conditions: { StringEquals: requestOwned, StringLike: { 'aws:RequestTag/karpenter.sh/nodepool': ['*'] } },
    },
    {
      sid: 'AllowScopedResourceCreationTagging',
      actions: ['ec2:CreateTags'],
      resources: launched,
      conditions: {
        StringEquals: { ...requestOwned, 'ec2:CreateAction': ['RunInstances', 'CreateFleet', 'CreateLaunchTemplate'] },
        StringLike: { 'aws:RequestTag/karpenter.sh/nodepool': ['*'] },
      },
    },
    {
      sid: 'AllowScopedResourceTagging',
      actions: ['ec2:CreateTags'],
      resources: [ec2('instance')],
      conditions: {
        StringEquals: owned,
        StringLike: { 'aws:ResourceTag/karpenter.sh/nodepool': ['*'] },
        StringEqualsIfExists: { 'aws:RequestTag/eks:eks-cluster-name': ['<cluster>'] },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['eks:eks-cluster-name', 'karpenter.sh/nodeclaim', 'Name'] },
      },
    },
    {
      sid: 'AllowScopedDeletion',
      actions: ['ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate'],
      resources: [ec2('instance'), ec2('launch-template')],
      conditions: { StringEquals: owned, StringLike: { 'aws:ResourceTag/karpenter.sh/nodepool': ['*'] } },
    },
  ],
};

const region = { 'aws:ResourceTag/topology.kubernetes.io/region': ['<region>'] };
const requestRegion = { 'aws:RequestTag/topology.kubernetes.io/region': ['<region>'] };

/** Instance profiles, the cluster's endpoint, the interruption queue, and reading what can be launched. */
export const karpenterIntegrationPolicy: PolicyFact = {
  source: `${source}, IAMIntegrationPolicy, EKSIntegrationPolicy, InterruptionPolicy, ResourceDiscoveryPolicy`,
  read: '2026-11-24',
  statements: [
    {
      sid: 'AllowPassingInstanceRole',
      actions: ['iam:PassRole'],
      resources: ['<nodeRoleArn>'],
      conditions: { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] } },
    },
    {
      sid: 'AllowScopedInstanceProfileCreationActions',
      actions: ['iam:CreateInstanceProfile'],
      resources: instanceProfiles,
      conditions: { StringEquals: { ...requestOwned, ...requestRegion }, StringLike: { 'aws:RequestTag/karpenter.k8s.aws/ec2nodeclass': ['*'] } },
    },
    {
      sid: 'AllowScopedInstanceProfileTagActions',
      actions: ['iam:TagInstanceProfile'],
      resources: instanceProfiles,
      conditions: {
        StringEquals: { ...owned, ...region, ...requestOwned, ...requestRegion },
        StringLike: { 'aws:ResourceTag/karpenter.k8s.aws/ec2nodeclass': ['*'], 'aws:RequestTag/karpenter.k8s.aws/ec2nodeclass': ['*'] },
      },
    },
    {
      sid: 'AllowScopedInstanceProfileActions',
      actions: ['iam:AddRoleToInstanceProfile', 'iam:RemoveRoleFromInstanceProfile', 'iam:DeleteInstanceProfile'],
      resources: instanceProfiles,
      conditions: { StringEquals: { ...owned, ...region }, StringLike: { 'aws:ResourceTag/karpenter.k8s.aws/ec2nodeclass': ['*'] } },
    },
    { sid: 'AllowAPIServerEndpointDiscovery', actions: ['eks:DescribeCluster'], resources: ['arn:<partition>:eks:<region>:<account>:cluster/<cluster>'] },
    { sid: 'AllowInterruptionQueueActions', actions: ['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'], resources: ['<queueArn>'] },
    {
      sid: 'AllowRegionalReadActions',
      actions: [
        'ec2:DescribeCapacityReservations',
        'ec2:DescribeImages',
        'ec2:DescribeInstances',
        'ec2:DescribeInstanceStatus',
        'ec2:DescribeInstanceTypeOfferings',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplates',
        'ec2:DescribePlacementGroups',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSpotPriceHistory',
        'ec2:DescribeSubnets',
      ],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:RequestedRegion': ['<region>'] } },
    },
    { sid: 'AllowSSMReadActions', actions: ['ssm:GetParameter'], resources: ['arn:<partition>:ssm:<region>::parameter/aws/service/*'] },
    { sid: 'AllowPricingReadActions', actions: ['pricing:GetProducts'], resources: ['*'] },
    { sid: 'AllowUnscopedInstanceProfileListAction', actions: ['iam:ListInstanceProfiles'], resources: ['*'] },
    { sid: 'AllowInstanceProfileReadActions', actions: ['iam:GetInstanceProfile'], resources: instanceProfiles },
  ],
};

/**
 * What Karpenter's own policy lacks where it buys Spot in an account that never did: EC2 makes the service-linked role with the rights of the
 * caller, and otherwise refuses with `ServiceLinkedRoleCreationNotPermitted`. In Terraform the role would collide with an account's existing one.
 */
export const karpenterSpotRolePolicy: PolicyFact = {
  source: 'aws/karpenter-provider-aws issue 504 and eksctl-io/eksctl pull 6102 (same right, for the same error); resource as in LeanerCloud/AutoSpotting issue 416',
  read: '2026-11-25',
  statements: [
    {
      sid: 'AllowSpotServiceLinkedRole',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: ['arn:<partition>:iam::<account>:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot'],
      conditions: { StringEquals: { 'iam:AWSServiceName': ['spot.amazonaws.com'] } },
    },
  ],
};

/** Managed policies of the role that Karpenter's nodes carry, by name. */
export const karpenterNodeRole = {
  source: `${source}, KarpenterNodeRole. It lists AmazonEKS_CNI_Policy too, for the VPC CNI: left out, Cilium's operator has its own role.`,
  read: '2026-11-24',
  managedPolicies: ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonSSMManagedInstanceCore'],
} as const;

/** The queue of interruption events: who may send, and the EventBridge patterns that feed it. */
export const karpenterInterruptionQueue = {
  source: `${source}, KarpenterInterruptionQueue and rules`,
  read: '2026-11-24',
  messageRetentionSeconds: 300,
  /** Principals that may `sqs:SendMessage`; everything without TLS is denied. */
  senders: ['events.amazonaws.com', 'sqs.amazonaws.com'],
  rules: [
    { name: 'scheduled-change', eventSource: 'aws.health', detailType: 'AWS Health Event' },
    { name: 'spot-interruption', eventSource: 'aws.ec2', detailType: 'EC2 Spot Instance Interruption Warning' },
    { name: 'rebalance', eventSource: 'aws.ec2', detailType: 'EC2 Instance Rebalance Recommendation' },
    { name: 'instance-state-change', eventSource: 'aws.ec2', detailType: 'EC2 Instance State-change Notification' },
    { name: 'capacity-reservation-interruption', eventSource: 'aws.ec2', detailType: 'EC2 Capacity Reservation Instance Interruption Warning' },
  ],
} as const;
