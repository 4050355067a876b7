import { Construct } from 'constructs';
import { metricAlarm } from './metric-alarm.ts';
import type { MetricAlarmProps } from './metric-alarm.ts';

/** Alarm on what one web ACL blocks. */
export interface FirewallWatch {
  /** Metric name of the web ACL. */
  readonly webAcl: string;
  readonly alarm: MetricAlarmProps;
}

/** Alarms on requests that web ACLs block; an ACL need not be there yet. File `firewall-alarms.tf`. */
export class FirewallAlarms extends Construct {
  /** Resource name → what to watch. */
  constructor(scope: Construct, watched: Readonly<Record<string, FirewallWatch>>) {
    super(scope, 'firewall-alarms');
    for (const [id, { webAcl, alarm }] of Object.entries(watched)) metricAlarm(this, id, alarm, { WebACL: webAcl, Region: alarm.region, Rule: 'ALL' });
  }
}
