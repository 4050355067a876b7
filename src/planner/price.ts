import type { AcceleratedInstance, Offer } from '../../catalog/accelerated-instances.ts';
import { instancePrices } from '../../catalog/instances.ts';
import type { Range } from '../units/range.ts';
import { mapRange } from '../units/range.ts';
import type { OptionPrice, PlanInput } from './plan-types.ts';

/** USD for a million tokens, at so many tokens a second. */
const perMillion = (usdPerHour: number, tokensPerS: Range): Range => mapRange(tokensPerS, (rate) => (usdPerHour * 1e6) / (rate * 3600));

/**
 * Price of so many instances of a type in a region: what the user gave, else the catalogue's price in its own region. No price of another region is
 * guessed. Spot is on-demand less the saving AWS shows for the region, unless the user gave it. Pure.
 */
export const priceOf = (input: Pick<PlanInput, 'prices' | 'spotPrices'>, region: string, instance: AcceleratedInstance, offer: Offer, nodes: number, fullLoad: Range): OptionPrice => {
  const each = input.prices?.[instance.type] ?? (region === instancePrices.region ? instance.usdPerHour : undefined);
  const spotEach = input.spotPrices?.[instance.type] ?? (each !== undefined && offer.spotSaving !== undefined ? each * (1 - offer.spotSaving) : undefined);
  return {
    ...(each === undefined ? {} : { usdPerHour: each * nodes, perMillion: perMillion(each * nodes, fullLoad) }),
    ...(spotEach === undefined ? {} : { spotUsdPerHour: spotEach * nodes, spotPerMillion: perMillion(spotEach * nodes, fullLoad) }),
  };
};
