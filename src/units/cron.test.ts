import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronFault } from './cron.ts';

describe('cronFault', () => {
  it.each(['0 22 * * *', '*/15 0-5 1,15 JAN-mar mon-FRI', '59 23 31 12 6', '5/10 * * * *'])('takes %s', (schedule) => {
    expect(cronFault(schedule)).toBeUndefined();
  });
  it.each([
    ['@daily', 'has one field, not five'], ['0 22 * *', 'has 4 fields, not five'], ['60 * * * *', 'has "60" as its minute'], ['0 24 * * *', 'has "24" as its hour'], ['0 0 0 * *', 'as its day of the month'],
    ['0 0 * 13 *', 'has "13" as its month'], ['0 0 * * 7', 'has "7" as its day of the week'], ['0 0 * * MO', 'has "MO" as its day of the week'], ['5-1 * * * *', 'as its minute'], ['*/0 * * * *', 'as its minute'], ['1,,2 * * * *', 'as its minute'],
  ])('says of %s what is wrong', (schedule, fault) => {
    expect(cronFault(schedule)).toContain(fault);
  });
  it('takes every minute and hour there is, and no other', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }), (minute, hour) => {
      expect(cronFault(`${minute} ${hour} * * *`) === undefined).toBe(minute < 60 && hour < 24);
    }));
  });
});
