import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCpu, formatMemory, parseQuantity } from './quantity.ts';

describe('parseQuantity', () => {
  it.each([['100m', 0.1], ['2', 2], ['1.5', 1.5], ['.5', 0.5], ['1Gi', 2 ** 30], ['512Mi', 2 ** 29], ['1G', 1e9], ['1k', 1e3], ['1e3', 1e3], ['0', 0]])('%s is %d', (text, value) => {
    expect(parseQuantity(text)).toBeCloseTo(value, 9);
  });
  it.each(['', 'Gi', '1 Gi', '1gi', '-1', '1KiB', 'abc', '1.2.3'])('refuses %j', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });
  it('reads back what the formatters write, never less than asked', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e6 }), (n) => {
      expect(parseQuantity(formatCpu(n / 1000))).toBeCloseTo(n / 1000, 9);
      const memory = parseQuantity(formatMemory(n * 1000)) ?? 0;
      expect(memory).toBeGreaterThanOrEqual(n * 1000);
      expect(memory - n * 1000).toBeLessThan(2 ** 20);
    }));
  });
});
