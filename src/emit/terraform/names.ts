import type { AwsProps } from '../../stacks/aws-provider.ts';
import type { Cluster, Environment, Platform } from '../../config/platform.ts';
import { bounded, roleArn, stateBucketName } from '../../units/aws-names.ts';

/** Role that CI assumes to plan an environment: reads, and nothing else. */
export const ciPlanRoleName = (platform: Platform, environment: Environment): string => bounded(`${platform.name}-${environment.name}-ci-plan`, 64);

/** Role that CI assumes to apply an environment. */
export const ciApplyRoleName = (platform: Platform, environment: Environment): string => bounded(`${platform.name}-${environment.name}-ci-apply`, 64);

/** Role that people assume to apply an environment by hand. */
export const operatorRoleName = (platform: Platform, environment: Environment): string => bounded(`${platform.name}-${environment.name}-operator`, 64);

/** Role for people when everything else is down; administrator of the environment's clusters. */
export const breakGlassRoleName = (platform: Platform, environment: Environment): string => bounded(`${platform.name}-${environment.name}-break-glass`, 64);

/** Managed policy that bounds every role a root creates; one per account. */
export const boundaryName = (platform: Platform): string => `${platform.name}-boundary`;

/** ARN of `boundaryName`. */
export const boundaryArn = (platform: Platform, { partition, accountId }: { readonly partition: string; readonly accountId: string }): string =>
  `arn:${partition}:iam::${accountId}:policy/${boundaryName(platform)}`;

/** Alias of the key for a cluster's volumes and logs, with `alias/`; what encrypts by name may use it before the key exists. */
export const dataKeyAlias = (cluster: string): string => `alias/${cluster}-data`;

/** Alias of the key for a cluster's Kubernetes secrets, with `alias/`. */
export const secretsKeyAlias = (cluster: string): string => `alias/${cluster}-secrets`;

/** Region of everything an account has once: the primary region of its first environment. */
export const accountRegion = (platform: Platform, accountId: string): string => {
  const region = platform.environments.find((environment) => environment.accountId === accountId)?.regions[0];
  if (region === undefined) throw new Error(`no environment lives in account ${accountId}`);
  return region;
};

/** Bucket that holds the state of an environment's roots. */
export const stateBucket = (platform: Platform, environment: Environment): string =>
  environment.settings.state.bucket ?? stateBucketName(platform.name, { accountId: environment.accountId, region: accountRegion(platform, environment.accountId) });

/** Regional ARN of anything named by its last part, for example `sqs` and `queue`. */
export const regionalArn = (cluster: Cluster, service: string, resource: string): string => `arn:${cluster.partition}:${service}:${cluster.region}:${cluster.accountId}:${resource}`;

/** ARN of a role of the environment's account. */
export const environmentRoleArn = (environment: Environment, roleName: string): string => roleArn(environment, roleName);

/** ARN of an EKS access policy. Source: EKS user guide, "Review access policy permissions". */
export const accessPolicyArn = (partition: string, name: string): string => `arn:${partition}:eks::aws:cluster-access-policy/${name}`;

/** ARN of an IAM policy that AWS keeps. */
export const managedPolicyArn = (partition: string, name: string): string => `arn:${partition}:iam::aws:policy/${name}`;

/** Tags by which a teardown finds everything of one environment or cluster. Legal for every service. */
export const ownershipTags = (platform: Platform, environment: Environment, cluster?: Cluster): Readonly<Record<string, string>> => ({
  'argoeks:platform': platform.name,
  'argoeks:environment': environment.name,
  ...(cluster === undefined ? {} : { 'argoeks:cluster': cluster.name }),
});

/**
 * Default tags of a provider: the configured ones, then the ownership tags. A configured key that differs from ours, or from
 * `Name` that resources set themselves, only in case is left out: IAM takes no two such keys. Pure.
 */
export const defaultTags = (configured: Readonly<Record<string, string>>, owned: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const taken = new Set(['name', ...Object.keys(owned).map((key) => key.toLowerCase())]);
  return { ...Object.fromEntries(Object.entries(configured).filter(([key]) => !taken.has(key.toLowerCase()))), ...owned };
};

/** Name in Terraform made from any other name. */
export const terraformName = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z])([A-Z][a-z])/g, '$1_$2').toLowerCase().replace(/[^a-z0-9_]+/g, '_').replace(/^(?=\d)/, '_');

/** Provider of a root that belongs to an environment as a whole: its primary region, its tags. Throws where there is no region: a bug. */
export const environmentAws = (platform: Platform, environment: Environment): AwsProps => {
  const [region] = environment.regions;
  if (region === undefined) throw new Error(`${environment.name} has no region`);
  return { region, accountId: environment.accountId, tags: defaultTags(environment.tags, ownershipTags(platform, environment)) };
};
