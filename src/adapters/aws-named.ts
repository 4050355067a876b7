import type { NamedKind, NamedResource } from '../ports/aws.ts';

/** One kind of object: lists what begins with a prefix. Clients are loaded when they are needed: EC2's alone takes longer than most commands. */
type Reader = (region: string, prefix: string, accountId: () => Promise<string>) => Promise<readonly Omit<NamedResource, 'kind'>[]>;

/** Tags by which managed node groups and Karpenter name an instance's cluster. Sources: EKS user guide, "Amazon EKS tags"; Karpenter documentation, "NodeClasses", spec.tags. */
const clusterTags = ['eks:cluster-name', 'eks:eks-cluster-name'];

/** ARNs of what AWS lists without them begin with the partition of the region. */
const partitionOf = (region: string): string => (region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws');

const readers: Readonly<Record<NamedKind, Reader>> = {
  'eks:cluster': async (region, prefix) => {
    const { DescribeClusterCommand, EKSClient, paginateListClusters } = await import('@aws-sdk/client-eks');
    const client = new EKSClient({ region });
    const names: string[] = [];
    for await (const { clusters = [] } of paginateListClusters({ client }, {})) names.push(...clusters.filter((name) => name.startsWith(prefix)));
    return Promise.all(names.map(async (name) => {
      const { cluster } = await client.send(new DescribeClusterCommand({ name }));
      return { name, arn: cluster?.arn ?? name, state: cluster?.status ?? 'present' };
    }));
  },
  'ec2:instance': async (region, prefix, accountId) => {
    const { EC2Client, paginateDescribeInstances } = await import('@aws-sdk/client-ec2');
    const client = new EC2Client({ region });
    const account = await accountId();
    const found = new Map<string, string>();
    for (const tag of clusterTags)
      for await (const { Reservations = [] } of paginateDescribeInstances({ client }, { Filters: [{ Name: `tag:${tag}`, Values: [`${prefix}*`] }] }))
        for (const { InstanceId = '', State } of Reservations.flatMap(({ Instances = [] }) => Instances)) found.set(InstanceId, State?.Name ?? 'present');
    return [...found].map(([name, state]) => ({ name, arn: `arn:${partitionOf(region)}:ec2:${region}:${account}:instance/${name}`, state }));
  },
  'iam:role': async (region, prefix) => {
    const { IAMClient, paginateListRoles } = await import('@aws-sdk/client-iam');
    const found: Omit<NamedResource, 'kind'>[] = [];
    for await (const { Roles = [] } of paginateListRoles({ client: new IAMClient({ region }) }, {}))
      found.push(...Roles.filter(({ RoleName = '' }) => RoleName.startsWith(prefix)).map(({ RoleName = '', Arn = '' }) => ({ name: RoleName, arn: Arn, state: 'present' })));
    return found;
  },
  'iam:instance-profile': async (region, prefix) => {
    const { IAMClient, paginateListInstanceProfiles } = await import('@aws-sdk/client-iam');
    const found: Omit<NamedResource, 'kind'>[] = [];
    for await (const { InstanceProfiles = [] } of paginateListInstanceProfiles({ client: new IAMClient({ region }) }, {}))
      found.push(...InstanceProfiles.filter(({ InstanceProfileName = '' }) => InstanceProfileName.startsWith(prefix)).map(({ InstanceProfileName = '', Arn = '' }) => ({ name: InstanceProfileName, arn: Arn, state: 'present' })));
    return found;
  },
  'kms:alias': async (region, prefix) => {
    const { DescribeKeyCommand, KMSClient, paginateListAliases } = await import('@aws-sdk/client-kms');
    const client = new KMSClient({ region });
    const found: { name: string; arn: string; key: string }[] = [];
    for await (const { Aliases = [] } of paginateListAliases({ client }, {}))
      found.push(...Aliases.filter(({ AliasName = '' }) => AliasName.startsWith(prefix)).map(({ AliasName = '', AliasArn = '', TargetKeyId = '' }) => ({ name: AliasName, arn: AliasArn, key: TargetKeyId })));
    return Promise.all(found.map(async ({ name, arn, key }) => ({ name, arn, state: (await client.send(new DescribeKeyCommand({ KeyId: key }))).KeyMetadata?.KeyState ?? 'present' })));
  },
  'rds:db': async (region, prefix) => {
    const { paginateDescribeDBInstances, RDSClient } = await import('@aws-sdk/client-rds');
    const found: Omit<NamedResource, 'kind'>[] = [];
    for await (const { DBInstances = [] } of paginateDescribeDBInstances({ client: new RDSClient({ region }) }, {}))
      found.push(...DBInstances.filter(({ DBInstanceIdentifier = '' }) => DBInstanceIdentifier.startsWith(prefix)).map((db) => ({ name: db.DBInstanceIdentifier ?? '', arn: db.DBInstanceArn ?? '', state: db.DBInstanceStatus ?? 'present' })));
    return found;
  },
  'route53:hostedzone': async (region, prefix) => {
    const { paginateListHostedZones, Route53Client } = await import('@aws-sdk/client-route-53');
    const found: Omit<NamedResource, 'kind'>[] = [];
    for await (const { HostedZones = [] } of paginateListHostedZones({ client: new Route53Client({ region }) }, {}))
      found.push(...HostedZones.map(({ Name = '', Id = '', Config }) => ({ name: Name.replace(/\.$/, ''), arn: `arn:${partitionOf(region)}:route53:::hostedzone/${Id.replace('/hostedzone/', '')}`, state: Config?.PrivateZone === true ? 'private' : 'public' })).filter(({ name }) => name.startsWith(prefix)));
    return found;
  },
  's3:bucket': async (region, prefix) => {
    const { paginateListBuckets, S3Client } = await import('@aws-sdk/client-s3');
    const found: Omit<NamedResource, 'kind'>[] = [];
    for await (const { Buckets = [] } of paginateListBuckets({ client: new S3Client({ region }) }, { Prefix: prefix }))
      found.push(...Buckets.map(({ Name = '' }) => ({ name: Name, arn: `arn:${partitionOf(region)}:s3:::${Name}`, state: 'present' })));
    return found;
  },
};

/** What the account has of one kind, by name. Throws what the SDK throws. */
export const readNamed = async (region: string, kind: NamedKind, prefix: string, accountId: () => Promise<string>): Promise<readonly NamedResource[]> =>
  (await readers[kind](region, prefix, accountId)).map((one) => ({ kind, ...one })).sort((a, b) => (a.name < b.name ? -1 : 1));
