import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exactly, mapRange, range, sumRanges } from './range.ts';

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
