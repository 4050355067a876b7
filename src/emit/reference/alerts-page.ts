import { chartAlerts, runbooksOfChart } from '../../../catalog/chart-alerts.ts';
import { chartRunbooks } from '../../components/chart-runbooks.ts';
import type { Plan } from '../../model/plan.ts';
import { rulesRelease } from '../../units/wellknown.ts';

interface Rule {
  readonly alert?: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const rulesOf = (plan: Plan): readonly Rule[] => {
  for (const { clusters } of plan.environments)
    for (const { components } of clusters)
      for (const { workload } of components)
        for (const release of workload.releases)
          if (release.name === rulesRelease && release.kind === 'manifests')
            return release.manifests.flatMap((object) => (object['spec'] as { readonly groups?: readonly { readonly rules: readonly Rule[] }[] } | undefined)?.groups?.flatMap(({ rules }) => rules) ?? []);
  return [];
};

/** Some rules name the team that they speak of when they fire. */
const teamOf = ({ team = '' }: Readonly<Record<string, string>>): string => (team.startsWith('{{') ? 'the one it speaks of' : team);

const link = (page: string): string => `[${page}](../runbooks/${page}.md)`;

const chartRows = (): readonly string[] => chartAlerts.map(({ name, severities, summary, page }) => {
  const own = chartRunbooks.get(name);
  return `| ${name} | ${severities.join(', ')} | ${summary.replaceAll('|', '\\|')} | ${own === undefined ? `[${page.split('/').at(-1) ?? ''}](${runbooksOfChart}/${page})` : link(own)} |`;
});

/** Every alert that Prometheus may fire, and the page that says what to do. Pure. */
export const alertsPage = (plan: Plan): string => {
  const rows = rulesOf(plan).flatMap(({ alert, for: lasting = '', labels = {}, annotations = {} }) => {
    const runbook = annotations['runbook_url']?.split('/').at(-1);
    return alert === undefined ? [] : [`| ${alert} | ${labels['severity'] ?? ''} | ${teamOf(labels)} | ${lasting} | ${(annotations['summary'] ?? '').replaceAll('|', '\\|')} | ${runbook ? link(runbook.replace(/\.md$/, '')) : ''} |`];
  });
  return ['# Alerts', 'What Prometheus of every cluster fires; `docs/guides/alerting.md` of ArgoEKS says who is told. Rules of components that a cluster lacks have no result there.', '## Of the platform', ['| Alert | Severity | Team | For | Means | Runbook |', '| --- | --- | --- | --- | --- | --- |', ...rows.toSorted()].join('\n'),
    '## Of the chart kube-prometheus-stack', 'They name no team: those about a tenant\'s namespace go to the tenant, the others to the platform\'s team. Severity `info` and `none` goes to nobody.', ['| Alert | Severity | Means | Runbook |', '| --- | --- | --- | --- |', ...chartRows()].join('\n')].join('\n\n');
};
