import { chartAlerts } from '../../catalog/chart-alerts.ts';
import type { Environment } from '../config/platform.ts';
import { writtenAt, type Sources } from '../config/sources.ts';
import type { Code } from '../diag/codes.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { didYouMean, renameOrChoose } from '../diag/did-you-mean.ts';
import { problem } from '../diag/problem.ts';
import type { EnvironmentPlan, Plan } from '../model/plan.ts';
import { platformTeam, rulesRelease } from '../units/wellknown.ts';

interface Rule {
  readonly alert?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Rules that the platform itself brings, read where they are rendered: once, for all clusters have the same. */
const rulesOf = ({ environments }: Plan): readonly Rule[] => {
  for (const { clusters } of environments) for (const { components } of clusters) for (const { workload } of components)
    for (const release of workload.releases)
      if (release.kind === 'manifests' && release.name === rulesRelease)
        return release.manifests.flatMap(({ spec }) => (spec as { readonly groups: readonly { readonly rules: readonly Rule[] }[] }).groups.flatMap(({ rules }) => rules));
  return [];
};

type Report = (code: Code, path: readonly (string | number)[], summary: string, fix: string) => Diagnostic;

/** Points at the innermost part of a path that was written. */
const reporter = (sources: Sources, { name, at }: Environment): Report => (code, path, summary, fix) =>
  problem(code, writtenAt(sources, name, path.map((_, i) => path.slice(0, path.length - i)), at), summary, fix);

const pagers = ({ name, settings: { alerts, monitoring } }: Environment, report: Report): readonly Diagnostic[] =>
  monitoring.alertmanager.pagerduty && alerts.pagerduty.service_key_ssm !== undefined
    ? [report('verify/pages-twice', ['monitoring', 'alertmanager', 'pagerduty'], `Critical alerts of ${name} reach PagerDuty through alerts.pagerduty, and a second time through monitoring.alertmanager.pagerduty.`, `Remove envs.${name}.monitoring.alertmanager.pagerduty; alarms of AWS come through alerts.pagerduty too.`)]
    : [];

const heartbeats = ({ environment: { name, tier, settings }, clusters }: EnvironmentPlan, report: Report): readonly Diagnostic[] =>
  tier === 'prod' && settings.monitoring.alertmanager.heartbeat === undefined && clusters.some(({ components }) => components.some(({ id }) => id === 'kube-prometheus-stack'))
    ? [report('verify/unwatched', ['monitoring', 'alertmanager'], `Nobody is told when Prometheus or Alertmanager of ${name} stops.`, `Set envs.${name}.monitoring.alertmanager.heartbeat: {host: …}, and write the URL of each cluster into the secret (docs/guides/alerting.md).`)]
    : [];

const silences = ({ name, settings: { monitoring } }: Environment, known: ReadonlySet<string>, report: Report): readonly Diagnostic[] =>
  monitoring.alertmanager.silences.flatMap(({ match, name: silence }, i) => {
    const alert = match['alertname'];
    if (alert === undefined || known.has(alert)) return [];
    const near = didYouMean(alert, known);
    return [report('verify/unknown-alert', ['monitoring', 'alertmanager', 'silences', i, 'match', 'alertname'], `The silence "${silence}" of ${name} is about "${alert}", which is no alert of the platform.`, near === undefined ? 'Take a name from docs/reference/alerts.md, unless the alert is of a rule of your own.' : `Did you mean "${near}"?`)];
  });

const teams = ({ name, settings: { monitoring, tenants } }: Environment, ofRules: ReadonlySet<string>, report: Report): readonly Diagnostic[] =>
  monitoring.alertmanager.teams.flatMap(({ name: team }, i) => {
    const known = [...tenants.map((tenant) => tenant.name), ...ofRules];
    return known.includes(team) ? [] : [report('verify/unknown-team', ['monitoring', 'alertmanager', 'teams', i, 'name'], `envs.${name}.monitoring.alertmanager.teams has receivers for "${team}", which is no tenant of ${name}.`, tenants.length === 0 ? `Name the team in envs.${name}.tenants, or leave it for rules of your own that are labelled team: ${team}.` : renameOrChoose(team, known))];
  });

/** What Alertmanager is told about alerts, teams and pagers, held against those that there are. Pure. */
export const alertReceivers = (plan: Plan, sources: Sources): readonly Diagnostic[] => {
  const rules = rulesOf(plan);
  // Without Prometheus there are no alerts to compare with.
  const alerts = new Set(rules.length === 0 ? [] : [...rules.flatMap(({ alert }) => alert ?? []), ...chartAlerts.map(({ name }) => name)]);
  const ofRules = new Set(rules.flatMap(({ labels = {} }) => (labels['team'] === undefined || labels['team'] === platformTeam || labels['team'].startsWith('{{') ? [] : [labels['team']])));
  return plan.environments.flatMap((one) => {
    const report = reporter(sources, one.environment);
    return [...heartbeats(one, report), ...pagers(one.environment, report), ...(alerts.size === 0 ? [] : silences(one.environment, alerts, report)), ...teams(one.environment, ofRules, report)];
  });
};
