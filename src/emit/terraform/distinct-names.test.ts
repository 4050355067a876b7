import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distinctNames } from './distinct-names.ts';

it('numbers what would look alike', () => {
  expect(distinctNames(['GET /a', 'GET /a/', 'GET /a_2', 'a-b.io', 'a.b.io'])).toEqual(['get_a', 'get_a_2', 'get_a_2_2', 'a_b_io', 'a_b_io_2']);
});

it('never gives two the same name, and keeps those before when one is added', () => {
  fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-z][a-z0-9./_-]{0,4}$/), { maxLength: 12 }), fc.stringMatching(/^[a-z][a-z0-9./_-]{0,4}$/), (names, more) => {
    const distinct = distinctNames(names);
    expect(new Set(distinct).size).toBe(names.length);
    expect(distinctNames([...names, more]).slice(0, names.length)).toEqual(distinct);
  }));
});
