import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exactly, mapRange, middleHalf, range, sumRanges } from './range.ts';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });

it('keeps its bounds in order, whatever is done to them', () => {
  fc.assert(fc.property(number, number, number, (a, b, factor) => {
    const one = range(a, b);
    expect(one.low).toBeLessThanOrEqual(one.high);
    const changed = mapRange(one, (value) => value * factor);
    expect(changed.low).toBeLessThanOrEqual(changed.high);
    const sum = sumRanges(one, exactly(factor));
    expect(sum.high - sum.low).toBeCloseTo(one.high - one.low, 3);
  }));
});

it('narrows to the middle half on a scale of ratios', () => {
  expect(middleHalf({ low: 1, high: 16 })).toEqual({ low: 2, high: 8 });
  expect(middleHalf({ low: 0, high: 16 })).toEqual({ low: 0, high: 16 });
  fc.assert(fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), fc.double({ min: 1, max: 1e3, noNaN: true }), (low, ratio) => {
    const inner = middleHalf({ low, high: low * ratio });
    expect(inner.low).toBeGreaterThanOrEqual(low);
    expect(inner.high).toBeLessThanOrEqual(low * ratio * (1 + 1e-12));
    expect((inner.high / inner.low) ** 2).toBeCloseTo(ratio, 6);
  }));
});
