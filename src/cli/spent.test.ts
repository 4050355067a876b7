import { expect, it } from 'vitest';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { SimAws } from '../sim/aws.ts';
import { readSpent } from './spent.ts';

const platform = platformFixture([{ tier: 'dev', clusters: 1 }]);
const [environment = expect.fail('no environment')] = platform.environments;

it('tells what the budget of the environment has seen', async () => {
  const aws = new SimAws(environment.accountId);
  const seen = { limit: 500, actual: 123.4, forecast: 480, currency: 'USD' };
  aws.budgets.set('argoeks-dev-monthly', seen);
  expect(await readSpent(aws, platform, environment)).toEqual({ spent: seen, diagnostics: [] });
});

it('says what is missing: the budget, or the right account', async () => {
  expect((await readSpent(new SimAws(environment.accountId), platform, environment)).diagnostics.map(({ code, fix }) => [code, fix])).toEqual([['ops/missing', 'It comes with the first apply: argoeks env apply --env dev.']]);
  expect((await readSpent(new SimAws('999999999999'), platform, environment)).diagnostics.map(({ code }) => code)).toEqual(['ops/wrong-account']);
});
