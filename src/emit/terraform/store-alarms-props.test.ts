import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { emitTerraform } from '../terraform.ts';
import { storeAlarms } from './store-alarms-props.ts';

const render = (settings: Readonly<Record<string, unknown>>, tier: 'dev' | 'prod' = 'dev', regions: readonly string[] = ['us-east-1']): ReadonlyMap<string, string> =>
  new Map(emitTerraform(terraformPlan(platformFixture([{ tier, clusters: regions.length, regions, settings }])), chartPins).map(({ path, text }) => [path, text]));
const alarmsOf = (settings: Readonly<Record<string, unknown>>, ...rest: readonly [('dev' | 'prod')?, (readonly string[])?]): string =>
  render(settings, ...rest).get(`terraform/environments/${rest[0] ?? 'dev'}/data/store-alarms.tf`) ?? expect.fail('no alarms');
const block = (text: string, id: string): string => text.split(/\n(?=\S)/).find((one) => one.includes(`"aws_cloudwatch_metric_alarm" "${id}"`)) ?? expect.fail(`no ${id} in ${text}`);
const ids = (text: string): readonly (string | undefined)[] => [...text.matchAll(/"aws_cloudwatch_metric_alarm" "([^"]+)"/g)].map(([, id]) => id);
const on = { enabled: true };

describe('alarms on data stores', () => {
  it('are six for PostgreSQL, and five for each Aurora instance, which has no FreeStorageSpace', () => {
    expect(ids(alarmsOf({ data: { postgres: on } }))).toEqual(['postgres_cpu', 'postgres_free_storage', 'postgres_memory', 'postgres_read_latency', 'postgres_write_latency', 'postgres_connections']);
    const aurora = alarmsOf({ data: { aurora: { ...on, instances: 2 } } });
    expect(ids(aurora)).toHaveLength(10);
    expect(aurora).not.toContain('FreeStorageSpace');
  });

  it('are told in the region of the instance where a global database has two', () => {
    const text = alarmsOf({ data: { aurora_global: { ...on, primary: { instances: 1 }, secondary: { instances: 1 } } } }, 'prod', ['us-east-1', 'eu-west-1']);
    expect(ids(text)).toHaveLength(10);
    expect(block(text, 'aurora_primary_1_cpu')).toMatch(/alarm_actions += \["arn:aws:sns:us-east-1:/);
    expect(block(text, 'aurora_secondary_1_cpu')).toMatch(/region += "eu-west-1"/);
    expect(block(text, 'aurora_secondary_1_cpu')).toMatch(/alarm_actions += \["arn:aws:sns:eu-west-1:/);
  });

  it('watch what is really called so, in the namespace and by the dimension that has data', () => {
    const files = render({ data: { postgres: on, aurora: { ...on, instances: 2 }, redis: { ...on, replicas: 1 } } });
    const text = files.get('terraform/environments/dev/data/store-alarms.tf') ?? '';
    const watched = (dimension: string): readonly (string | undefined)[] => [...new Set([...text.matchAll(new RegExp(`${dimension} += "([^"]+)"`, 'g'))].map(([, name]) => name))];
    const made = (file: string, argument: string): readonly (string | undefined)[] => [...(files.get(`terraform/environments/dev/data/${file}.tf`) ?? '').matchAll(new RegExp(` ${argument} += "([^"]+)"`, 'g'))].map(([, name]) => name);
    expect(watched('DBInstanceIdentifier')).toEqual([...made('postgres', 'identifier'), ...made('aurora', 'identifier')]);
    const [group] = made('redis', 'replication_group_id');
    expect(watched('CacheClusterId')).toEqual([`${group}-001`, `${group}-002`]);
    expect(block(text, 'redis_2_evictions')).toMatch(/namespace += "AWS\/ElastiCache"/);
    expect(block(text, 'aurora_1_cpu')).toMatch(/namespace += "AWS\/RDS"/);
  });

  it('fire at what the configuration says', () => {
    const text = alarmsOf({ data: { postgres: on, redis: on }, monitoring: { rds_alarms: { cpu: 71, free_storage_low_mb: 3, period: 120, evals: 2 }, redis_alarms: { evictions: 7, period: 180 } } });
    for (const part of [/threshold += 71\n/, /period += 120\n/, /evaluation_periods += 2\n/, /alarm_name += "dev-rds-postgres-cpu"/]) expect(block(text, 'postgres_cpu')).toMatch(part);
    for (const part of [/threshold += 3145728\n/, /"LessThanThreshold"/]) expect(block(text, 'postgres_free_storage')).toMatch(part);
    for (const part of [/threshold += 7\n/, /"GreaterThanOrEqualToThreshold"/, /statistic += "Sum"/, /period += 180\n/]) expect(block(text, 'redis_1_evictions')).toMatch(part);
  });

  it('leave a new database in peace: the least free storage is never most of what it has', () => {
    const threshold = (storage_gib: number): string => block(alarmsOf({ data: { postgres: { ...on, storage_gib, max_storage_gib: 1000 } } }, 'prod'), 'postgres_free_storage');
    expect(threshold(50)).toContain(`threshold           = ${10 * 1024 ** 3}`);
    expect(threshold(500)).toContain(`threshold           = ${51_200 * 1024 ** 2}`);
  });

  it('tell the topic of the region of the stores', () => {
    const text = alarmsOf({ data: { redis: on } }, 'dev', ['eu-west-1']);
    expect(text.match(/region += "eu-west-1"/g)).toHaveLength(3);
    expect(text.match(/alarm_actions += \["arn:aws:sns:eu-west-1:111111111111:argoeks-dev-alerts"\]/g)).toHaveLength(3);
  });

  it('are quiet where databases sleep at night, and say that data is missing elsewhere', () => {
    const missing = (schedule: Readonly<Record<string, unknown>>): string => /treat_missing_data += "(\w+)"/.exec(block(alarmsOf({ schedule, data: { postgres: on } }), 'postgres_cpu'))?.[1] ?? '';
    expect([missing({}), missing({ enabled: true }), missing({ enabled: true, databases: false })]).toEqual(['missing', 'notBreaching', 'missing']);
  });

  it('are not there without a store that has them', () => {
    expect(render({ data: { memcached: on } }).has('terraform/environments/dev/data/store-alarms.tf')).toBe(false);
    const [environment] = platformFixture([{ tier: 'dev', clusters: 1 }]).environments;
    expect(environment && storeAlarms(environment, 'us-east-1', {})).toEqual({});
  });
});
