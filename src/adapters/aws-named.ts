import type { NamedKind, NamedResource } from '../ports/aws.ts';

type Found = Omit<NamedResource, 'kind'>;

/** One kind of object: lists what begins with a prefix. Clients are loaded when they are needed: EC2's alone takes longer than most commands. */
type Reader = (region: string, prefix: string, accountId: () => Promise<string>) => Promise<readonly Found[]>;

/** Everything on all pages of a list whose name begins with the prefix. */
const listed = async <Page, Item extends { readonly name: string }>(pages: AsyncIterable<Page>, prefix: string, itemsOf: (page: Page) => readonly Item[]): Promise<readonly Item[]> => {
  const found: Item[] = [];
  for await (const page of pages) found.push(...itemsOf(page).filter(({ name }) => name.startsWith(prefix)));
  return found;
};

/** Tags by which managed node groups and Karpenter name an instance's cluster. Sources: EKS user guide, "Amazon EKS tags"; Karpenter documentation, "NodeClasses", spec.tags. */
const clusterTags = ['eks:cluster-name', 'eks:eks-cluster-name'];

/** ARNs of what AWS lists without them begin with the partition of the region. */
const partitionOf = (region: string): string => (region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws');

const readers: Readonly<Record<NamedKind, Reader>> = {
  'eks:cluster': async (region, prefix) => {
    const { DescribeClusterCommand, EKSClient, paginateListClusters } = await import('@aws-sdk/client-eks');
    const client = new EKSClient({ region });
    const clusters = await listed(paginateListClusters({ client }, {}), prefix, ({ clusters: names = [] }) => names.map((name) => ({ name })));
    return Promise.all(clusters.map(async ({ name }) => {
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
    return listed(paginateListRoles({ client: new IAMClient({ region }) }, {}), prefix, ({ Roles = [] }) => Roles.map(({ RoleName: name = '', Arn: arn = '' }) => ({ name, arn, state: 'present' })));
  },
  'iam:instance-profile': async (region, prefix) => {
    const { IAMClient, paginateListInstanceProfiles } = await import('@aws-sdk/client-iam');
    return listed(paginateListInstanceProfiles({ client: new IAMClient({ region }) }, {}), prefix, ({ InstanceProfiles = [] }) => InstanceProfiles.map(({ InstanceProfileName: name = '', Arn: arn = '' }) => ({ name, arn, state: 'present' })));
  },
  'kms:alias': async (region, prefix) => {
    const { DescribeKeyCommand, KMSClient, paginateListAliases } = await import('@aws-sdk/client-kms');
    const client = new KMSClient({ region });
    const aliases = await listed(paginateListAliases({ client }, {}), prefix, ({ Aliases = [] }) => Aliases.map(({ AliasName: name = '', AliasArn: arn = '', TargetKeyId: key = '' }) => ({ name, arn, key })));
    return Promise.all(aliases.map(async ({ name, arn, key }) => ({ name, arn, state: (await client.send(new DescribeKeyCommand({ KeyId: key }))).KeyMetadata?.KeyState ?? 'present' })));
  },
  'rds:db': async (region, prefix) => {
    const { paginateDescribeDBInstances, RDSClient } = await import('@aws-sdk/client-rds');
    return listed(paginateDescribeDBInstances({ client: new RDSClient({ region }) }, {}), prefix, ({ DBInstances = [] }) => DBInstances.map(({ DBInstanceIdentifier: name = '', DBInstanceArn: arn = '', DBInstanceStatus: state = 'present' }) => ({ name, arn, state })));
  },
  'route53:hostedzone': async (region, prefix) => {
    const { paginateListHostedZones, Route53Client } = await import('@aws-sdk/client-route-53');
    return listed(paginateListHostedZones({ client: new Route53Client({ region }) }, {}), prefix, ({ HostedZones = [] }) => HostedZones.map(({ Name = '', Id = '', Config }) =>
      ({ name: Name.replace(/\.$/, ''), arn: `arn:${partitionOf(region)}:route53:::hostedzone/${Id.replace('/hostedzone/', '')}`, state: Config?.PrivateZone === true ? 'private' : 'public' })));
  },
  's3:bucket': async (region, prefix) => {
    const { paginateListBuckets, S3Client } = await import('@aws-sdk/client-s3');
    return listed(paginateListBuckets({ client: new S3Client({ region }) }, { Prefix: prefix }), prefix, ({ Buckets = [] }) => Buckets.map(({ Name: name = '' }) => ({ name, arn: `arn:${partitionOf(region)}:s3:::${name}`, state: 'present' })));
  },
};

/** What the account has of one kind, by name. Throws what the SDK throws. */
export const readNamed = async (region: string, kind: NamedKind, prefix: string, accountId: () => Promise<string>): Promise<readonly NamedResource[]> =>
  (await readers[kind](region, prefix, accountId)).map((one) => ({ kind, ...one })).sort((a, b) => (a.name < b.name ? -1 : 1));
