import type { Organization, Platform } from '../config/platform.ts';
import { allowedRegions } from '../emit/terraform/service-control-policies.ts';

/** A call that somebody makes, with what AWS would know of it. */
export interface SampleRequest {
  readonly title: string;
  readonly action: string;
  readonly context: Readonly<Record<string, string>>;
}

/** What the platform does every day and has to pass, and what the guardrails are there for. Pure. */
export const sampleRequests = (platform: Platform, organization: Organization): readonly SampleRequest[] => {
  const { partition, scps } = organization.settings;
  const home = allowedRegions(platform, organization)[0] ?? 'us-east-1';
  const role = (name: string): string => `arn:${partition}:iam::111122223333:role/${name}`;
  const at = (region: string, who: string, more: Readonly<Record<string, string>> = {}) => ({ 'aws:PrincipalArn': who, 'aws:RequestedRegion': region, 'aws:SecureTransport': 'true', ...more });
  const ci = role(`${platform.name}-prod-ci-apply`);
  const person = role('developer');
  const exempt = role((scps.exempt_roles[0] ?? '').replaceAll('*', 'x'));
  const root = `arn:${partition}:iam::111122223333:root`;
  return [
    { title: 'CI makes a cluster', action: 'eks:CreateCluster', context: at(home, ci) },
    { title: 'CI makes a role', action: 'iam:CreateRole', context: at('us-east-1', ci) },
    { title: 'CI closes a bucket of its own', action: 's3:PutBucketPublicAccessBlock', context: at(home, ci) },
    { title: 'a pod assumes its role', action: 'sts:AssumeRoleWithWebIdentity', context: at(home, ci) },
    { title: 'an upload without an encryption header', action: 's3:PutObject', context: at(home, person) },
    { title: 'an upload encrypted with KMS', action: 's3:PutObject', context: at(home, person, { 's3:x-amz-server-side-encryption': 'aws:kms' }) },
    { title: 'Karpenter starts a node with an encrypted disk', action: 'ec2:RunInstances', context: at(home, person, { 'ec2:Encrypted': 'true' }) },
    { title: 'an upload that asks for S3\'s own key', action: 's3:PutObject', context: at(home, person, { 's3:x-amz-server-side-encryption': 'AES256' }) },
    { title: 'an upload without TLS', action: 's3:PutObject', context: at(home, person, { 'aws:SecureTransport': 'false' }) },
    { title: 'an object that everybody may read', action: 's3:PutObjectAcl', context: at(home, person, { 's3:x-amz-acl': 'public-read' }) },
    { title: 'a person lifts the account\'s block on public buckets', action: 's3:PutAccountPublicAccessBlock', context: at(home, person) },
    { title: 'an exempt role sets the account\'s block on public buckets', action: 's3:PutAccountPublicAccessBlock', context: at(home, exempt) },
    { title: 'a machine in a region that nobody uses', action: 'ec2:RunInstances', context: at('ap-south-2', person) },
    { title: 'a volume without encryption', action: 'ec2:CreateVolume', context: at(home, person, { 'ec2:Encrypted': 'false' }) },
    { title: 'a database without encryption', action: 'rds:CreateDBInstance', context: at(home, person, { 'rds:StorageEncrypted': 'false' }) },
    { title: 'the root user of an account', action: 'ec2:DescribeInstances', context: at(home, root) },
    { title: 'a shell on a node', action: 'ssm:StartSession', context: at(home, person) },
    { title: 'a new access key', action: 'iam:CreateAccessKey', context: at('us-east-1', person) },
  ];
};
