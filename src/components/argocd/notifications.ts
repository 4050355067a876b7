import type { ArgocdSettings } from '../../config/argocd-settings.ts';
import type { Environment } from '../../config/platform.ts';
import { tenantLabel } from '../../units/wellknown.ts';
import type { Flow } from '../../model/component.ts';
import type { Values } from '../../model/workload.ts';

/** Secret that the controller reads, made by External Secrets. */
export const notificationsSecret = 'argocd-notifications-secret';

/** Name of the PagerDuty service in subscriptions. */
const pagerdutyService = 'platform';

/** Channels that are really there: mail needs a server and somebody to write to. */
const channels = ({ settings }: Pick<Environment, 'settings'>, { notifications }: Pick<ArgocdSettings, 'notifications'>) => ({
  slack: notifications.slack_channel?.replace(/^#/, ''),
  pagerduty: notifications.pagerduty,
  smtp: notifications.email ? settings.monitoring.alertmanager.smtp : undefined,
  emails: notifications.email ? settings.alerts.emails : [],
});

const address = (smarthost: string): { readonly host: string; readonly port: number } => {
  const [host = '', port = ''] = smarthost.split(':');
  return { host, port: Number(port) };
};

/** Keys of the secret that the channels read; without any the controller doesn't run. Pure. */
export const notificationKeys = (environment: Environment, chosen: ArgocdSettings): readonly string[] => {
  const { slack, pagerduty, smtp } = channels(environment, chosen);
  return [...(pagerduty ? ['pagerduty-key'] : []), ...(slack === undefined ? [] : ['slack-token']), ...(smtp ? ['smtp-password'] : [])];
};

/** Name of the secret in Secrets Manager. Pure. */
export const notificationsSecretName = ({ name }: Pick<Environment, 'name'>, { notifications }: ArgocdSettings): string => notifications.secret_name ?? `/${name}/argocd/notifications`;

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

interface Event {
  readonly name: string;
  /** In the language of expr-lang. */
  readonly when: string;
  /** Told once for each value of it; else each time that `when` becomes true. */
  readonly oncePer?: string;
  readonly words: string;
  readonly detail: string;
}

/**
 * What is told. A failed sync is tried again and fails again: it is told once for each commit. What can't be compared with the repository is left to Prometheus, whose one alert speaks of all
 * applications when the repository is away.
 */
const events: readonly Event[] = [
  { name: 'health-degraded', when: `app.status.health.status == 'Degraded'`, words: 'is degraded', detail: '{{if .app.status.health.message}}: {{.app.status.health.message}}{{end}}' },
  {
    name: 'sync-failed', when: `app.status.operationState != nil and app.status.operationState.phase in ['Error', 'Failed']`, oncePer: 'app.status.operationState?.syncResult?.revisions ?? app.status.operationState?.syncResult?.revision',
    words: 'could not be synced', detail: ': {{.app.status.operationState.message}}',
  },
];

const link = '{{.context.argocdUrl}}/applications/{{.app.metadata.namespace}}/{{.app.metadata.name}}';

const trigger = ({ name, when, oncePer }: Event): string => lines([`- when: ${when}`, ...(oncePer === undefined ? [] : [`  oncePer: ${oncePer}`]), `  send: [${name}]`]);

const template = ({ name, words, detail }: Event): string => {
  const subject = `{{.app.metadata.name}} ${words}`;
  return lines([
    'message: |', `  ${subject}${detail}`, `  ${link}`,
    'email:', `  subject: '[{{.context.environment}}] ${subject}'`,
    'pagerdutyv2:', `  summary: '${subject}'`, '  severity: critical', `  source: '{{.app.metadata.name}}'`, `  group: '{{.context.environment}}'`, `  url: '${link}'`, `  dedupKey: '{{.context.environment}}/{{.app.metadata.name}}/${name}'`,
  ]);
};

const named = (prefix: string, of: (event: Event) => string): Values => Object.fromEntries(events.map((event) => [`${prefix}.${event.name}`, of(event)]));

/** Values of the notifications controller that no cluster has of its own. Pure. */
export const notificationTexts: Values = { triggers: named('trigger', trigger), templates: named('template', template) };

/** Who is told, in the controller's words; it runs only where somebody is. Pure. */
export const notificationValues = (environment: Environment, chosen: ArgocdSettings): Values => {
  const { slack, pagerduty, smtp, emails } = channels(environment, chosen);
  if (notificationKeys(environment, chosen).length === 0) return { enabled: false };
  const recipients = [...(slack === undefined ? [] : [`slack:${slack}`]), ...(smtp ? emails.map((email) => `email:${email}`) : []), ...(pagerduty ? [`pagerdutyv2:${pagerdutyService}`] : [])];
  return {
    enabled: true,
    secret: { create: false, name: notificationsSecret },
    metrics: { enabled: true },
    context: { environment: environment.name },
    notifiers: {
      ...(slack === undefined ? {} : { 'service.slack': lines(['token: $slack-token', 'disableUnfurl: true']) }),
      ...(pagerduty ? { 'service.pagerdutyv2': lines(['serviceKeys:', `  ${pagerdutyService}: $pagerduty-key`]) } : {}),
      ...(smtp ? { 'service.email': lines([...Object.entries(address(smtp.smarthost)).map(([key, value]) => `${key}: ${value}`), `from: ${smtp.from}`, `username: ${JSON.stringify(smtp.username)}`, 'password: $smtp-password']) } : {}),
    },
    // What a team broke is the team's: its receivers of Alertmanager hear of it.
    subscriptions: [{ recipients, selector: `!${tenantLabel}`, triggers: events.map(({ name }) => name) }],
    resources: { requests: { cpu: '50m', memory: '128Mi' } },
  };
};

const controller = 'argocd/argocd-notifications-controller';

/** What the notifications controller must reach. Its engine knows no other address of PagerDuty. Source: argoproj/notifications-engine, `pkg/services/pagerdutyv2.go`. Pure. */
export const notificationFlows = (environment: Environment, chosen: ArgocdSettings): readonly Flow[] => {
  const { slack, pagerduty, smtp } = channels(environment, chosen);
  if (notificationKeys(environment, chosen).length === 0) return [];
  return [
    { from: controller, to: 'kube-apiserver', port: 443, why: 'watches applications' },
    { from: controller, to: 'argocd/argocd-repo-server', port: 8081, why: 'asks for the author of a commit' },
    ...(slack === undefined ? [] : [{ from: controller, to: 'slack.com', port: 443, why: 'tells Slack' }]),
    ...(pagerduty ? [{ from: controller, to: 'events.pagerduty.com', port: 443, why: 'tells PagerDuty' }] : []),
    ...(smtp ? [{ from: controller, to: address(smtp.smarthost).host, port: address(smtp.smarthost).port, why: 'sends mail' }] : []),
  ];
};
