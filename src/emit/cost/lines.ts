import { hoursPerMonth } from '../../../catalog/prices.ts';
import type { MachinePrices } from '../../../catalog/store-prices.ts';
import type { CostLine } from '../../model/component.ts';

/** USD a month of what costs so much an hour. */
export const perMonth = (usdPerHour: number, count = 1): number => usdPerHour * hoursPerMonth * count;

/** A number with its noun. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** A line whose cost use decides; `usd` is what the basis assumes, `mostUsd` what limits it. */
export const use = (what: string, usd: number, basis: string, mostUsd?: number): CostLine => ({ what, usd, basis, usage: mostUsd === undefined ? {} : { mostUsd } });

/** The line of machines of one type; `share` of the month they run, `times` the price, made cheaper `by` a commitment. A type without a price counts nothing, and says so. */
export const machines = (what: string, prices: MachinePrices, type: string, count: number, { share = 1, times = 1, note = '', by }: { readonly share?: number; readonly times?: number; readonly note?: string; readonly by?: NonNullable<CostLine['steady']>['by'] } = {}): CostLine => {
  const usdPerHour = prices.usdPerHour[type];
  const shown = `${count} ${type}, on demand${note}${share === 1 ? '' : ', stopped outside working hours'}`;
  if (usdPerHour === undefined) return use(what, 0, `${count} ${type}, whose price is not in the catalogue`);
  const usd = perMonth(usdPerHour, count * share * times);
  return { what, usd, basis: shown, ...(share === 1 && by !== undefined ? { steady: { by, usd } } : {}) };
};

/** A line of equal things with a price for each, or none. */
export const each = (what: string, usd: number, count: number, basis = `${count} of them`): readonly CostLine[] => (count === 0 ? [] : [{ what, usd: usd * count, basis }]);
