import { expect, it } from 'vitest';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { accountNames } from './account-names.ts';

const settings = { functions: [{ name: 'hello' }], registry: { repositories: [{ name: 'mlops/hello' }] } };
const found = (qaAccount: string) => accountNames({ platform: platformFixture([{ tier: 'dev', clusters: 1, accountId: '111111111111', settings }, { tier: 'qa', clusters: 1, accountId: qaAccount, settings }]), environments: [] });

it('finds functions and repositories of one name in an account and region, and lets other accounts be', () => {
  expect(found('111111111111').map(({ code, summary }) => [code, summary])).toEqual([
    ['verify/same-name', 'qa and dev share an account and a region, and both have a function "hello".'],
    ['verify/same-name', 'qa and dev share an account and a region, and both have a repository "mlops/hello".'],
  ]);
  expect(found('222222222222')).toEqual([]);
});
