import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instanceFacts } from '../../catalog/instances.ts';
import { poolCost } from './karpenter-cost.ts';
import { karpenter } from './karpenter.ts';

const costOf = (pools: Readonly<Record<string, unknown>>) => poolCost(karpenter.settings.parse({ pools }));
const most = (pool: Readonly<Record<string, unknown>>, name = 'general'): number => costOf({ [name]: pool }).find(({ what }) => what === `nodes of the pool ${name}`)?.usage?.mostUsd ?? Number.NaN;

describe('the cost of Karpenter\'s pools', () => {
  it('begins at nothing and is never fixed', () => {
    for (const line of costOf({})) expect(line).toMatchObject({ usd: 0, usage: { mostUsd: expect.any(Number) as number } });
    expect(costOf({ gpu: { enabled: false } })).toHaveLength(1);
    expect(costOf({ batch: {} })).toHaveLength(3);
  });
  it('is at least what any allowed type costs that fills the limits', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 9000 }), fc.constantFrom('c7g.xlarge', 'm6i.4xlarge', 'r8g.metal-24xl', 'c6in.large'), (cpu, memory_gib, type) => {
      const { vcpus, memoryGib, usdPerHour } = instanceFacts(type) ?? expect.fail(type);
      const fill = Math.min(cpu / vcpus, memory_gib / memoryGib) * usdPerHour * 730;
      expect(most({ limits: { cpu, memory_gib } })).toBeGreaterThanOrEqual(fill - 0.01);
    }));
  });
  it('grows with the limits, and with dearer types only', () => {
    expect(most({ limits: { cpu: 200 } })).toBeLessThan(most({ limits: { cpu: 400 } }));
    expect(most({ categories: ['c'], limits: { cpu: 100 } })).toBeLessThan(most({ categories: ['c', 'r'], limits: { cpu: 100 } }));
    expect(most({ limits: { gpus: 8 }, families: ['p5'] }, 'gpu')).toBeCloseTo(8 * 6.88 * 730, 0);
    expect(most({ limits: { gpus: 8 }, families: ['g5'] }, 'gpu')).toBeLessThan(most({ limits: { gpus: 8 }, families: ['p5'] }, 'gpu'));
    expect(most({ limits: { gpus: 8, cpu: 10 }, families: ['p5'] }, 'gpu')).toBeLessThan(most({ limits: { gpus: 8 }, families: ['p5'] }, 'gpu'));
  });
});
