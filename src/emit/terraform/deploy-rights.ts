import type { OwnRoot } from '../../config/own-roots.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import type { PolicyStatement, PolicyTests } from '../../stacks/policy.ts';
import { argocdSpokeRoleName, registrationPath } from '../../units/aws-names.ts';
import { dataApplyRights, dataPlanRights } from './data-rights.ts';
import { edgeReads, edgeRights } from './edge-rights.ts';
import { losesRecords } from './foundation-props.ts';
import { backupReads, backupRights } from './backup-rights.ts';
import { functionReads, functionRights } from './functions-rights.ts';
import { containerLogGroup, containerLogsProps } from './container-logs-props.ts';
import { furtherEksKinds, furtherEksServices, greengrassRights, managedServiceParameters, managedServiceReads, managedServiceRights } from './managed-services-rights.ts';
import { linkedServices } from './linked-roles.ts';
import { registryReads, registryRights } from './registry-rights.ts';
import { alarmReads, alarmWrites } from './alarm-rights.ts';
import { scheduleReads, scheduleWrites } from './schedule-props.ts';
import { spendingReads, spendingWrites } from './spending-rights.ts';
import { alertReads, alertWrites } from './security-rights.ts';
import { accountRegion, boundaryArn, breakGlassRoleName, ciApplyRoleName, ciPlanRoleName, operatorRoleName, stateBucket } from './names.ts';

/** Managed policies of one role: resource name → statements. With everything on there may be ten, those of planning and applying together. Source: IAM quotas, "Managed policies attached to an IAM role". */
export type Rights = Readonly<Record<string, readonly PolicyStatement[]>>;

/** Alias of the key that encrypts the Terraform state of an account. */
export const stateKeyAlias = (platform: Platform): string => `alias/${platform.name}-terraform-state`;

/** Key of the state of a root below the bucket of its account. */
export const stateKey = (environment: Environment, cluster?: string, stage?: 'cluster' | 'bootstrap'): string =>
  ['environments', environment.name, ...(cluster === undefined ? ['foundation'] : [cluster, stage])].join('/') + '.tfstate';

/** Key of the state of a root that an environment has besides its foundation. */
export const ownStateKey = (environment: Environment, root: OwnRoot): string => `environments/${environment.name}/${root}.tfstate`;

const stateRights = (platform: Platform, environment: Environment, writes: boolean): readonly PolicyStatement[] => {
  const bucket = `arn:${environment.partition}:s3:::${stateBucket(platform, environment)}`;
  const own = `${bucket}/environments/${environment.name}/*`;
  const key = `arn:${environment.partition}:kms:${accountRegion(platform, environment.accountId)}:${environment.accountId}:key/*`;
  return [
    { sid: 'FindState', actions: ['s3:ListBucket'], on: [bucket] },
    { sid: 'ReadState', actions: ['s3:GetObject'], on: [own] },
    { sid: writes ? 'WriteState' : 'LockState', actions: ['s3:PutObject', 's3:DeleteObject'], on: [writes ? own : `${own}.tflock`] },
    { sid: 'StateKey', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], on: [key], when: { 'ForAnyValue:StringEquals': [{ key: 'kms:ResourceAliases', values: [stateKeyAlias(platform)] }] } },
  ];
};

const reads = [
  'ec2:Describe*', 'ec2:GetManagedPrefixListEntries', 'eks:Describe*', 'eks:List*', 'events:Describe*', 'events:List*', 'iam:GetOpenIDConnectProvider', 'iam:GetPolicy', 'iam:GetPolicyVersion',
  'iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListInstanceProfiles', 'iam:ListInstanceProfilesForRole', 'iam:ListOpenIDConnectProviders', 'iam:ListRolePolicies', 'iam:ListRoles', 'kms:DescribeKey', 'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus', 'kms:ListAliases', 'kms:ListResourceTags', 'logs:DescribeLogGroups', 'logs:ListTagsForResource', 'rds:DescribeDBInstances', 'route53:Get*', 'route53:List*', 's3:ListAllMyBuckets', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl',
  'sqs:ListQueueTags', 'ssm:DescribeParameters', 'ssm:ListTagsForResource', 'sts:GetCallerIdentity', 'tag:GetResources',
];

/** What planning every root of the environment needs: descriptions of what there is, its own state, and the lock. Pure. */
export const planRights = (platform: Platform, environment: Environment): Rights => ({
  read: [
    { sid: 'Describe', actions: [...reads, ...functionReads(environment), ...registryReads(environment), ...backupReads(environment), ...spendingReads, ...alarmReads(environment), ...scheduleReads(environment), ...managedServiceReads(environment)], on: ['*'] },
    { sid: 'ReadRegistrations', actions: ['ssm:GetParameter', 'ssm:GetParameters'], on: [`arn:${environment.partition}:ssm:*:${environment.accountId}:parameter${registrationPath(platform.name, environment.name, '*')}/*`] },
    ...edgeReads(platform, environment),
    ...managedServiceParameters(platform, environment),
    ...alertReads(environment),
    ...stateRights(platform, environment, false),
  ],
  ...dataPlanRights(platform, environment),
});

const networkWrites = [
  'ec2:*Vpc', 'ec2:*VpcAttribute', 'ec2:*VpcEndpoint', 'ec2:*VpcEndpoints', 'ec2:*Subnet', 'ec2:*SubnetAttribute', 'ec2:*RouteTable', 'ec2:*Route', 'ec2:ReplaceRouteTableAssociation', 'ec2:*InternetGateway', 'ec2:*NatGateway', 'ec2:AllocateAddress',
  'ec2:AssociateAddress', 'ec2:DisassociateAddress', 'ec2:ReleaseAddress', 'ec2:*SecurityGroup', 'ec2:AuthorizeSecurityGroup*', 'ec2:RevokeSecurityGroup*', 'ec2:ModifySecurityGroupRules', 'ec2:*LaunchTemplate', 'ec2:*VpcPeeringConnection',
  'ec2:*LaunchTemplateVersion', 'ec2:*LaunchTemplateVersions', 'ec2:CreateTags', 'ec2:DeleteTags', 'ec2:RunInstances', 'ec2:DeleteNetworkInterface', 'ec2:DetachNetworkInterface',
];

const hostedZoneWrites = ['route53:CreateHostedZone', 'route53:DeleteHostedZone', 'route53:UpdateHostedZoneComment', 'route53:ChangeTagsForResource', 'route53:AssociateVPCWithHostedZone', 'route53:DisassociateVPCFromHostedZone'];
const keyWrites = ['kms:PutKeyPolicy', 'kms:EnableKeyRotation', 'kms:DisableKeyRotation', 'kms:UpdateKeyDescription', 'kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias', 'kms:CreateGrant'];

const clusterRights = (platform: Platform, environment: Environment, named: string): readonly PolicyStatement[] => {
  const at = (service: string, resource: string) => `arn:${environment.partition}:${service}:*:${environment.accountId}:${resource}`;
  const tagged: PolicyTests = { StringEquals: [{ key: 'aws:ResourceTag/argoeks:environment', values: [environment.name] }] };
  return [
    { sid: 'Clusters', actions: ['eks:*'], on: ['cluster', 'nodegroup', 'addon', 'access-entry', ...furtherEksKinds(environment)].map((kind) => at('eks', `${kind}/${named}`)) },
    { sid: 'ControlPlaneLogs', actions: ['logs:CreateLogGroup', 'logs:DeleteLogGroup', 'logs:PutRetentionPolicy', 'logs:DeleteRetentionPolicy', 'logs:AssociateKmsKey', 'logs:DisassociateKmsKey', 'logs:TagResource', 'logs:UntagResource'], on: [`/aws/eks/${named}`, ...(environment.clusters.some((cluster) => containerLogsProps(cluster) !== undefined) ? [containerLogGroup(named, '*')] : [])].map((group) => at('logs', `log-group:${group}`)) },
    { sid: 'Interruptions', actions: ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes', 'sqs:TagQueue', 'sqs:UntagQueue'], on: [at('sqs', named)] },
    { sid: 'InterruptionRules', actions: ['events:PutRule', 'events:DeleteRule', 'events:PutTargets', 'events:RemoveTargets', 'events:TagResource', 'events:UntagResource'], on: [at('events', `rule/${named}`)] },
    { sid: 'Registrations', actions: ['ssm:PutParameter', 'ssm:DeleteParameter', 'ssm:GetParameter', 'ssm:GetParameters', 'ssm:AddTagsToResource', 'ssm:RemoveTagsFromResource'], on: [at('ssm', `parameter${registrationPath(platform.name, environment.name, '*')}/*`)] },
    { sid: 'NewKeys', actions: ['kms:CreateKey', 'kms:TagResource'], on: ['*'], when: { StringEquals: [{ key: 'aws:RequestTag/argoeks:environment', values: [environment.name] }] } },
    { sid: 'OwnKeys', actions: keyWrites, on: [at('kms', 'key/*')], when: tagged },
    { sid: 'OwnAliases', actions: ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'], on: [at('kms', `alias/${named}`)] },
  ];
};

const identityRights = (platform: Platform, environment: Environment, named: string): readonly PolicyStatement[] => {
  const iam = (resource: string) => `arn:${environment.partition}:iam::${environment.accountId}:${resource}`;
  const roles = [iam(`role/${named}`)];
  const neighbours = platform.environments.filter(({ accountId }) => accountId === environment.accountId);
  const services = furtherEksServices(environment);
  const guards = neighbours.flatMap((each) => [ciPlanRoleName, ciApplyRoleName, operatorRoleName, breakGlassRoleName].map((nameOf) => nameOf(platform, each)));
  return [
    {
      sid: 'RolesWithinTheBoundary', actions: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy', 'iam:DeleteRolePolicy', 'iam:AttachRolePolicy', 'iam:DetachRolePolicy'], on: roles,
      when: { StringEquals: [{ key: 'iam:PermissionsBoundary', values: [boundaryArn(platform, environment)] }] },
    },
    { sid: 'Roles', actions: ['iam:DeleteRole', 'iam:TagRole', 'iam:UntagRole', 'iam:UpdateRole', 'iam:UpdateAssumeRolePolicy', 'iam:UpdateRoleDescription'], on: roles },
    { sid: 'RolesForServices', actions: ['iam:PassRole'], on: roles, when: { StringEquals: [{ key: 'iam:PassedToService', values: ['eks.amazonaws.com', 'ec2.amazonaws.com', ...services.passedTo] }] } },
    { sid: 'ClusterIssuers', actions: ['iam:CreateOpenIDConnectProvider', 'iam:DeleteOpenIDConnectProvider', 'iam:TagOpenIDConnectProvider', 'iam:UntagOpenIDConnectProvider', 'iam:UpdateOpenIDConnectProviderThumbprint', 'iam:AddClientIDToOpenIDConnectProvider', 'iam:RemoveClientIDFromOpenIDConnectProvider'], on: [iam('oidc-provider/oidc.eks.*')] },
    // A node role can't be deleted while a profile that Karpenter made still holds it.
    { sid: 'ProfilesOfNodes', actions: ['iam:RemoveRoleFromInstanceProfile'], on: [iam('instance-profile/*')] },
    // Names of clusters may begin like these: what guards the account stays out of reach.
    { sid: 'NotTheGuards', deny: true, exceptActions: true, actions: ['iam:Get*', 'iam:List*', 'sts:*'], on: [...guards.map((name) => iam(`role/${name}`)), boundaryArn(platform, environment)] },
    {
      sid: 'ServiceLinkedRoles', actions: ['iam:CreateServiceLinkedRole'], on: [iam('role/aws-service-role/*')],
      when: { StringEquals: [{ key: 'iam:AWSServiceName', values: ['eks.amazonaws.com', 'eks-nodegroup.amazonaws.com', 'autoscaling.amazonaws.com', 'elasticloadbalancing.amazonaws.com', 'spot.amazonaws.com', ...services.linked, ...linkedServices(environment)] }] },
    },
  ];
};

/**
 * What applying every root of the environment needs on top of `planRights`: narrowed to its regions, names, tags and state. New
 * roles only under the permissions boundary, so that the right to create roles is not the right to everything. Pure.
 */
export const applyRights = (platform: Platform, environment: Environment): Rights => {
  const named = `${environment.settings.cluster_name_prefix}-*`;
  const managed = [...managedServiceRights(platform, environment), ...greengrassRights(environment)];
  return {
    network: [
      { sid: 'Network', actions: networkWrites, on: ['*'], when: { StringEquals: [{ key: 'aws:RequestedRegion', values: environment.regions }] } },
      { sid: 'PrivateZone', actions: [...hostedZoneWrites, ...(losesRecords(environment) ? ['route53:ChangeResourceRecordSets'] : [])], on: ['*'] },
      ...stateRights(platform, environment, true).filter(({ sid }) => sid === 'WriteState'),
    ],
    cluster: [...clusterRights(platform, environment, named), ...registryRights(environment)],
    spending: [...spendingWrites(platform, environment), ...alarmWrites(platform, environment), ...scheduleWrites(environment, named), ...alertWrites(environment, boundaryArn(platform, environment))],
    identity: identityRights(platform, environment, named),
    ...dataApplyRights(platform, environment),
    edge: edgeRights(platform, environment, named),
    ...functionRights(environment),
    ...(environment.settings.backup.enabled ? { backup: backupRights(environment) } : {}),
    ...(managed.length === 0 ? {} : { managed }),
  };
};

/**
 * Upper limit of every role of the platform: whatever its own policy says, it can't change who may do what, nor become a role that
 * may; Argo CD assumes the roles of spokes. Karpenter makes and passes node roles to EC2; the load balancer controller may create its service-linked role. Pure.
 */
export const boundary = (partition: string): readonly PolicyStatement[] => [
  { sid: 'WorkButNotIdentity', exceptActions: true, actions: ['iam:*', 'organizations:*', 'account:*', 'sts:AssumeRole'], on: ['*'] },
  { sid: 'ActOnSpokes', actions: ['sts:AssumeRole'], on: [`arn:${partition}:iam::*:role/${argocdSpokeRoleName('*')}`] },
  { sid: 'LookAtIdentity', actions: ['iam:Get*', 'iam:List*'], on: ['*'] },
  { sid: 'InstanceProfiles', actions: ['iam:CreateInstanceProfile', 'iam:DeleteInstanceProfile', 'iam:AddRoleToInstanceProfile', 'iam:RemoveRoleFromInstanceProfile', 'iam:TagInstanceProfile', 'iam:CreateServiceLinkedRole'], on: ['*'] },
  { sid: 'RolesForNodes', actions: ['iam:PassRole'], on: ['*'], when: { StringEquals: [{ key: 'iam:PassedToService', values: ['ec2.amazonaws.com'] }] } },
];
