import { hoursPerMonth, prices, pricesRegion } from './prices.ts';

/** Fixed prices of network objects, as settings tell them. They differ by region; estimates take these everywhere. */
export const networkPrices = {
  /** One NAT gateway with its public address, without traffic. */
  natGateway: { usdPerMonth: (prices.natGateway.usd + prices.publicIpv4.usd) * hoursPerMonth, usdPerGb: prices.natData.usd },
  /** One interface endpoint in one zone, without traffic. */
  interfaceEndpoint: { usdPerMonth: prices.interfaceEndpoint.usd * hoursPerMonth, usdPerGb: prices.endpointData.usd },
  region: pricesRegion,
} as const;
