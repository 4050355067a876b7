import { z } from 'zod';
import { loadBalancer } from './load-balancer-settings.ts';
import { cronFault } from '../units/cron.ts';
import { isTimeZone } from '../units/time-zone.ts';

const hostName = z.string().regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/, { error: 'is not a host name in lower case' });
const secretName = (what: string) => z.string().regex(/^[\w/+=.@-]{1,512}$/, { error: 'is not the name of a secret of Secrets Manager' }).optional().meta({ description: what });
/** Groups become lines of CSV. */
const groups = (what: string) => z.array(z.string().regex(/^[^\s",#]([^",#\r\n]*[^\s",#])?$/, { error: 'is not the name or id of a group, which holds no comma, quote or #' })).default([]).meta({ description: what });

const policyLine = z.string().regex(/^(p(,[^,"\n]+){5}|g(,[^,"\n]+){2})$/, { error: 'is not a line of Argo CD\'s policy: "p, <subject>, <resource>, <action>, <object>, allow|deny" or "g, <subject>, role:<role>"' });

const oidc = z.strictObject({
  issuer: z.url({ protocol: /^https$/, error: 'is not an https URL' }).meta({ description: 'Issuer, as the provider\'s discovery document spells it.' }),
  client_id: z.string().min(1).meta({ description: 'Client of the web interface; its redirect URL is `https://<host>/auth/callback`.' }),
  cli_client_id: z.string().min(1).optional().meta({ description: 'Client of the command line, where the provider wants one of its own.' }),
  scopes: z.array(z.string().min(1)).min(1).default(['openid', 'profile', 'email', 'groups']).meta({ description: 'Scopes that are asked for.' }),
  groups_claim: z.string().regex(/^[\w:./-]+$/, { error: 'is not the name of a claim' }).default('groups').meta({ description: 'Claim that lists the groups of a user.' }),
  secret_name: secretName('Secret of Secrets Manager, a JSON object whose key `clientSecret` is the secret of the client; `/<env>/argocd/sso` when absent.'),
}).optional().meta({ description: 'A provider of OpenID Connect.' });

const identityCenter = z.strictObject({
  sign_in_url: z.url({ protocol: /^https$/, error: 'is not an https URL' }).meta({ description: 'Sign-in URL of the SAML application in IAM Identity Center.' }),
  certificate: z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/, { error: 'is not base64 on one line' }).meta({ description: 'Certificate of that application, the whole PEM file in base64 on one line; not a secret.' }),
}).optional().meta({ description: 'IAM Identity Center, over SAML through Dex; groups are known by their ids.' });

const sso = z.strictObject({ oidc, identity_center: identityCenter })
  .refine((one) => (one.oidc === undefined) !== (one.identity_center === undefined), { error: 'needs one of oidc and identity_center, and not both' })
  .optional().meta({ description: 'Single sign-on; off when absent.' });

const access = z.strictObject({
  platform_admins: groups('Groups that may do everything.'),
  read_only: groups('Groups that see applications, projects, clusters and repositories, and change nothing.'),
}).prefault({}).meta({ description: 'Who may do what, by the groups of single sign-on. Who is in none of them may do nothing.' });

const ingress = z.strictObject({
  enabled: z.boolean().default(false).meta({ description: 'Puts an Application Load Balancer in front of Argo CD, which speaks TLS only.' }),
  ...loadBalancer,
  waf: z.boolean().default(true).meta({ description: 'Puts the web ACL `<env>-argocd-waf` in front, where `edge.waf` makes it.' }),
}).prefault({}).meta({ description: 'The way in from outside the cluster.' });

const notifications = z.strictObject({
  slack_channel: z.string().regex(/^#?[\w-]{1,80}$/, { error: 'is not the name or id of a Slack channel' }).optional().meta({ description: 'Channel that is told; `slack-token` of the secret is the token of a Slack app that may write there.' }),
  pagerduty: z.boolean().default(false).meta({ description: 'Opens incidents for degraded applications and failed syncs; `pagerduty-key` of the secret is the key of an Events API v2 integration.' }),
  email: z.boolean().default(false).meta({ description: 'Mails to `alerts.emails` through `monitoring.alertmanager.smtp`; `smtp-password` of the secret is its password.' }),
  secret_name: secretName('Secret of Secrets Manager, a JSON object with these keys; `/<env>/argocd/notifications` when absent.'),
}).prefault({}).meta({ description: 'Who Argo CD itself tells that an application is degraded or can\'t be synced.' });

const syncWindow = z.strictObject({
  kind: z.enum(['allow', 'deny']).meta({ description: '`allow`: nothing is synced outside; `deny`: nothing is synced inside.' }),
  schedule: z.string().superRefine((schedule, context) => {
    const fault = cronFault(schedule);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  }).meta({ description: 'When it begins, in five fields: minute, hour, day of the month, month, day of the week.', examples: ['0 22 * * FRI'] }),
  duration: z.string().regex(/^([1-9]\d*h)?([1-9]\d*m)?$/, { error: 'is not a time such as "8h" or "1h30m"' }).min(1).meta({ description: 'How long it lasts.' }),
  timezone: z.string().max(50).refine(isTimeZone, { error: 'is not a time zone such as "Europe/Berlin"' }).default('UTC').meta({ description: 'Time zone of the schedule, by its IANA name.' }),
  manual_sync: z.boolean().default(true).meta({ description: 'Lets people sync by hand all the same.' }),
  why: z.string().min(1).max(255).meta({ description: 'Reason, for whoever meets it.' }),
});

/** Settings of the component `argocd`: all that Argo CD of an environment is told. */
export const argocdSettings = z.strictObject({
  host: hostName.optional().meta({ description: 'Name it is reached by; `argocd.<domain>` of the environment when absent.' }),
  replicas: z.int().min(1).max(10).optional().meta({ description: 'Replicas of the API server and of the ApplicationSet controller; 2 in prod, else 1, when absent.', unit: 'pods' }),
  repo_server_replicas: z.int().min(1).max(50).optional().meta({ description: 'Replicas of the repository server; from the number of applications when absent.', unit: 'pods' }),
  shards: z.int().min(1).max(100).optional().meta({ description: 'Application controllers that divide the clusters among them; from the number of applications when absent.', unit: 'pods' }),
  redis_ha: z.boolean().optional().meta({ description: 'Runs three Redis servers behind a proxy, each on a node of its own; on in prod with three nodes or more when absent.' }),
  admin_enabled: z.boolean().optional().meta({ description: 'Keeps the local admin account; off in prod and with single sign-on, else on, when absent.' }),
  sso,
  access,
  default_role: z.string().regex(/^(role:[\w-]+)?$/, { error: 'is not a role such as "role:read-only"' }).refine((role) => !/^role:(admin|platform-admin)$/.test(role), { error: 'would make everybody an administrator' }).default('').meta({ description: 'Role of users that are in no group of `access`; empty means no access.' }),
  policy: z.array(policyLine).default([]).meta({ description: 'Further lines of Argo CD\'s policy.', examples: ['p, role:read-only, logs, get, */*, allow'] }),
  ingress,
  notifications,
  sync_windows: z.array(syncWindow).default([]).meta({ description: 'When the platform\'s own applications are synced in this environment. Without any: at all times.' }),
});

export type ArgocdSettings = z.output<typeof argocdSettings>;
