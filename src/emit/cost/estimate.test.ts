import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import type { EnvironmentSketch } from '../../../test/fixtures/platform.ts';
import { terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import type { CostLine } from '../../model/component.ts';
import { estimate } from './environment-cost.ts';
import type { CostPart, EnvironmentEstimate } from './estimate.ts';
import { addTotals, inCents, isOverBudget, totalsOf } from './estimate.ts';

const money = fc.double({ min: 0, max: 1e6, noNaN: true });
const line = fc.record({ what: fc.constant('x'), usd: money, basis: fc.constant('y'), usage: fc.option(fc.record({ mostUsd: money }, { requiredKeys: [] }), { nil: undefined }) })
  .map(({ usage, ...rest }): CostLine => inCents(usage === undefined ? rest : { ...rest, usage }));
const parts = fc.array(fc.record({ part: fc.constant('p'), lines: fc.array(line, { maxLength: 6 }) }), { maxLength: 6 });
const cents = (usd: number): number => Math.round(usd * 100);

describe('sums of an estimate', () => {
  it('are the shown parts, to the cent, however these are grouped', () => {
    fc.assert(fc.property(parts, fc.nat(6), (all: readonly CostPart[], cut) => {
      const whole = totalsOf(all);
      expect(addTotals([totalsOf(all.slice(0, cut)), totalsOf(all.slice(cut))])).toEqual(whole);
      const lines = all.flatMap((part) => part.lines);
      expect(cents(whole.fixed) + cents(whole.usage)).toBe(lines.reduce((sum, { usd }) => sum + cents(usd), 0));
    }));
  });
  it('never count use as fixed, nor a line without a limit as limited', () => {
    const totals = totalsOf([{ part: 'p', lines: [{ what: 'a', usd: 1, basis: '' }, { what: 'b', usd: 2, basis: '', usage: { mostUsd: 9 } }, { what: 'c', usd: 4, basis: '', usage: {} }] }]);
    expect(totals).toEqual({ fixed: 1, usage: 6, most: 13, unlimited: 1 });
  });
  it('are compared with a budget in the currency of the prices only', () => {
    const totals = { fixed: 60, usage: 40, most: 900, unlimited: 0 };
    expect([isOverBudget(totals, 100, 'USD'), isOverBudget(totals, 99.99, 'USD'), isOverBudget(totals, 1, 'EUR')]).toEqual([false, true, 'unknown']);
  });
});

const of = (...environments: readonly EnvironmentSketch[]): readonly EnvironmentEstimate[] => estimate(terraformPlan(platformFixture(environments)));
const dev = (settings: Readonly<Record<string, unknown>> = {}): EnvironmentEstimate => of({ tier: 'dev', clusters: 1, settings })[0] ?? expect.fail('no estimate');
const find = (one: EnvironmentEstimate, what: string): CostLine | undefined => [...one.shared, ...one.clusters.flatMap((cluster) => cluster.parts)].flatMap(({ lines }) => lines).find((each) => each.what === what);

describe('the estimate of an environment', () => {
  it('is the sum of what it shows, for every environment', () => {
    for (const one of of({ tier: 'dev', clusters: 3 }, { tier: 'qa', clusters: 1 }, { tier: 'prod', clusters: 2, regions: ['us-east-1', 'eu-west-1'] })) {
      expect(one.totals).toEqual(addTotals([totalsOf(one.shared), ...one.clusters.map(({ totals }) => totals)]));
      for (const { parts: own, totals } of one.clusters) expect(totals).toEqual(totalsOf(own));
    }
  });
  it('counts NAT gateways, endpoints, keys and nodes as they are built', () => {
    expect(find(dev(), 'NAT gateways')?.usd).toBe(32.85);
    expect(find(dev({ network: { nat: 'per_zone' } }), 'NAT gateways')?.usd).toBe(98.55);
    expect(find(dev({ network: { nat: 'none' } }), 'NAT gateways')).toBeUndefined();
    const endpoints = (said: Readonly<Record<string, unknown>>): number | undefined => find(dev({ network: { endpoints: said } }), 'interface endpoints')?.usd;
    expect(endpoints({})).toBeUndefined();
    expect(endpoints({ enabled: false, for_nodes: 'all_zones' })).toBeUndefined();
    expect([endpoints({ for_nodes: 'all_zones' }), endpoints({ for_nodes: 'one_zone' }), endpoints({ services: ['sagemaker.api'] })]).toEqual([284.7, 94.9, 21.9]);
    expect(find(dev({ kubernetes: { encryption: false } }), 'keys')?.usd).toBe(1);
    expect(find(dev(), 'instances')).toMatchObject({ usd: 280.32, basis: '2 m5.xlarge, on demand' });
  });
  it('keeps what use decides apart, with its basis', () => {
    expect(find(dev({ kubernetes: { upgrade_policy: 'extended' } }), 'extended support')).toMatchObject({ usd: 0, usage: { mostUsd: 365 } });
    expect(find(dev(), 'extended support')).toBeUndefined();
    expect(find(dev({ kubernetes: { log_types: [] } }), 'logs')).toBeUndefined();
  });
  it('counts alarms, those that must be found apart', () => {
    expect(find(dev(), 'alarms')?.usd).toBe(0.1);
    expect(find(dev({ monitoring: { waf_alarms: [{}], alb_alarms: [{ service: 'a', lb_full_name: 'app/a/1' }] } }), 'alarms')?.usd).toBe(0.5);
    expect(find(dev({ monitoring: { alb_alarms: [{ service: 'a', lb_name: 'a' }] } }), 'alarms on what is found')).toMatchObject({ usd: 0.3, usage: {} });
  });
  it('counts what an account has once, once', () => {
    const shared = of({ tier: 'dev', clusters: 1 }, { tier: 'qa', clusters: 1, accountId: '111111111111' });
    expect(shared.map((one) => find(one, 'key of the Terraform state')?.usd)).toEqual([1, undefined]);
    expect(shared.map((one) => find(one, 'key of the audit records')?.usd)).toEqual([1, undefined]);
  });
});
