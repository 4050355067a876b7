import { expect, it } from 'vitest';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { functionNames } from './function-names.ts';

const settings = { functions: [{ name: 'hello' }] };
const found = (qaAccount: string) => functionNames({ platform: platformFixture([{ tier: 'dev', clusters: 1, accountId: '111111111111', settings }, { tier: 'qa', clusters: 1, accountId: qaAccount, settings }]), environments: [] });

it('finds functions of one name in an account and region, and lets other accounts be', () => {
  expect(found('111111111111').map(({ code, summary }) => [code, summary])).toEqual([['functions/same-name', 'qa and dev share an account and a region, and both have a function "hello".']]);
  expect(found('222222222222')).toEqual([]);
});
