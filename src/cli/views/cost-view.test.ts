import { expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { estimate } from '../../emit/cost/environment-cost.ts';
import { savings } from '../../emit/cost/savings.ts';
import type { Plan } from '../../model/plan.ts';
import { costText } from './cost-view.ts';

const withSavings = (plan: Plan) => estimate(plan).map((one) => ({ ...one, savings: savings(one) }));

it('shows each line with its basis, the sums, the budget, foreign regions and what is not verified', () => {
  const text = costText(withSavings(terraformPlan(platformFixture([{ tier: 'dev', clusters: 2, regions: ['us-east-1', 'eu-west-1'], settings: { budgets: { amount: 5000 } } }]))), 'us-east-1', ['publicIpv4']);
  expect(text).toMatch(/NAT gateways +32\.85 +1 of them/);
  expect(text).toMatch(/% of the budget of 5,000\.00 USD/);
  expect(text).toContain('clusters in eu-west-1 are counted with them too');
  expect(text).toContain('Compute Savings Plan: about 156.00 USD of 561.00 a month');
  expect(text).toContain('Not verified against AWS: publicIpv4.');
});

it('shows what AWS has seen, where it was asked', () => {
  const [one = expect.fail('no environment')] = withSavings(terraformPlan(platformFixture()));
  expect(costText([{ ...one, spent: { limit: 500, actual: 123.4, forecast: 480, currency: 'USD' } }], 'us-east-1', [])).toContain('  AWS has seen 123.40 of 500.00 USD this month, and expects 480.00 by its end.');
  expect(costText([one], 'us-east-1', [])).not.toContain('AWS has seen');
});
