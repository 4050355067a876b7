import { expect, it } from 'vitest';
import type { Aws, NamedKind } from '../../src/ports/aws.ts';

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

/** What exists before the tests of names, of each kind once with this name and once with another beginning. Keys behind aliases: one lives, one waits for its deletion. */
export const seededNames: Readonly<Record<NamedKind, { readonly name: string; readonly other: string; readonly state: string }>> = {
  'ec2:instance': { name: 'contract-cluster-01', other: 'other-cluster-01', state: 'running' },
  'eks:cluster': { name: 'contract-cluster-01', other: 'other-cluster-01', state: 'ACTIVE' },
  'iam:instance-profile': { name: 'contract-profile', other: 'other-profile', state: 'present' },
  'iam:role': { name: 'contract-role', other: 'other-role', state: 'present' },
  'kms:alias': { name: 'alias/contract-key', other: 'alias/other-key', state: 'Enabled' },
  'rds:db': { name: 'contract-postgres', other: 'other-postgres', state: 'available' },
  'route53:hostedzone': { name: 'contract.internal', other: 'other.internal', state: 'private' },
  's3:bucket': { name: 'contract-bucket', other: 'other-bucket', state: 'present' },
};

/** Budget that exists before the tests, in USD. */
export const seededBudget = { name: 'contract-monthly', limit: 1500 };

/** What every implementation of the Aws port answers about names and budgets. `open` gives an account with `seededNames` in us-east-1 and `seededBudget`; `kinds` leaves out what an implementation can't hold. */
export const awsNamesContract = (open: () => Promise<Aws>, kinds = Object.keys(seededNames) as readonly NamedKind[]): void => {
  it.each(kinds)('finds %s by the beginning of its name, with its state', async (kind) => {
    const { name, other, state } = seededNames[kind];
    const aws = await open();
    const found = await aws.named('us-east-1', kind, name.slice(0, -1));
    expect(found.map((one) => ({ kind: one.kind, state: one.state }))).toEqual([{ kind, state }]);
    if (kind !== 'ec2:instance') expect(found[0]?.name).toBe(name);
    expect(found[0]?.arn).toMatch(/^arn:aws:[a-z0-9]+:/);
    expect(await aws.named('us-east-1', kind, 'absent')).toEqual([]);
    expect(await aws.named('us-east-1', kind, other)).toHaveLength(1);
  });
  it.each(kinds.filter((kind) => ['ec2:instance', 'eks:cluster', 'kms:alias', 'rds:db'].includes(kind)))('finds no %s of another region', async (kind) => {
    expect(await (await open()).named('eu-west-1', kind, seededNames[kind].name)).toEqual([]);
  });
  it('tells what a budget has seen, and that there is none', async () => {
    const aws = await open();
    expect(await aws.spent(seededBudget.name)).toMatchObject({ limit: seededBudget.limit, actual: 0, currency: 'USD' });
    expect(await aws.spent('absent')).toBeUndefined();
  });
};

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
