import type { Absent, Component } from '../../model/component.ts';
import type { ComponentPlan } from '../../model/plan.ts';
import { settingsTable } from './settings-table.ts';

const isAbsent = (part: readonly unknown[] | Absent): part is Absent => 'absent' in part;

const listOr = <T>(part: readonly T[] | Absent, line: (item: T) => string): string => {
  if (isAbsent(part)) return `None: ${part.absent}.`;
  return part.length === 0 ? 'None.' : part.map((item) => `- ${line(item)}`).join('\n');
};

/** Markdown page of one component. `planned` is the component as the first cluster that has it sees it; absent when no cluster does. Pure. */
export const componentPage = (component: Component, planned: ComponentPlan | undefined): string => {
  const parts = [
    `# ${component.id}`,
    component.summary,
    `- Layer: ${component.layer}\n- Requires: ${(component.requires ?? []).join(', ') || 'nothing'}\n- On by default: ${component.defaultOn === 'hub' ? 'on the hub' : component.defaultOn ? 'yes' : 'no'}`,
    `## Settings\n\nBelow \`envs.<env>.components.${component.id}\`, and per cluster below \`spec.components.${component.id}\`; \`enabled\` switches it.\n\n${settingsTable(component.settings)}`,
  ];
  if (planned) {
    const identities = Object.values(planned.infra).flatMap((need) => (need.kind === 'iam-role' ? [need] : []));
    parts.push(
      `## What it installs\n\n${planned.workload.releases.map((release) => `- \`${release.name}\` (${release.kind}) in \`${release.namespace}\`, wave ${planned.waves[release.name] ?? 0}`).join('\n')}`,
      `## Identities\n\n${identities.length === 0 ? 'None.' : identities.map((need) => `- \`${need.namespace}/${need.serviceAccount}\`: ${[...new Set(need.allow.flatMap((s) => s.actions))].toSorted().map((a) => `\`${a}\``).join(', ')}`).join('\n')}`,
      `## Network flows\n\n${listOr(planned.network, (flow) => `\`${flow.from}\` to \`${flow.to}\`:${flow.port}${flow.protocol === undefined ? '' : flow.protocol === 'ANY' ? ' (TCP and UDP)' : ` (${flow.protocol})`}, ${flow.why}`)}`,
      `## Alerts\n\n${listOr(planned.alerts, (alert) => `\`${alert.name}\` (${alert.severity}): ${alert.summary}`)}`,
      `## Dashboards\n\n${listOr(planned.dashboards, (panel) => `${panel.title} (${panel.unit})`)}`,
      `## Cost\n\n${listOr(planned.cost, (line) => `${line.what}: ${line.usd.toFixed(2)}${line.usage?.mostUsd === undefined ? '' : ` to ${line.usage.mostUsd.toFixed(2)}`} USD per month, ${line.basis}`)}`,
    );
  }
  parts.push(`## Live checks\n\n${component.checks.map((check) => `- \`${check.id}\`: ${check.proves}`).join('\n') || 'None.'}`);
  return `${parts.join('\n\n')}\n`;
};
