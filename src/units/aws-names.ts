import { createHash } from 'node:crypto';

/** What names are computed from: the same input gives the same name on every machine, so ARNs are known before apply. */
export interface AwsPlace {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

/** Cuts a name to `max` characters, ending in six hexadecimal digits of its hash where it was too long; unique names stay unique. */
export const bounded = (name: string, max: number): string => {
  if (name.length <= max) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 6);
  return `${name.slice(0, max - 7).replace(/-+$/, '')}-${hash}`;
};

/**
 * Name of a cluster's IAM role, at most 64 characters (IAM's limit), unique in the account because it begins with the
 * cluster's name and cluster names are unique in the platform. Source: IAM quotas, "role name length".
 */
export const clusterRoleName = (cluster: string, purpose: string): string => bounded(`${cluster}-${purpose}`, 64);

/** ARN of an IAM role without a path. */
export const roleArn = ({ partition, accountId }: Omit<AwsPlace, 'region'>, roleName: string): string => `arn:${partition}:iam::${accountId}:role/${roleName}`;

/** Bucket for Terraform state of one account and region: S3 names are global, so the account id is part of it. At most 63 characters. */
export const stateBucketName = (platform: string, { accountId, region }: Omit<AwsPlace, 'partition'>): string => bounded(`${platform}-tfstate-${accountId}-${region}`, 63);

/** SQS queue that receives a cluster's EC2 interruption events; at most 80 characters (SQS limit). */
export const interruptionQueueName = (cluster: string): string => bounded(`${cluster}-interruption`, 80);

/** Parameter Store prefix under which a cluster's root writes what the hub needs to register it: `endpoint`, `certificate-authority`, `role-arn`. */
export const registrationPath = (platform: string, environment: string, cluster: string): string => `/${platform}/${environment}/clusters/${cluster}`;

/** Role in a spoke's account that the hub's Argo CD assumes to act on the spoke. */
export const argocdSpokeRoleName = (cluster: string): string => clusterRoleName(cluster, 'argocd-access');

/** Role of the hub's Argo CD itself (application controller, server and ApplicationSet controller share it). */
export const argocdHubRoleName = (cluster: string): string => clusterRoleName(cluster, 'argocd');

/** Bucket of an environment: S3 names are global, so account and region are part of it. At most 63 characters. `first` is `<platform>-<env>-<purpose>`, or a name of the user's. */
export const environmentBucketName = (first: string, { accountId, region }: Omit<AwsPlace, 'partition'>): string => bounded(`${first}-${accountId}-${region}`, 63);

/** First part of the name of a bucket of an environment, for `environmentBucketName`; `purpose` is its key of `storage`. */
export const bucketFirstName = (platform: string, environment: string, purpose: string): string => `${platform}-${environment}-${purpose}`;

/** Parameter Store prefix under which a data store of an environment is found: `endpoint`, `port`, and `secret-arn` where it has a password. */
export const dataParameterPath = (platform: string, environment: string, store: string): string => `/${platform}/${environment}/data/${store}`;

/** Alias of the key that encrypts an environment's buckets, with `alias/`; what reads them may use the key by this name. `prefix` is `cluster_name_prefix`. */
export const storageKeyAlias = (prefix: string): string => `alias/${prefix}-storage`;

/** First part of names of RDS, ElastiCache and MSK objects, which take neither two hyphens in a row nor one at the end. */
export const storeBaseName = (prefix: string): string => prefix.replace(/-+/g, '-').replace(/-$/, '');

/** Parameter Store prefix of what Prometheus and Grafana of AWS are found by. */
export const observabilityPath = (platform: string, environment: string): string => `/${platform}/${environment}/observability`;

/** Topic that alarms and notices of an environment go to, one in each of its regions. */
export const alertTopicName = (environment: { readonly name: string }): string => `argoeks-${environment.name}-alerts`;

/** ARN of `alertTopicName` in one region. */
export const alertTopicArn = (environment: { readonly name: string } & Omit<AwsPlace, 'region'>, region: string): string =>
  `arn:${environment.partition}:sns:${region}:${environment.accountId}:${alertTopicName(environment)}`;

/** Name of the web ACL of an environment's load balancers. */
export const webAclName = (environment: string): string => `${environment}-argocd-waf`;
