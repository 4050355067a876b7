import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cidr } from './cidr.ts';
import { byAddress, carve, cidr, contains, endOf, firstFit, formatCidr, overlaps, parseCidr, sizeOf } from './cidr.ts';

const block = (min = 0, max = 32): fc.Arbitrary<Cidr> =>
  fc.tuple(fc.nat({ max: 2 ** 32 - 1 }), fc.integer({ min, max })).map(([address, prefix]) => ({ base: address - (address % sizeOf(prefix)), prefix }));

describe('parseCidr', () => {
  it('reads what formatCidr writes', () => {
    fc.assert(fc.property(block(), (b) => { expect(cidr(formatCidr(b))).toEqual(b); }));
  });
  it.each(['10.0.0.0', '10.0.0/8', '10.0.0.256/32', '10.0.0.0/33', '010.0.0.0/8', '10.0.0.0/08', ' 10.0.0.0/8', ''])('refuses %j', (text) => {
    expect(parseCidr(text)).toEqual({ problem: 'syntax' });
  });
  it('names the aligned block when host bits are set', () => {
    expect(parseCidr('10.1.2.3/16')).toEqual({ problem: 'host-bits', aligned: cidr('10.1.0.0/16') });
  });
  it('keeps the top bit positive', () => {
    expect(cidr('255.255.255.255/32').base).toBe(2 ** 32 - 1);
  });
});

describe('relations', () => {
  it('two aligned blocks overlap exactly when one contains the other', () => {
    fc.assert(fc.property(block(0, 12), block(0, 12), (a, b) => {
      expect(overlaps(a, b)).toBe(contains(a, b) || contains(b, a));
      expect(overlaps(a, b)).toBe(overlaps(b, a));
    }));
  });
});

describe('carve', () => {
  it('parts are aligned, disjoint, rising and inside', () => {
    fc.assert(fc.property(block(8, 20), fc.array(fc.integer({ min: 20, max: 28 }), { minLength: 1, maxLength: 12 }), (whole, prefixes) => {
      const parts = carve(whole, prefixes);
      if (!parts) {
        expect(prefixes.reduce((sum, p) => sum + sizeOf(p), 0) * 2).toBeGreaterThan(sizeOf(whole.prefix));
        return;
      }
      expect(parts.map((p) => p.prefix)).toEqual(prefixes);
      parts.forEach((part, i) => {
        expect(part.base % sizeOf(part.prefix)).toBe(0);
        expect(contains(whole, part)).toBe(true);
        const before = parts[i - 1];
        if (before) expect(part.base).toBeGreaterThanOrEqual(endOf(before));
      });
    }));
  });
  it('refuses a part larger than the whole', () => {
    expect(carve(cidr('10.0.0.0/16'), [15])).toBeUndefined();
  });
});

describe('firstFit', () => {
  it('finds a free block, and the lowest one', () => {
    fc.assert(fc.property(block(8, 10), fc.array(block(12, 18), { maxLength: 40 }), fc.integer({ min: 12, max: 16 }), (whole, raw, prefix) => {
      const taken = raw.map((b) => ({ ...b, base: whole.base + (b.base % sizeOf(whole.prefix)) })).sort(byAddress);
      const found = firstFit([whole], taken, prefix);
      const isFree = (base: number): boolean => taken.every((b) => !overlaps(b, { base, prefix }));
      const lowest = Array.from({ length: 2 ** (prefix - whole.prefix) }, (_, i) => whole.base + i * sizeOf(prefix)).find(isFree);
      expect(found?.base).toBe(lowest);
    }));
  });
  it('goes on to the next base block', () => {
    expect(firstFit([cidr('10.0.0.0/16'), cidr('10.8.0.0/16')], [cidr('10.0.0.0/16')], 16)).toEqual(cidr('10.8.0.0/16'));
  });
  it('finds nothing in a block that is too small', () => {
    expect(firstFit([cidr('10.0.0.0/20')], [], 16)).toBeUndefined();
  });
});
