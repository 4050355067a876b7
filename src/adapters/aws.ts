import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Aws, TaggedResource } from '../ports/aws.ts';
import { PortError, type PortErrorKind } from '../ports/port-error.ts';

const kindOf = (name: string): PortErrorKind => {
  if (/AccessDenied|Unauthorized|Expired|InvalidClientToken|CredentialsProvider|SignatureDoesNotMatch/.test(name)) return 'denied';
  if (/Throttl|TooManyRequests|RequestLimit/.test(name)) return 'throttled';
  if (/ENOTFOUND|ECONN|ETIMEDOUT|Timeout|EAI_AGAIN|NetworkingError/.test(name)) return 'unreachable';
  return 'failed';
};

const guarded = async <T>(operation: string, resource: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const { name = 'Error', message = String(error), code = '' } = error as { name?: string; message?: string; code?: string };
    throw new PortError(kindOf(`${name} ${code}`), operation, resource, message, { cause: error });
  }
};

/** `arn:aws:ec2:us-east-1:1:network-interface/eni-1` → `ec2:network-interface`. Pure. */
export const arnKind = (arn: string): string => {
  const [, , service = '', , , resource = ''] = arn.split(':');
  return `${service}:${resource.split('/')[0] ?? ''}`;
};

/** The account that the default credential chain leads to. Retries are the SDK's own (three attempts with backoff). */
export const realAws = (region: string): Aws => ({
  simulated: false,
  callerIdentity: () =>
    guarded('ask who we are in', 'AWS', async () => {
      const { Account = '', Arn = '' } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
      return { accountId: Account, arn: Arn };
    }),
  tagged: (where, key, value) =>
    guarded('list tagged objects of', where, async () => {
      const client = new ResourceGroupsTaggingAPIClient({ region: where });
      const found: TaggedResource[] = [];
      let token: string | undefined;
      do {
        const page = await client.send(new GetResourcesCommand({ TagFilters: [{ Key: key, ...(value === undefined ? {} : { Values: [value] }) }], ...(token ? { PaginationToken: token } : {}) }));
        for (const { ResourceARN = '', Tags = [] } of page.ResourceTagMappingList ?? [])
          found.push({ arn: ResourceARN, kind: arnKind(ResourceARN), region: where, tags: Object.fromEntries(Tags.map((t) => [t.Key ?? '', t.Value ?? ''])) });
        token = page.PaginationToken;
      } while (token);
      return found.sort((a, b) => (a.arn < b.arn ? -1 : 1));
    }),
});
