import type { PolicyFact } from './policy.ts';

/** OpenCost finding what spot instances cost. Prices on demand are public, and asked for without any identity. */
export const opencostPolicy: PolicyFact = {
  source: 'opencost/opencost issue 3995 and pkg/cloud/aws/spotpricehistory.go at commit 0523a4de (DescribeSpotPriceHistory, which IAM knows no resource for). Not tried on AWS.',
  read: '2026-11-25',
  statements: [{ sid: 'SpotPrices', actions: ['ec2:DescribeSpotPriceHistory'], resources: ['*'] }],
};
