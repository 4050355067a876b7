import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UNKNOWN, canonical } from '../values.ts';
import type { Value } from '../values.ts';
import { packValue, unpackValue } from './msgpack.ts';

const value = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.constantFrom<Value>(null, true, false, UNKNOWN), fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ minLength: 1 }).filter((k) => k !== '__proto__'), tie('value'), { maxKeys: 4 })),
})).value;

it('what is sent is what is read, unknown parts included', () => {
  fc.assert(fc.property(value, (v) => {
    expect(canonical(unpackValue(packValue(v)))).toBe(canonical(v));
  }));
});

it('an unknown value is written as Terraform writes it', () => {
  expect([...packValue(UNKNOWN)]).toEqual([0xd4, 0, 0]);
});

it('a refined unknown is read as unknown, and nothing as null', () => {
  expect(unpackValue(Uint8Array.of(0xc7, 3, 12, ...encode({}), 0, 0))).toBe(UNKNOWN);
  expect(unpackValue(undefined)).toBeNull();
  expect(unpackValue(new Uint8Array())).toBeNull();
});
