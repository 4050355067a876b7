import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, renameOrChoose } from './did-you-mean.ts';

const word = fc.string({ maxLength: 12 });

describe('editDistance', () => {
  it('is zero only for equal texts, symmetric, and at most the longer length', () => {
    fc.assert(fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b);
      expect(distance === 0).toBe(a === b);
      expect(editDistance(b, a)).toBe(distance);
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }));
  });
  it('the limit only hides what is beyond it', () => {
    fc.assert(fc.property(word, word, fc.nat({ max: 5 }), (a, b, limit) => {
      const exact = editDistance(a, b);
      expect(editDistance(a, b, limit)).toBe(exact <= limit ? exact : limit + 1);
    }));
  });
  it('counts a swap once', () => {
    expect(editDistance('karpetner', 'karpenter')).toBe(1);
  });
});

describe('didYouMean', () => {
  const keys = ['account_id', 'region', 'partition', 'karpenter', 'aws-load-balancer-controller'];
  it.each([['accountId', 'account_id'], ['karpetner', 'karpenter'], ['regoin', 'region'], ['aws_load_balancer_controler', 'aws-load-balancer-controller']])('%s → %s', (typed, meant) => {
    expect(didYouMean(typed, keys)).toBe(meant);
  });
  it('says nothing rather than something silly', () => {
    expect(didYouMean('xyz', keys)).toBeUndefined();
    expect(didYouMean('s3', ['s4', 'eks'])).toBeUndefined();
  });
  it('lists the choices when nothing is near', () => {
    expect(renameOrChoose('xyz', keys, 2)).toBe('Use one of: account_id, aws-load-balancer-controller, and 3 more.');
    expect(renameOrChoose('xyz', [])).toBe('Remove it.');
  });
});
