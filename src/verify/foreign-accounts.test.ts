import { expect, it } from 'vitest';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { foreignAccounts } from './foreign-accounts.ts';

const platform = platformFixture([{ tier: 'dev', clusters: 1, accountId: '111111111111', settings: { kubernetes: { admin_role_arns: ['arn:aws:iam::555555555555:role/people'] } } }]);
const found = (text: string) => foreignAccounts({ platform, environments: [] }, [{ path: 'kubernetes/a.yaml', text }]);

it('names the file and line of an account that nobody configured', () => {
  expect(found('a: 1\nrole: arn:aws:iam::999999999999:role/x\nimage: 888888888888.dkr.ecr.us-east-1.amazonaws.com/a\n').map(({ code, at, summary }) => [code, at.line, summary])).toEqual([
    ['verify/foreign-account', 2, 'The file names the AWS account 999999999999, which no environment has.'],
    ['verify/foreign-account', 3, 'The file names the AWS account 888888888888, which no environment has.'],
  ]);
});

it('accepts accounts of environments, those the configuration names, and AWS itself', () => {
  expect(found('arn:aws:iam::111111111111:role/x arn:aws:iam::555555555555:role/people arn:aws:iam::aws:policy/ReadOnlyAccess 123456789012\n')).toEqual([]);
});
