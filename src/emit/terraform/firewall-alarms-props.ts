import { placedAlarms } from '../../config/alarm-lists.ts';
import type { Environment } from '../../config/platform.ts';
import type { FirewallWatch } from '../../stacks/firewall-alarms.ts';
import { alarmsOn, named } from './alarm-parts.ts';

/** Decides the alarms on web ACLs of an environment, by resource name. Metrics and dimensions: AWS WAF developer guide, "AWS WAF metrics and dimensions". Pure. */
export const firewallAlarms = (environment: Environment): Readonly<Record<string, FirewallWatch>> =>
  Object.fromEntries(named(placedAlarms(environment, 'waf_alarms'), ({ region, alarm }) => (region === environment.regions[0] ? alarm.name : `${alarm.name}-${region}`)).flatMap(({ id, subject, item: { region, alarm } }) => {
    const own = subject.startsWith(`${environment.name}-`) ? subject : `${environment.name}-${subject}`;
    const { blocked } = alarmsOn(environment, region, 'AWS/WAFV2', own, {
      blocked: { metric: 'BlockedRequests', what: `${alarm.name}: more than ${alarm.threshold} requests are blocked`, statistic: 'Sum', period: alarm.period, evaluations: alarm.evals, comparison: 'GreaterThanThreshold', threshold: alarm.threshold, missing: 'notBreaching' },
    });
    return blocked === undefined ? [] : [[`${id}_blocked`, { webAcl: alarm.name, alarm: blocked }] as const];
  }));
