import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyLength } from '../../stacks/policy.ts';
import { mostCharacters, mostPolicies, packed } from './policy-packing.ts';

const statement = fc.record({ sid: fc.stringMatching(/^[A-Z][a-z]{3,9}$/), actions: fc.array(fc.stringMatching(/^[a-z0-9]{2,8}:[A-Z][a-z]{2,40}$/), { minLength: 1, maxLength: 25 }), on: fc.constant(['*']) });
const rights = fc.dictionary(fc.stringMatching(/^[a-z]{3,8}$/), fc.array(statement, { minLength: 1, maxLength: 8 }), { minKeys: 1, maxKeys: 14 });

describe('packing of rights', () => {
  it('loses none and doubles none, whatever it cuts and joins', () => {
    fc.assert(fc.property(rights, (given) => {
      const all = (of: Readonly<Record<string, readonly unknown[]>>): readonly string[] => Object.values(of).flat().map((one) => JSON.stringify(one)).toSorted();
      expect(all(packed(given, mostPolicies))).toEqual(all(given));
    }));
  });
  it('makes no policy longer than IAM takes', () => {
    fc.assert(fc.property(rights, (given) => {
      for (const statements of Object.values(packed(given, mostPolicies))) expect(policyLength(statements)).toBeLessThanOrEqual(mostCharacters);
    }));
  });
  it('makes no more policies than asked for while any two fit together', () => {
    fc.assert(fc.property(rights, fc.integer({ min: 1, max: 10 }), (given, most) => {
      const parts = Object.values(packed(given, most));
      const fits = parts.some((a, i) => parts.slice(i + 1).some((b) => policyLength([...a, ...b]) <= mostCharacters));
      expect(parts.length <= most || !fits).toBe(true);
    }));
  });
  it('leaves alone what fits', () => {
    const small = { network: [{ actions: ['ec2:CreateVpc'], on: ['*'] }], data: [{ actions: ['rds:CreateDBInstance'], on: ['*'] }] };
    expect(packed(small, 2)).toEqual(small);
    expect(Object.keys(packed(small, 1))).toEqual(['network_data']);
  });
});
