import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Aws, CallerIdentity, Spent, TaggedResource } from '../ports/aws.ts';
import { readNamed } from './aws-named.ts';
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

const identity = (region: string): Promise<CallerIdentity> =>
  guarded('ask who we are in', 'AWS', async () => {
    const { Account = '', Arn = '' } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
    return { accountId: Account, arn: Arn };
  });

const readSpent = async (region: string, budgetName: string): Promise<Spent | undefined> => {
  const { BudgetsClient, DescribeBudgetCommand, NotFoundException } = await import('@aws-sdk/client-budgets');
  try {
    const { Budget } = await new BudgetsClient({ region }).send(new DescribeBudgetCommand({ AccountId: (await identity(region)).accountId, BudgetName: budgetName }));
    const { ActualSpend, ForecastedSpend } = Budget?.CalculatedSpend ?? {};
    return { limit: Number(Budget?.BudgetLimit?.Amount ?? 0), actual: Number(ActualSpend?.Amount ?? 0), ...(ForecastedSpend?.Amount === undefined ? {} : { forecast: Number(ForecastedSpend.Amount) }), currency: Budget?.BudgetLimit?.Unit ?? 'USD' };
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
};

/** The account that the default credential chain leads to. Retries are the SDK's own (three attempts with backoff). */
export const realAws = (region: string): Aws => ({
  simulated: false,
  callerIdentity: () => identity(region),
  named: (where, kind, prefix) => guarded(`list ${kind} of`, where, () => readNamed(where, kind, prefix, async () => (await identity(region)).accountId)),
  spent: (budget) => guarded('read the budget', budget, () => readSpent(region, budget)),
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
