import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instanceFacts } from '../../catalog/instances.ts';
import { poolCost } from './karpenter-cost.ts';
import { poolSettings } from './karpenter-pools.ts';

const most = (given: Readonly<Record<string, unknown>>, i = 0): number => poolCost(poolSettings.parse(given))[i]?.usage?.mostUsd ?? Number.NaN;

describe('the cost of Karpenter\'s pools', () => {
  it('begins at nothing and is never fixed', () => {
    for (const line of poolCost(poolSettings.parse({}))) expect(line).toMatchObject({ usd: 0, usage: { mostUsd: expect.any(Number) as number } });
    expect(poolCost(poolSettings.parse({ gpu: false }))).toHaveLength(1);
  });
  it('is at least what any allowed type costs that fills the limits', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 9000 }), fc.constantFrom('c7g.xlarge', 'm6i.4xlarge', 'r8g.metal-24xl', 'c6in.large'), (cpu_limit, memory_limit_gib, type) => {
      const { vcpus, memoryGib, usdPerHour } = instanceFacts(type) ?? expect.fail(type);
      const fill = Math.min(cpu_limit / vcpus, memory_limit_gib / memoryGib) * usdPerHour * 730;
      expect(most({ cpu_limit, memory_limit_gib })).toBeGreaterThanOrEqual(fill - 0.01);
    }));
  });
  it('grows with the limits, and with dearer types only', () => {
    expect(most({ cpu_limit: 200, memory_limit_gib: 4000 })).toBeLessThan(most({ cpu_limit: 400, memory_limit_gib: 4000 }));
    expect(most({ categories: ['c'], cpu_limit: 100 })).toBeLessThan(most({ categories: ['c', 'r'], cpu_limit: 100 }));
    expect(most({ gpu_limit: 8, gpu_families: ['p5'] }, 1)).toBeCloseTo(8 * 6.88 * 730, 0);
    expect(most({ gpu_limit: 8, gpu_families: ['g5'] }, 1)).toBeLessThan(most({ gpu_limit: 8, gpu_families: ['p5'] }, 1));
  });
});
