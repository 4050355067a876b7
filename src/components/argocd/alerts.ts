import type { Alert } from '../../model/component.ts';

/**
 * What keeps an application from being compared or synced. Neither a window that is closed nor an object that waits to be pruned is among them. Source: Argo CD 3.4.4,
 * `pkg/apis/application/v1alpha1/types.go` and `autoSync` in `controller/appcontroller.go`.
 */
export const countedConditions = ['ComparisonError', 'InvalidSpecError', 'SyncError', 'UnknownError'] as const;

const failing = (project: string): string => `argocd_app_condition{condition=~"${countedConditions.join('|')}",${project}} > 0`;
const degraded = (project: string): string => `argocd_app_info{health_status=~"Degraded|Missing",${project}} == 1`;

/** Projects of teams begin with `tenant-`. */
const [platforms, teams] = ['project!~"tenant-.*"', 'project=~"tenant-.*"'] as const;

/** Grouped by what an application is called, because a controller that restarts has another name, and the time until an alert fires would begin anew. */
export const argocdAlerts: readonly Alert[] = [
  { name: 'ArgoCdAppNotSynced', expr: `max by (name, project, condition) (${failing(platforms)})`, forMinutes: 30, severity: 'warning', summary: 'An application can\'t be compared with the repository or synced for half an hour.', runbook: 'argocd-app-not-synced' },
  // Longer than a weekend on which syncs are forbidden; what still differs then was changed by somebody else, or waits for a person to delete it.
  { name: 'ArgoCdAppDiffers', expr: `max by (name, project) (argocd_app_info{sync_status="OutOfSync",${platforms}} == 1)`, forMinutes: 4 * 24 * 60, severity: 'warning', summary: 'An application differs from the repository for four days, and no sync failed.', runbook: 'argocd-app-not-synced' },
  { name: 'ArgoCdAppUnhealthy', expr: `max by (name, project, health_status) (${degraded(platforms)})`, forMinutes: 15, severity: 'warning', summary: 'An application is degraded.', runbook: 'argocd-app-unhealthy' },
  {
    name: 'TenantAppBroken', expr: `label_replace(max by (name, project) (${failing(teams)} or ${degraded(teams)}), "tenant", "$1", "project", "tenant-(.*)")`,
    forMinutes: 30, severity: 'warning', summary: 'An application of a team is degraded or can\'t be synced.', runbook: 'tenant-app-broken', team: '{{ $labels.tenant }}',
  },
];
