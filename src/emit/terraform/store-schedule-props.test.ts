import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentFixture, platformFixture } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { scheduleSettings, weekDays } from '../../config/schedule-settings.ts';
import { emitTerraform } from '../terraform.ts';
import { storeWindows } from './store-schedule-props.ts';

type Settings = Readonly<Record<string, unknown>>;
const render = (settings: Settings): ReadonlyMap<string, string> => new Map(emitTerraform(terraformPlan(platformFixture([{ tier: 'dev', clusters: 1, settings }])), chartPins).map(({ path, text }) => [path, text]));
const root = 'terraform/environments/dev';
const on = { enabled: true };

describe('databases outside working hours', () => {
  it('are stopped in the evening and started in the morning', () => {
    const text = render({ schedule: { enabled: true, timezone: 'Europe/Berlin', days: ['MON'], up: '06:05', down: '21:30' }, data: { postgres: on, aurora: on } }).get(`${root}/data/schedule.tf`) ?? expect.fail('no schedule.tf');
    expect(text).toMatch(/"aws_scheduler_schedule" "postgres_start" \{[^]*?cron\(5 6 \? \* MON \*\)"[^]*?rds:startDBInstance"[^]*?DbInstanceIdentifier += "dev-mlops-postgres"/);
    expect(text).toMatch(/"aws_scheduler_schedule" "postgres_stop" \{[^]*?cron\(30 21 \? \* MON \*\)"[^]*?rds:stopDBInstance"/);
    expect(text).toMatch(/"aws_scheduler_schedule" "aurora_stop" \{[^]*?rds:stopDBCluster"[^]*?DbClusterIdentifier += "dev-mlops-aurora"/);
    expect(text.match(/"Europe\/Berlin"/g)).toHaveLength(4);
    expect(text).toMatch(/"rds:StopDBInstance"[^]*?Resource = aws_db_instance\.postgres\.arn/);
    expect(text).toMatch(/"rds:StopDBCluster"[^]*?Resource = aws_rds_cluster\.aurora\.arn/);
    expect(text).toContain('permissions_boundary = "arn:aws:iam::111111111111:policy/argoeks-boundary"');
  });
  it('are not stopped in the morning because the evening failed', () => {
    const files = render({ schedule: on, data: { postgres: on } });
    for (const path of [`${root}/data/schedule.tf`, `${root}/dev-mlops-cluster-01/bootstrap/schedule.tf`]) expect(files.get(path)?.match(/maximum_event_age_in_seconds = 3600/g), path).toHaveLength(2);
  });
  it('stay up, without a trace, where that is not asked for or cannot be', () => {
    for (const settings of [{ data: { postgres: on } }, { schedule: { ...on, databases: false }, data: { postgres: on } }, { schedule: on, data: { redis: on, msk: on } }]) expect(render(settings).has(`${root}/data/schedule.tf`)).toBe(false);
  });
  it('may be scheduled by CI', () => {
    const deploy = render({ schedule: on, data: { postgres: on } }).get('terraform/account/111111111111/deploy.tf') ?? '';
    expect(deploy).toMatch(/scheduler:CreateSchedule[^]*?schedule\/default\/dev-mlops-\*/);
  });
});

/** Minutes of local time in the week, from its Monday. */
const local = (text: string, zone: string, month: number): number => {
  const [dayName, time] = text.includes(':') && /^[a-z]/.test(text) ? [text.slice(0, 3), text.slice(4)] : ['mon', text];
  // 1 January 2026 is a Thursday; the Monday of the week of the 12th.
  const monday = Date.UTC(2026, month, 12);
  const shift = (new Date(monday).getUTCDay() + 6) % 7;
  const at = monday + (weekDays.findIndex((one) => one.toLowerCase() === dayName) - shift) * 864e5 + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000;
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at).map(({ type, value }) => [type, value]));
  return weekDays.findIndex((one) => one === parts['weekday']?.toUpperCase()) * 1440 + Number(parts['hour']) * 60 + Number(parts['minute']);
};

describe('backup and maintenance windows', () => {
  const windows = (schedule: Settings) => storeWindows(environmentFixture({ tier: 'dev', clusters: 1, settings: { schedule } }));
  it('are at night where databases run then', () => {
    expect(windows({})).toEqual({ backup: '03:00-04:00', maintenance: 'sun:04:30-sun:05:30' });
    expect(windows({ enabled: true, databases: false })).toEqual(windows({}));
  });
  it('are in working hours, on a working day, in every zone and season', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Honolulu', 'Australia/Sydney'];
    fc.assert(fc.property(fc.constantFrom(...zones), fc.constantFrom(...weekDays), fc.integer({ min: 0, max: 20 * 60 }), fc.constantFrom(0, 6), (timezone, day, start, month) => {
      const time = (at: number): string => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
      const { backup, maintenance } = windows({ enabled: true, timezone, days: [day], up: time(start), down: time(start + 180) });
      const from = weekDays.indexOf(day) * 1440;
      const within = (minute: number): boolean => minute >= start && minute <= start + 180;
      for (const edge of backup.split('-')) expect(within(local(edge, timezone, month) % 1440), `backup ${backup} of ${timezone}`).toBe(true);
      for (const edge of maintenance.match(/[a-z]{3}:\d\d:\d\d/g) ?? []) expect(within(local(edge, timezone, month) - from), `maintenance ${maintenance} of ${timezone}`).toBe(true);
    }));
  });
  it('need three hours, and a time zone that there is', () => {
    const refused = (schedule: Settings): boolean => !scheduleSettings({ name: 'qa', tier: 'qa', domain: 'x.y' }).safeParse(schedule).success;
    expect([refused({ enabled: true, up: '07:00', down: '09:59' }), refused({ enabled: true, up: '07:00', down: '10:00' }), refused({ enabled: true, databases: false, up: '07:00', down: '08:00' }), refused({ timezone: 'Europe/Berlinn' }), refused({ timezone: 'Europe/Berlin' })]).toEqual([true, false, false, true, false]);
  });
});

describe('AWS Backup', () => {
  const plans = (schedule: Settings): string => render({ schedule, backup: { enabled: true, monthly_days: 365 } }).get(`${root}/backup.tf`) ?? expect.fail('no backup.tf');
  it('backs up while databases run', () => {
    const text = plans({ enabled: true, timezone: 'Europe/Berlin', days: ['TUE', 'WED'], up: '07:30' });
    for (const cron of ['cron(30 8 ? * TUE,WED *)', 'cron(0 9 ? * TUE *)', 'cron(30 9 ? * 3#1 *)']) expect(text).toContain(cron);
    expect(text).toContain('"Europe/Berlin"');
    for (const off of [{}, { enabled: true, databases: false }]) expect(plans(off)).not.toContain('schedule_expression_timezone');
  });
});
