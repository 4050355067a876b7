import type { Environment } from './platform.ts';

type Monitoring = Environment['settings']['monitoring'];

/** Kinds of alarms that are listed for every region, for the first (`_primary`) and for the second (`_secondary`). */
export type AlarmList = 'alb_alarms' | 'target_group_alarms' | 's3_alarms' | 'waf_alarms';

/** One alarm of a list and the region it is for. */
export interface PlacedAlarm<K extends AlarmList> {
  readonly region: string;
  readonly alarm: Monitoring[K][number];
}

/** What of `features` leaves a list out. */
const isLeftOut: Readonly<Record<AlarmList, (features: Environment['settings']['features']) => boolean>> = {
  alb_alarms: ({ observability }) => observability.alb_alarms === false,
  target_group_alarms: ({ observability }) => observability.tg_alarms === false,
  s3_alarms: ({ observability }) => observability.s3_alarms === false,
  waf_alarms: ({ security }) => security.waf === false,
};

/** True for what lies in one region only, whatever list it stands in: a literal full name, or a bucket. */
const isLocal = (alarm: object): boolean => ['lb_full_name', 'tg_full_name', 'bucket', 'bucket_arn'].some((key) => key in alarm && (alarm as Readonly<Record<string, unknown>>)[key] !== undefined);

/** Alarms of one kind with their regions, in the order of the lists; what names one thing is for the first region only. Pure. */
export const placedAlarms = <K extends AlarmList>({ regions, settings: { monitoring, features } }: Pick<Environment, 'regions' | 'settings'>, kind: K): readonly PlacedAlarm<K>[] => {
  if (isLeftOut[kind](features)) return [];
  const list = (suffix: '' | '_primary' | '_secondary'): readonly Monitoring[K][number][] => monitoring[`${kind}${suffix}`];
  const [first, second] = regions;
  return [
    ...list('').flatMap((alarm) => (isLocal(alarm) ? regions.slice(0, 1) : regions).map((region) => ({ region, alarm }))),
    ...(first === undefined ? [] : list('_primary').map((alarm) => ({ region: first, alarm }))),
    ...(second === undefined ? [] : list('_secondary').map((alarm) => ({ region: second, alarm }))),
  ];
};
