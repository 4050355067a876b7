import type { AlertmanagerSettings } from '../config/alertmanager-settings.ts';
import { heartbeat, nobody, pageReceiver, platformReceiver } from './alertmanager-receivers.ts';
import { intervalName } from './alertmanager-silences.ts';

/** A branch of Alertmanager's tree: the first of `routes` that matches takes the alert. */
export interface Route {
  readonly matchers?: readonly string[];
  readonly receiver?: string;
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly mute_time_intervals?: readonly string[];
  readonly routes?: readonly Route[];
}

const matcher = (label: string, value: string): string => `${label}=${JSON.stringify(value)}`;

const critical = (receiver: string, { group_wait_seconds: wait }: AlertmanagerSettings): Route => ({
  matchers: [matcher('severity', 'critical')], receiver, group_wait: `${Math.min(10, wait)}s`, repeat_interval: '1h',
});

/** Namespaces of each team that has some. */
export type TeamNamespaces = ReadonlyMap<string, readonly string[]>;

/** A team's alerts are those that name it, and those about its namespaces: the rules of the chart know no teams. */
const teamRoutes = (settings: AlertmanagerSettings, namespaces: TeamNamespaces): readonly Route[] =>
  settings.teams.flatMap(({ name, pagerduty }) => {
    const own = namespaces.get(name) ?? [];
    return [matcher('team', name), ...(own.length > 0 ? [`namespace=~${JSON.stringify(own.join('|'))}`] : [])].map((which) => ({
      matchers: [which], receiver: `team-${name}`,
      routes: [critical(pagerduty ? pageReceiver(`team-${name}`) : `team-${name}`, settings)],
    }));
  });

const muted = (route: Route, interval: string): Route => ({ ...route, mute_time_intervals: [interval], ...(route.routes ? { routes: route.routes.map((below) => muted(below, interval)) } : {}) });

/**
 * What is muted for some days, in front of the tree that it repeats: on other days these alerts go where they always go. Muting does not pass from a
 * route to those below it.
 */
const silenced = ({ silences }: AlertmanagerSettings, tree: readonly Route[]): readonly Route[] =>
  silences.map((silence) => muted({
    matchers: Object.entries(silence.match).map(([label, value]) => matcher(label, value)), receiver: platformReceiver, ...(tree.length > 0 ? { routes: tree } : {}),
  }, intervalName(silence)));

/**
 * Who is told of which alert. One notification speaks of one alert of one severity in one cluster. What only proves that alerts arrive goes to who
 * waits for it, if anybody; what other rules use goes nowhere, and so does severity "info": it is for dashboards. Pure.
 */
export const rootRoute = (settings: AlertmanagerSettings, namespaces: TeamNamespaces): Route => {
  const tree = [...teamRoutes(settings, namespaces), critical(settings.pagerduty ? pageReceiver(platformReceiver) : platformReceiver, settings)];
  return {
    receiver: platformReceiver,
    group_by: ['environment', 'cluster', 'alertname', 'severity'],
    group_wait: `${settings.group_wait_seconds}s`, group_interval: `${settings.group_interval_minutes}m`, repeat_interval: `${settings.repeat_hours}h`,
    routes: [
      ...(settings.heartbeat ? [{ matchers: ['alertname="Watchdog"'], receiver: heartbeat, group_wait: '0s', group_interval: '1m', repeat_interval: `${settings.heartbeat.interval_minutes}m` }] : []),
      { matchers: ['alertname=~"Watchdog|InfoInhibitor"'], receiver: nobody },
      { matchers: ['severity=~"info|none"'], receiver: nobody },
      ...silenced(settings, tree),
      ...tree,
    ],
  };
};

/** What nobody needs to hear because something worse fires in the same cluster. */
export const inhibitRules = [
  { source_matchers: ['severity="critical"'], target_matchers: ['severity=~"warning|info"'], equal: ['cluster', 'namespace', 'alertname'] },
  { source_matchers: ['severity="warning"'], target_matchers: ['severity="info"'], equal: ['cluster', 'namespace', 'alertname'] },
  { source_matchers: ['alertname="InfoInhibitor"'], target_matchers: ['severity="info"'], equal: ['cluster', 'namespace'] },
  // The same budget: who knows that it burns fast needs no word that it burns slowly.
  { source_matchers: ['slo=~".+"', 'severity="critical"'], target_matchers: ['slo=~".+"', 'severity="warning"'], equal: ['cluster', 'slo'] },
  // Without names nothing else works for long.
  { source_matchers: ['alertname="CoreDnsDown"'], target_matchers: ['alertname=~"ExternalSecretNotReady|CertificateExpiresSoon|Ingress_Reconcile_.*|Karpenter.*|PodReadiness_.*"'], equal: ['cluster'] },
  { source_matchers: ['alertname="CiliumAgentUnreachable"'], target_matchers: ['alertname=~"Cilium_EndpointHealth_.*|CiliumEndpointHealth|PodReadiness_.*"'], equal: ['cluster'] },
] as const;
