import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidr, contains, overlaps } from '../../units/cidr.ts';
import { subnetBlocks, subnetsOf } from './subnets.ts';

describe('subnets', () => {
  it('never overlap, never leave the VPC, and never move when a zone is added', () => {
    fc.assert(fc.property(fc.integer({ min: 16, max: 22 }), fc.integer({ min: 1, max: 5 }), (prefix, zones) => {
      const vpc = `10.0.0.0/${prefix}`;
      const blocks = subnetBlocks(vpc, zones);
      const all = Object.values(blocks).flat().map(cidr);
      expect(all).toHaveLength(3 * zones);
      for (const [i, block] of all.entries()) {
        expect(contains(cidr(vpc), block)).toBe(true);
        expect(all.slice(i + 1).some((other) => overlaps(block, other))).toBe(false);
      }
      const wider = subnetBlocks(vpc, zones + 1);
      expect({ ...wider, private: wider.private.slice(0, zones), public: wider.public.slice(0, zones), intra: wider.intra.slice(0, zones) }).toEqual(blocks);
    }));
  });

  it('give pods most of the VPC', () => {
    expect(subnetBlocks('10.0.0.0/16', 3)).toEqual({
      private: ['10.0.0.0/19', '10.0.32.0/19', '10.0.64.0/19'],
      public: ['10.0.192.0/22', '10.0.196.0/22', '10.0.200.0/22'],
      intra: ['10.0.224.0/22', '10.0.228.0/22', '10.0.232.0/22'],
    });
  });

  it('carry the discovery tag on private ones only', () => {
    const made = subnetsOf({ name: 'c', cidr: '10.0.0.0/16', zones: ['a', 'b'], network: { intra_subnets: true } });
    expect(made.private.every(({ tags }) => tags['karpenter.sh/discovery'] === 'c' && tags['kubernetes.io/role/internal-elb'] === '1')).toBe(true);
    expect([...made.public, ...made.intra].some(({ tags }) => 'karpenter.sh/discovery' in tags)).toBe(false);
    expect(made.public.every(({ tags }) => tags['kubernetes.io/role/elb'] === '1')).toBe(true);
  });

  it('refuse a VPC without room', () => {
    expect(() => subnetBlocks('10.0.0.0/24', 3)).toThrow('no room');
    expect(() => subnetBlocks('10.0.0.0/16', 7)).toThrow('no room');
  });
});
