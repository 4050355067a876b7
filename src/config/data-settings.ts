import { z } from 'zod';
import type { Basics } from './tier.ts';
import { perTier } from './tier.ts';

const enabled = (what: string) => z.boolean().default(false).meta({ description: `Makes ${what}.` });
const backupDays = ({ tier }: Basics) => perTier(z.int().min(1).max(35).meta({ description: 'How long automatic backups are kept.', unit: 'days' }), tier, { dev: 7, qa: 14, prod: 35, sandbox: 1 });
const majorVersion = (pattern: RegExp, example: string, value: string) =>
  z.string().regex(pattern, { error: `is not a version such as "${example}", in quotes` }).default(value);
const instanceClass = z.string().regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/, { error: 'is not an instance class such as db.m6g.large' });
const nodeType = z.string().regex(/^cache\.[a-z0-9]+\.[a-z0-9]+$/, { error: 'is not a node type such as cache.t4g.small' });
const capacity = (description: string) => z.number().multipleOf(0.5, { error: 'must be a multiple of 0.5' }).meta({ description, unit: 'ACU' });

const postgres = (basics: Basics) =>
  z.strictObject({
    enabled: enabled('a PostgreSQL instance'),
    version: majorVersion(/^1[3-9](\.\d+)?$/, '16', '16').meta({ description: 'PostgreSQL version. With the major version only, AWS chooses the minor one and upgrades it.' }),
    instance_class: perTier(instanceClass.meta({ description: 'Instance class.' }), basics.tier, { dev: 'db.t4g.small', qa: 'db.m6g.large', prod: 'db.m6g.xlarge', sandbox: 'db.t4g.small' }),
    storage_gib: z.int().min(20).max(65536).default(50).meta({ description: 'Storage at the beginning.', unit: 'GiB' }),
    max_storage_gib: z.int().min(20).max(65536).default(500).meta({ description: 'Storage it may grow to by itself.', unit: 'GiB' }),
    multi_az: perTier(z.boolean().meta({ description: 'Keeps a standby in a second zone.' }), basics.tier, { dev: false, qa: false, prod: true, sandbox: false }),
    backup_days: backupDays(basics),
  }).refine(({ storage_gib: from, max_storage_gib: to }) => to >= from * 1.1, { error: 'must be at least a tenth more than storage_gib: RDS refuses less', path: ['max_storage_gib'] })
    .prefault({}).meta({ description: 'RDS for PostgreSQL.' });

const aurora = (basics: Basics) =>
  z.strictObject({
    enabled: enabled('an Aurora PostgreSQL cluster, Serverless v2'),
    version: majorVersion(/^1[3-9](\.\d+)?$/, '16', '16').meta({ description: 'Aurora PostgreSQL version. With the major version only, AWS chooses the minor one and upgrades it.' }),
    min_capacity: capacity('Capacity it never goes below.').min(0.5).max(256).default(2),
    max_capacity: capacity('Capacity it never goes beyond.').min(1).max(256).default(16),
    instances: perTier(z.int().min(1).max(15).meta({ description: 'Instances, in different zones; the first one writes.', unit: 'instances' }), basics.tier, { dev: 1, qa: 1, prod: 2, sandbox: 1 }),
    backup_days: backupDays(basics),
  }).refine(({ min_capacity: min, max_capacity: max }) => max >= min, { error: 'must not be less than min_capacity', path: ['max_capacity'] })
    .prefault({}).meta({ description: 'Aurora PostgreSQL, Serverless v2.' });

const globalRegion = (what: string, instances: number) =>
  z.strictObject({
    min_capacity: capacity('Capacity it never goes below.').min(0.5).max(256).default(4),
    max_capacity: capacity('Capacity it never goes beyond.').min(1).max(256).default(64),
    instances: z.int().min(1).max(15).default(instances).meta({ description: 'Instances, in different zones.', unit: 'instances' }),
  }).refine(({ min_capacity: min, max_capacity: max }) => max >= min, { error: 'must not be less than min_capacity', path: ['max_capacity'] }).prefault({}).meta({ description: what });

const auroraGlobal = (basics: Basics) =>
  z.strictObject({
    enabled: enabled('an Aurora PostgreSQL global database, Serverless v2, in the first two regions of the environment that have clusters'),
    version: majorVersion(/^1[3-9]\.\d+$/, '16.10', '16.10').meta({ description: 'Aurora PostgreSQL version, with its minor part: AWS never upgrades a global database by itself.' }),
    primary: globalRegion('The region of the hub, which writes.', 2), secondary: globalRegion('The other region, which reads and can take over.', 1),
    backup_days: backupDays(basics),
    password_version: z.int().min(1).default(1).meta({ description: 'Raise it to have another password made for the master user.' }),
  }).prefault({}).meta({ description: 'Aurora PostgreSQL across two regions.' });

const redis = ({ tier }: Basics) =>
  z.strictObject({
    enabled: enabled('a Valkey or Redis replication group; the same as `features.storage.redis`'),
    engine: z.enum(['valkey', 'redis']).default('valkey').meta({ description: 'Engine; both speak the same protocol.' }),
    version: z.string().regex(/^\d+\.\d+$/, { error: 'is not a version such as "8.0", in quotes' }).optional().meta({ description: 'Engine version; Valkey 8.0 or Redis 7.1 when absent.' }),
    node_type: perTier(nodeType.meta({ description: 'Node type.' }), tier, { dev: 'cache.t4g.small', qa: 'cache.t4g.small', prod: 'cache.m7g.large', sandbox: 'cache.t4g.small' }),
    replicas: perTier(z.int().min(0).max(5).meta({ description: 'Replicas in other zones; with one or more, they take over by themselves.', unit: 'nodes' }), tier, { dev: 0, qa: 1, prod: 1, sandbox: 0 }),
    snapshot_days: perTier(z.int().min(0).max(35).meta({ description: 'How long daily snapshots are kept; 0 makes none.', unit: 'days' }), tier, { dev: 0, qa: 3, prod: 14, sandbox: 0 }),
  }).prefault({}).meta({ description: 'ElastiCache for Valkey or Redis: TLS, and IAM instead of a password.' });

const memcached = ({ tier }: Basics) =>
  z.strictObject({
    enabled: enabled('a Memcached cluster'),
    version: majorVersion(/^1\.6\.\d+$/, '1.6.22', '1.6.22').meta({ description: 'Memcached version; TLS needs 1.6.12 or newer.' }),
    node_type: perTier(nodeType.meta({ description: 'Node type.' }), tier, { dev: 'cache.t4g.small', qa: 'cache.t4g.small', prod: 'cache.m7g.large', sandbox: 'cache.t4g.small' }),
    nodes: perTier(z.int().min(1).max(40).meta({ description: 'Nodes; two or more are spread over zones.', unit: 'nodes' }), tier, { dev: 1, qa: 1, prod: 2, sandbox: 1 }),
  }).prefault({}).meta({ description: 'ElastiCache for Memcached, with TLS.' });

const msk = ({ tier }: Basics) =>
  z.strictObject({
    enabled: enabled('a Kafka cluster'),
    version: majorVersion(/^\d+\.\d+\.(\d+|x)(\.kraft)?$/, '3.9.x', '3.9.x').meta({ description: 'Kafka version as MSK names it.' }),
    broker_type: perTier(z.string().regex(/^kafka\.[a-z0-9]+\.[a-z0-9]+$/, { error: 'is not a broker type such as kafka.m7g.large' }).meta({ description: 'Broker type.' }), tier, { dev: 'kafka.t3.small', qa: 'kafka.m7g.large', prod: 'kafka.m7g.large', sandbox: 'kafka.t3.small' }),
    brokers_per_zone: z.int().min(1).max(10).default(1).meta({ description: 'Brokers in each zone of the cluster\'s VPC.', unit: 'brokers' }),
    volume_gib: z.int().min(1).max(16384).default(100).meta({ description: 'Volume of each broker; it can only grow.', unit: 'GiB' }),
  }).prefault({}).meta({ description: 'Managed Kafka: TLS and IAM only.' });

const feast = () =>
  z.strictObject({
    enabled: enabled('the tables of Feast\'s online store'),
    tables: z.array(z.string().regex(/^[a-z][a-z0-9_]{0,99}$/, { error: 'must begin with a letter and hold only a-z, 0-9 and _' })).min(1)
      .refine((names) => new Set(names).size === names.length, { error: 'names a table twice' }).default(['online']).meta({ description: 'Tables, one for each feature view. Names in DynamoDB begin with `<cluster_name_prefix>-feast-`.' }),
  }).prefault({}).meta({ description: 'DynamoDB tables of Feast.' });

/** Data stores of an environment: one key for each kind, each off unless asked for. */
export const dataSettings = (basics: Basics) =>
  z.strictObject({ postgres: postgres(basics), aurora: aurora(basics), aurora_global: auroraGlobal(basics), redis: redis(basics), memcached: memcached(basics), msk: msk(basics), feast: feast() })
    .prefault({}).meta({ description: 'Data stores, in the VPC of the hub; `aurora_global` also in one of a second region.' });

/** What `data` says, with its defaults. */
export type DataSettings = z.infer<ReturnType<typeof dataSettings>>;

/** Keys of the data stores. */
export const storeKeys = ['postgres', 'aurora', 'aurora_global', 'redis', 'memcached', 'msk', 'feast'] as const satisfies readonly (keyof DataSettings)[];
export type StoreKey = (typeof storeKeys)[number];

/** Keys of the data stores that are on. Pure. */
export const enabledStores = (data: DataSettings): readonly string[] =>
  Object.entries(data).flatMap(([key, { enabled: isOn }]) => (isOn ? [key] : []));
