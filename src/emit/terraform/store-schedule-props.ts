import { minutes, stopsDatabases, weekDays } from '../../config/schedule-settings.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import type { ScheduledCall } from '../../stacks/scheduled-calls.ts';
import type { StoreScheduleProps } from '../../stacks/store-schedule.ts';
import { bounded } from '../../units/aws-names.ts';
import { boundaryArn } from './names.ts';
import { cron } from './schedule-props.ts';

/** Databases of one region that can be stopped, by name. Caches, Kafka and members of a global cluster can't. */
export interface StoppableStores {
  readonly postgres?: { readonly name: string };
  readonly aurora?: { readonly name: string };
}

/**
 * Decides when databases are stopped and started; undefined where none is. Inputs are spelled as the SDK for Java spells them, not as RDS does.
 * Sources: EventBridge Scheduler user guide, "Using universal targets"; RDS and Aurora user guides, "Stopping … temporarily" (at most seven days). Pure.
 */
export const storeScheduleProps = (platform: Platform, environment: Environment, { postgres, aurora }: StoppableStores): StoreScheduleProps | undefined => {
  const { accountId, partition, settings: { schedule, cluster_name_prefix: prefix } } = environment;
  if (!stopsDatabases(schedule) || (postgres ?? aurora) === undefined) return undefined;
  const calls = (id: string, store: string, kind: 'DBInstance' | 'DBCluster', key: string): readonly (readonly [string, ScheduledCall])[] =>
    (['start', 'stop'] as const).map((what) => [`${id}_${what}`, {
      name: bounded(`${prefix}-${id}-${what}`, 64), expression: cron(what === 'start' ? schedule.up : schedule.down, schedule.days), targetArn: `arn:${partition}:scheduler:::aws-sdk:rds:${what}${kind}`, input: { [key]: store },
    }]);
  return {
    roleName: bounded(`${prefix}-data-schedule`, 64), boundaryArn: boundaryArn(platform, environment), accountId, timezone: schedule.timezone,
    calls: Object.fromEntries([
      ...(postgres === undefined ? [] : calls('postgres', postgres.name, 'DBInstance', 'DbInstanceIdentifier')),
      ...(aurora === undefined ? [] : calls('aurora', aurora.name, 'DBCluster', 'DbClusterIdentifier')),
    ]),
  };
};

/** Times of the day at which RDS backs up and maintains, in UTC. */
export interface StoreWindows {
  readonly backup: string;
  readonly maintenance: string;
}

/** Minutes that a time zone is ahead of UTC, in winter and in summer. */
const offsets = (timeZone: string): readonly number[] => [0, 6].map((month) => {
  const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(Date.UTC(2026, month, 15)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', rest = '0'] = /^GMT([+-])(\d\d):(\d\d)$/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(rest));
});

const day = 24 * 60;
const clock = (at: number): string => {
  const within = ((at % day) + day) % day;
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
};

/**
 * Decides when RDS backs up and maintains: at night, or where databases are stopped then, in the first hours of work, whatever the season.
 * A stopped database is neither backed up nor maintained. Pure.
 */
export const storeWindows = ({ settings: { schedule } }: Environment): StoreWindows => {
  if (!stopsDatabases(schedule)) return { backup: '03:00-04:00', maintenance: 'sun:04:30-sun:05:30' };
  const start = minutes(schedule.up) + 30 - Math.min(...offsets(schedule.timezone));
  const first = weekDays.findIndex((one) => schedule.days.includes(one));
  const at = (minute: number): string => `${(weekDays[(first + Math.floor(minute / day) + 7) % 7] ?? 'SUN').toLowerCase()}:${clock(minute)}`;
  return { backup: `${clock(start)}-${clock(start + 30)}`, maintenance: `${at(start + 35)}-${at(start + 65)}` };
};
