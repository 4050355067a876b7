import { Construct } from 'constructs';
import { metricAlarm } from './metric-alarm.ts';
import type { MetricAlarmProps } from './metric-alarm.ts';

/** Alarm on one instance of a database or node of a cache. */
export interface StoreWatch {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly alarm: MetricAlarmProps;
}

/** Alarms on the databases and caches of this root. File `store-alarms.tf`. */
export class StoreAlarms extends Construct {
  /** Resource name → what to watch. */
  constructor(scope: Construct, watched: Readonly<Record<string, StoreWatch>>) {
    super(scope, 'store-alarms');
    for (const [id, { dimensions, alarm }] of Object.entries(watched)) metricAlarm(this, id, alarm, dimensions);
  }
}
