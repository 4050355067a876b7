/** Price of a gp3 volume. It differs by region; estimates take this one everywhere. */
export const volumePrice = {
  usdPerGibMonth: 0.08,
  region: 'us-east-1',
  source:
    'NOT VERIFIED against AWS: its price list was not reachable. The figure is what public cost tools carry for us-east-1 (fallback table of a volume price module over the AWS Price List API, "approximate prices as of 2024"). Compare with https://aws.amazon.com/ebs/pricing/',
  verified: false,
  read: '2026-11-25',
} as const;
