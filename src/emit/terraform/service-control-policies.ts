import type { Organization, Platform } from '../../config/platform.ts';
import type { Guardrail } from '../../config/org-settings.ts';
import type { PolicyStatement } from '../../stacks/policy.ts';

/** The seven rules by name. */
export const serviceControlRules = ['DenyS3Public', 'RequireTLS', 'DenyUnsupportedRegions', 'DenyRootUser', 'RequireEncryption', 'DenyRemoteSessions', 'DenyManualAccessKeys'] as const;
export type ServiceControlRule = (typeof serviceControlRules)[number];

/** Longest policy that Organizations takes. Source: Organizations user guide, "Quotas": 5,120 characters, white space counted as sent. */
export const longestPolicy = 5120;

/**
 * What works only in one region whatever region is meant, or for an account as a whole. Source: AWS Control Tower controls reference, "Deny
 * access to AWS based on the requested AWS Region", without services for retail, marketplaces and consoles that no workload here uses.
 */
export const globalServices: readonly string[] = [
  'access-analyzer:*', 'account:*', 'acm:*', 'artifact:*', 'aws-portal:*', 'billing:*', 'billingconductor:*', 'budgets:*', 'ce:*', 'chatbot:*', 'cloudfront:*', 'cloudtrail:LookupEvents',
  'compute-optimizer:*', 'config:*', 'consolidatedbilling:*', 'cur:*', 'directconnect:*', 'ec2:DescribeRegions', 'ec2:DescribeTransitGateways', 'ec2:DescribeVpnGateways', 'ecr-public:*', 'fms:*',
  'freetier:*', 'globalaccelerator:*', 'health:*', 'iam:*', 'invoicing:*', 'kms:*', 'networkmanager:*', 'notifications:*', 'notifications-contacts:*', 'organizations:*', 'payments:*', 'pricing:*',
  'resource-explorer-2:*', 'route53:*', 'route53-recovery-cluster:*', 'route53-recovery-control-config:*', 'route53-recovery-readiness:*', 'route53domains:*', 's3:*MultiRegionAccessPoint*',
  's3:GetAccountPublicAccessBlock', 's3:GetBucketLocation', 's3:GetBucketPolicyStatus', 's3:GetBucketPublicAccessBlock', 's3:GetStorageLens*', 's3:ListAllMyBuckets', 's3:ListStorageLensConfigurations',
  's3:PutAccountPublicAccessBlock', 'savingsplans:*', 'shield:*', 'sso:*', 'sts:*', 'support:*', 'supportplans:*', 'sustainability:*', 'tag:GetResources', 'tax:*', 'trustedadvisor:*',
  'waf:*', 'waf-regional:*', 'wafv2:*',
];

/** Regions that `DenyUnsupportedRegions` leaves open. Pure. */
export const allowedRegions = ({ environments }: Platform, { settings }: Organization): readonly string[] =>
  // Bills' metrics and what belongs to CloudFront live in us-east-1 for everybody.
  settings.scps.regions ?? [...new Set([...environments.flatMap(({ regions }) => regions), settings.region, ...(settings.partition === 'aws' ? ['us-east-1'] : [])])].sort();

const everything = ['*'];
const grantsToAll = ['*http://acs.amazonaws.com/groups/global/AllUsers*', '*http://acs.amazonaws.com/groups/global/AuthenticatedUsers*'];

/** A statement whose resource cannot be narrowed: it has to hold for everything in the account. */
const denied = (sid: ServiceControlRule, suffix: string, rest: Omit<PolicyStatement, 'sid' | 'deny' | 'on'>): PolicyStatement => ({ sid: `${sid}${suffix}`, deny: true, ...rest, on: everything });

/**
 * What a group of guardrails denies. They are laid together because AWS takes five policies on a unit, its own `FullAWSAccess` among them.
 * Statement ids begin with the name of their rule. Pure.
 */
export const guardrailStatements = (platform: Platform, organization: Organization, group: Guardrail): readonly PolicyStatement[] => {
  const { settings: { scps, partition } } = organization;
  const unlessExempt = { ArnNotLike: [{ key: 'aws:PrincipalArn', values: scps.exempt_roles.map((name) => `arn:${partition}:iam::*:role/${name}`) }] };
  switch (group) {
    case 'base': return [
      // With the account's own block in place no bucket policy or list can open a bucket; so what matters is that nobody lifts the block.
      denied('DenyS3Public', 'Block', { actions: ['s3:PutAccountPublicAccessBlock'], when: unlessExempt }),
      denied('DenyS3Public', 'Acl', { actions: ['s3:CreateBucket', 's3:PutBucketAcl', 's3:PutObject', 's3:PutObjectAcl', 's3:PutObjectVersionAcl'], when: { StringEquals: [{ key: 's3:x-amz-acl', values: ['public-read', 'public-read-write', 'authenticated-read'] }] } }),
      ...(['read', 'write', 'full-control'] as const).map((right) => denied('DenyS3Public', `Grant${right === 'read' ? 'Read' : right === 'write' ? 'Write' : 'Full'}`, {
        actions: ['s3:PutBucketAcl', 's3:PutObjectAcl', 's3:PutObjectVersionAcl'], when: { StringLike: [{ key: `s3:x-amz-grant-${right}`, values: grantsToAll }] },
      })),
      // Only services that also listen without TLS, and those that hand out secrets and keys. `IfExists`: calls that AWS makes for us carry no such key.
      denied('RequireTLS', '', { actions: ['s3:*', 'sqs:*', 'sns:*', 'dynamodb:*', 'kms:*', 'secretsmanager:*', 'sts:*'], when: { Bool: [{ key: 'aws:SecureTransport', values: ['false'] }] } }),
    ];
    case 'strict': return [
      denied('DenyUnsupportedRegions', '', { exceptActions: true, actions: globalServices, when: { StringNotEquals: [{ key: 'aws:RequestedRegion', values: allowedRegions(platform, organization) }], ...unlessExempt } }),
      denied('DenyRootUser', '', { actions: everything, when: { ArnLike: [{ key: 'aws:PrincipalArn', values: [`arn:${partition}:iam::*:root`] }] } }),
      // An upload without a header takes the encryption of its bucket and must pass: `Null` says that the header is there.
      denied('RequireEncryption', 'Uploads', { actions: ['s3:PutObject'], when: { Null: [{ key: 's3:x-amz-server-side-encryption', values: ['false'] }], StringNotEquals: [{ key: 's3:x-amz-server-side-encryption', values: ['aws:kms', 'aws:kms:dsse'] }] } }),
      denied('RequireEncryption', 'Volumes', { actions: ['ec2:CreateVolume', 'ec2:RunInstances'], when: { Bool: [{ key: 'ec2:Encrypted', values: ['false'] }] } }),
      denied('RequireEncryption', 'Databases', { actions: ['rds:CreateDBCluster', 'rds:CreateDBInstance'], when: { Bool: [{ key: 'rds:StorageEncrypted', values: ['false'] }] } }),
      denied('RequireEncryption', 'Files', { actions: ['elasticfilesystem:CreateFileSystem'], when: { Bool: [{ key: 'elasticfilesystem:Encrypted', values: ['false'] }] } }),
    ];
    case 'remote_sessions': return [
      denied('DenyRemoteSessions', '', { actions: ['ssm:StartSession', 'ssm:ResumeSession', 'ecs:ExecuteCommand', 'ec2-instance-connect:OpenTunnel', 'ec2-instance-connect:SendSSHPublicKey', 'ec2-instance-connect:SendSerialConsoleSSHPublicKey', 'cloudshell:CreateSession'] }),
    ];
    case 'access_keys': return [
      denied('DenyManualAccessKeys', '', { actions: ['iam:CreateAccessKey', 'iam:UpdateAccessKey', 'iam:CreateLoginProfile', 'iam:CreateServiceSpecificCredential', 'iam:UploadSigningCertificate', 'iam:UploadSSHPublicKey'] }),
    ];
  }
};
