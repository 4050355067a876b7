import { expect, it } from 'vitest';
import type { Aws } from '../../src/ports/aws.ts';

/** An SQS queue that exists before the test: SQS is what every implementation can hold. */
export interface SeededQueue {
  readonly region: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

const queues: readonly SeededQueue[] = [
  { region: 'us-east-1', name: 'contract-b', tags: { 'argoeks:environment': 'dev', Owner: 'team' } },
  { region: 'us-east-1', name: 'contract-a', tags: { 'argoeks:environment': 'dev' } },
  { region: 'us-east-1', name: 'contract-c', tags: { 'argoeks:environment': 'prod' } },
  { region: 'us-east-1', name: 'contract-d', tags: { Owner: 'team' } },
  { region: 'eu-west-1', name: 'contract-e', tags: { 'argoeks:environment': 'dev' } },
];

/** What every implementation of the Aws port does. `open` gives an account with these queues and nothing else that is tagged. */
export const awsContract = (open: (queues: readonly SeededQueue[]) => Promise<Aws>): void => {
  const names = async (aws: Aws, region: string, key: string, value?: string): Promise<readonly string[]> => (await aws.tagged(region, key, value)).map(({ arn }) => arn.split(':').at(-1) ?? '');

  it('says who it is', async () => {
    const { accountId, arn } = await (await open(queues)).callerIdentity();
    expect(accountId).toMatch(/^\d{12}$/);
    expect(arn).toMatch(new RegExp(`^arn:aws:(iam|sts)::${accountId}:`));
  });
  it('finds objects by tag and value, sorted by ARN, in one region', async () => {
    const aws = await open(queues);
    expect(await names(aws, 'us-east-1', 'argoeks:environment', 'dev')).toEqual(['contract-a', 'contract-b']);
    expect(await names(aws, 'eu-west-1', 'argoeks:environment', 'dev')).toEqual(['contract-e']);
  });
  it('finds objects by tag alone, whatever its value', async () => {
    expect(await names(await open(queues), 'us-east-1', 'argoeks:environment')).toEqual(['contract-a', 'contract-b', 'contract-c']);
  });
  it('tells region and all tags', async () => {
    const found = await (await open(queues)).tagged('us-east-1', 'Owner', 'team');
    expect(found.map(({ region, tags }) => ({ region, tags }))).toEqual([{ region: 'us-east-1', tags: { 'argoeks:environment': 'dev', Owner: 'team' } }, { region: 'us-east-1', tags: { Owner: 'team' } }]);
  });
  it('finds nothing where there is nothing', async () => {
    const aws = await open(queues);
    expect(await aws.tagged('us-east-1', 'argoeks:environment', 'qa')).toEqual([]);
    expect(await aws.tagged('ap-south-1', 'argoeks:environment')).toEqual([]);
  });
};
