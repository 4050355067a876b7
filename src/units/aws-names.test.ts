import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bounded, clusterRoleName, stateBucketName } from './aws-names.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,98}[a-z0-9]$/);

describe('derived names', () => {
  it('never exceed the limit, and short names stay as they are', () => {
    fc.assert(fc.property(name, fc.integer({ min: 16, max: 64 }), (text, max) => {
      const short = bounded(text, max);
      expect(short.length).toBeLessThanOrEqual(max);
      if (text.length <= max) expect(short).toBe(text);
    }));
  });
  it('different names stay different where the cut would make them equal', () => {
    expect(bounded('a'.repeat(70) + 'x', 64)).not.toBe(bounded('a'.repeat(70) + 'y', 64));
  });
  it('fit the services', () => {
    fc.assert(fc.property(name, name, (cluster, purpose) => { expect(clusterRoleName(cluster, purpose)).toMatch(/^[\w+=,.@-]{1,64}$/); }));
    expect(stateBucketName('argoeks', { accountId: '111122223333', region: 'ap-southeast-2' })).toBe('argoeks-tfstate-111122223333-ap-southeast-2');
  });
});
