const unverified = 'NOT VERIFIED against AWS: its price list was not reachable. The figures are what several public articles of 2026 on NAT gateway and endpoint cost carry for us-east-1. Compare with https://aws.amazon.com/vpc/pricing/ and https://aws.amazon.com/privatelink/pricing/';

/** Hours of a month as AWS' price calculator counts them. */
const hours = 730;

/** Fixed prices of network objects. They differ by region; estimates take these everywhere. */
export const networkPrices = {
  /** One NAT gateway with its public address, without traffic. */
  natGateway: { usdPerMonth: (0.045 + 0.005) * hours, usdPerGb: 0.045 },
  /** One interface endpoint in one zone, without traffic. */
  interfaceEndpoint: { usdPerMonth: 0.01 * hours, usdPerGb: 0.01 },
  region: 'us-east-1',
  source: unverified,
  verified: false,
  read: '2026-11-25',
} as const;
