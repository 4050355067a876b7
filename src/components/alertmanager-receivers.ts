import type { AlertmanagerSettings } from '../config/alertmanager-settings.ts';

/** Where the keys of the secret are files in Alertmanager's pods. */
export const receiversFolder = '/etc/alertmanager/receivers';

/** Whoever is told, in Alertmanager's words. */
export type Receiver = { readonly name: string } & Readonly<Record<string, unknown>>;

/** The topic that everybody of the environment has subscribed to, and where PagerDuty is. */
export interface Outside {
  /** Whose alerts these are. */
  readonly cluster: string;
  readonly topicArn: string;
  readonly region: string;
  readonly pagerdutyHost: string;
}

/** Who gets alerts of one team: all of them, and the critical ones besides. */
interface Audience {
  readonly name: string;
  readonly slack: boolean;
  readonly pagerduty: boolean;
  readonly emails: readonly string[];
  /** Gets the alerts too. */
  readonly topic?: Outside;
  /** First part of the team's keys in the secret. */
  readonly keys: string;
}

/** Gets nothing. */
export const nobody = 'nobody';

/** Is called for as long as alerts arrive. */
export const heartbeat = 'heartbeat';

/** Receiver of the platform's own alerts. */
export const platformReceiver = 'platform';

/** Receiver of critical alerts; the other alerts' own where nobody is paged. */
export const pageReceiver = (receiver: string): string => `${receiver}-page`;

const audiences = ({ slack, pagerduty, teams }: AlertmanagerSettings, outside: Outside): readonly Audience[] => [
  { name: platformReceiver, slack, pagerduty, emails: [], topic: outside, keys: '' },
  ...teams.map(({ name, ...told }) => ({ name: `team-${name}`, ...told, keys: `${name}-` })),
];

const slackKey = ({ keys }: Audience): string => `${keys}slack-url`;
const pagerdutyKey = ({ keys }: Audience): string => `${keys}pagerduty-key`;
const smtpKey = 'smtp-password';
/** One for each cluster: who is called by two can't tell that one of them is silent. */
const heartbeatKey = (cluster: string): string => `${cluster}-heartbeat-url`;

const file = (key: string): string => `${receiversFolder}/${key}`;

const channels = (audience: Audience, settings: AlertmanagerSettings): Readonly<Record<string, unknown>> => ({
  ...(audience.topic ? { sns_configs: [{
    send_resolved: true, topic_arn: audience.topic.topicArn, sigv4: { region: audience.topic.region },
    subject: '{{ template "argoeks.subject" . }}', message: '{{ template "argoeks.notification" . }}', attributes: { severity: '{{ or .CommonLabels.severity "none" }}' },
  }] } : {}),
  ...(audience.slack ? { slack_configs: [{ send_resolved: true, api_url_file: file(slackKey(audience)), title: '{{ template "argoeks.subject" . }}', text: '{{ template "argoeks.text" . }}' }] } : {}),
  ...(audience.emails.length > 0 && settings.smtp ? { email_configs: audience.emails.map((to) => ({
    send_resolved: true, to, from: settings.smtp?.from, smarthost: settings.smtp?.smarthost, auth_username: settings.smtp?.username, auth_password_file: file(smtpKey),
    headers: { Subject: '{{ template "argoeks.subject" . }}' },
  })) } : {}),
});

/** Everybody who is told something. Pure. */
export const receivers = (settings: AlertmanagerSettings, outside: Outside): readonly Receiver[] => [
  { name: nobody },
  ...(settings.heartbeat ? [{ name: heartbeat, webhook_configs: [{ send_resolved: false, url_file: file(heartbeatKey(outside.cluster)) }] }] : []),
  ...audiences(settings, outside).flatMap((audience) => {
    const usual = channels(audience, settings);
    const page = audience.pagerduty ? [{ send_resolved: true, url: `https://${outside.pagerdutyHost}/v2/enqueue`, routing_key_file: file(pagerdutyKey(audience)), description: '{{ template "argoeks.subject" . }}', severity: 'critical' }] : [];
    return [{ name: audience.name, ...usual }, ...(page.length > 0 ? [{ name: pageReceiver(audience.name), ...usual, pagerduty_configs: page }] : [])];
  }),
];

/** Keys of the secret that the receivers read, sorted. Pure. */
export const secretKeys = (settings: AlertmanagerSettings, outside: Outside): readonly string[] =>
  [...new Set([...(settings.heartbeat ? [heartbeatKey(outside.cluster)] : []), ...audiences(settings, outside).flatMap((audience) => [
    ...(audience.slack ? [slackKey(audience)] : []),
    ...(audience.pagerduty ? [pagerdutyKey(audience)] : []),
    ...(audience.emails.length > 0 ? [smtpKey] : []),
  ])])].toSorted();
