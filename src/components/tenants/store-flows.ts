import type { Cluster, Environment } from '../../config/platform.ts';
import type { StoreKey } from '../../config/data-settings.ts';
import { bounded, storeBaseName } from '../../units/aws-names.ts';

/** Names that a data store of the environment answers by, and its port. */
export interface StoreEndpoints {
  readonly names: readonly string[];
  readonly port: number;
}

/**
 * Where a store is reached: AWS puts letters of its own into the names, so they are patterns; `*` stands for letters of one label. Sources, read on 2026-11-25: RDS user guide, "Connecting
 * to a DB instance", and Aurora's "Endpoint types"; ElastiCache user guide, "Finding connection endpoints"; MSK developer guide, "Get the bootstrap brokers". Pure.
 */
export const storeEndpoints = (store: StoreKey, { settings: { cluster_name_prefix: prefix } }: Environment, { region, partition }: Cluster): StoreEndpoints => {
  const aws = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const base = storeBaseName(prefix);
  const redis = bounded(`${base}-redis`, 40);
  switch (store) {
    case 'postgres': return { names: [`${base}-postgres.*.${region}.rds.${aws}`], port: 5432 };
    case 'aurora': return { names: [`${base}-aurora*.*.${region}.rds.${aws}`], port: 5432 };
    case 'aurora_global': return { names: [`${base}-global*.*.${region}.rds.${aws}`, `${base}-global.*.global.rds.${aws}`], port: 5432 };
    case 'redis': return { names: [`*.${redis}.*.*.cache.${aws}`], port: 6379 };
    case 'memcached': return { names: [`${bounded(`${base}-memcached`, 50)}.*.*.*.cache.${aws}`], port: 11_211 };
    case 'msk': return { names: [`b-*.*.*.*.kafka.${region}.${aws}`], port: 9098 };
    case 'feast': return { names: [`dynamodb.${region}.${aws}`], port: 443 };
  }
};
