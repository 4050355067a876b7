import { expect, it } from 'vitest';
import { digestOf, oncePer } from './once-per.ts';

it('works a thing out once for each object, also where the result is undefined', () => {
  let asked = 0;
  const size = oncePer((list: readonly number[]): number | undefined => { asked++; return list.length === 0 ? undefined : list.length; });
  const [full, empty] = [[1, 2], []];
  expect([size(full), size(full), size(empty), size(empty), size([1, 2])]).toEqual([2, 2, undefined, undefined, 2]);
  expect(asked).toBe(3);
});

it('tells objects apart by what they hold', () => {
  expect(digestOf({ a: 1 })).toBe(digestOf({ a: 1 }));
  expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: 2 }));
});
