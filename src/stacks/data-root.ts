import { Construct } from 'constructs';
import { Aurora } from './aurora.ts';
import type { AuroraProps } from './aurora.ts';
import { AuroraGlobal } from './aurora-global.ts';
import type { AuroraGlobalProps } from './aurora-global.ts';
import { Aws } from './aws-provider.ts';
import type { AwsProps } from './aws-provider.ts';
import { DataNetwork } from './data-network.ts';
import type { DataNetworkProps } from './data-network.ts';
import { deletionProtection } from './deletion-protection.ts';
import { EncryptionKey } from './encryption-key.ts';
import type { EncryptionKeyProps } from './encryption-key.ts';
import { FeastTables } from './feast-tables.ts';
import type { FeastTablesProps } from './feast-tables.ts';
import { Kafka } from './kafka.ts';
import type { KafkaProps } from './kafka.ts';
import { Memcached } from './memcached.ts';
import type { MemcachedProps } from './memcached.ts';
import { Outputs } from './outputs.ts';
import { Postgres } from './postgres.ts';
import type { PostgresProps } from './postgres.ts';
import { Redis } from './redis.ts';
import type { RedisProps } from './redis.ts';
import { Root } from './root.ts';
import { StoreAlarms } from './store-alarms.ts';
import type { StoreWatch } from './store-alarms.ts';
import { StoreSchedule } from './store-schedule.ts';
import type { StoppableStore, StoreScheduleProps } from './store-schedule.ts';
import type { StoreSurroundings } from './store-surroundings.ts';

/** Data stores of an environment; absent ones are off. */
export interface DataRootProps {
  readonly aws: AwsProps;
  readonly network: DataNetworkProps;
  readonly key: EncryptionKeyProps;
  readonly protected: boolean;
  readonly postgres?: PostgresProps;
  readonly aurora?: AuroraProps;
  readonly auroraGlobal?: AuroraGlobalProps;
  readonly redis?: RedisProps;
  readonly memcached?: MemcachedProps;
  readonly msk?: KafkaProps;
  readonly feast?: FeastTablesProps;
  /** Resource name → alarm on one of the stores. */
  readonly alarms: Readonly<Record<string, StoreWatch>>;
  /** Present where databases are stopped at night. */
  readonly schedule?: StoreScheduleProps;
}

type Output = { readonly value: unknown; readonly description: string };

/** Root `environments/<env>/data`: data stores in the VPC of the hub, and where they are found. */
export const dataRoot = (props: DataRootProps): Root => {
  const root = new Root();
  new Aws(root, props.aws);
  const network = new DataNetwork(root, props.network);
  const { key } = new EncryptionKey(new Construct(root, 'key'), 'data', props.key);
  const surroundings: StoreSurroundings = { network, keyArn: key.arn, protection: props.protected && deletionProtection(root) };
  const stoppable: StoppableStore[] = [];
  const outputs: Record<string, Output> = {};
  const output = (id: string, value: unknown, description: string): void => {
    outputs[id] = { value, description };
  };
  if (props.postgres) {
    const { instance } = new Postgres(root, props.postgres, surroundings);
    stoppable.push({ actions: ['rds:StartDBInstance', 'rds:StopDBInstance'], arn: instance.arn });
    output('postgres_endpoint', instance.endpoint, 'Address and port of PostgreSQL');
    output('postgres_secret_arn', instance.masterUserSecret.get(0).secretArn, 'Secret of PostgreSQL\'s master user');
  }
  if (props.aurora) {
    const { cluster } = new Aurora(root, props.aurora, surroundings);
    stoppable.push({ actions: ['rds:StartDBCluster', 'rds:StopDBCluster'], arn: cluster.arn });
    output('aurora_endpoint', cluster.endpoint, 'Address of the instance that writes');
    output('aurora_secret_arn', cluster.masterUserSecret.get(0).secretArn, 'Secret of Aurora\'s master user');
  }
  if (props.auroraGlobal) {
    const { secondary } = props.auroraGlobal;
    const away = new EncryptionKey(new Construct(root, 'key-secondary'), 'data_secondary', secondary.key);
    const there: StoreSurroundings = { ...surroundings, network: new DataNetwork(root, secondary.network, 'secondary'), keyArn: away.key.arn };
    const { global, password } = new AuroraGlobal(root, props.auroraGlobal, surroundings, there);
    output('aurora_global_endpoint', global.endpoint, 'Address of the instance that writes, in whichever region it is');
    output('aurora_global_password_parameters', password.parameterArns, 'Parameters that hold the master user\'s password, by region');
  }
  if (props.redis) output('redis_endpoint', new Redis(root, props.redis, surroundings).group.primaryEndpointAddress, 'Address of the node that writes');
  if (props.memcached) output('memcached_endpoint', new Memcached(root, props.memcached, surroundings).cluster.configurationEndpoint, 'Address that lists the nodes');
  if (props.msk) output('msk_bootstrap_brokers', new Kafka(root, props.msk, surroundings).cluster.bootstrapBrokersSaslIam, 'Brokers, for TLS with IAM');
  if (props.feast) output('feast_tables', new FeastTables(root, props.feast, surroundings).tables.map((table) => table.name), 'Tables of Feast\'s online store');
  new StoreAlarms(root, props.alarms);
  if (props.schedule) new StoreSchedule(root, props.schedule, stoppable);
  new Outputs(root, outputs);
  return root;
};
