import { z } from 'zod';
import { viaSetting } from '../../config/way-in.ts';

const hostName = (what: string) => z.string().regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/, { error: 'is not a host name in lower case' }).optional().meta({ description: what });
const secretName = (what: string) => z.string().regex(/^[\w/+=.@-]{1,512}$/, { error: 'is not the name of a secret of Secrets Manager' }).optional().meta({ description: what });
const url = (what: string) => z.url({ protocol: /^https$/, error: 'is not an https URL' }).meta({ description: what });

/** Groups stand between quotes in an expression of JMESPath, on one line of an ini file. */
const groups = (what: string) => z.array(z.string().regex(/^[\w .:@/-]+$/, { error: 'is not the name or id of a group, of letters, digits and . : @ / - _' })).default([]).meta({ description: what });

const sso = z.strictObject({
  name: z.string().regex(/^[\w .-]+$/, { error: 'holds more than letters, digits and . - _' }).default('SSO').meta({ description: 'What the button says.' }),
  auth_url: url('Where people sign in (`authorization_endpoint` of the provider\'s discovery document).'),
  token_url: url('Where Grafana gets their token (`token_endpoint`).'),
  api_url: url('Where Grafana asks who they are (`userinfo_endpoint`).'),
  client_id: z.string().regex(/^[^\s;#$]+$/, { error: 'is not the id of a client' }).meta({ description: 'Client at the provider; its redirect URL is `https://<host>/login/generic_oauth`.' }),
  secret_name: secretName('Secret of Secrets Manager, a JSON object whose key `client-secret` is the secret of the client; `/<env>/grafana/sso` when absent.'),
  scopes: z.array(z.string().regex(/^[\w:./-]+$/, { error: 'is not a scope' })).min(1).default(['openid', 'profile', 'email', 'groups']).meta({ description: 'Scopes that are asked for.' }),
  groups_claim: z.string().regex(/^[\w:.-]+$/, { error: 'is not the name of a claim' }).default('groups').meta({ description: 'Claim that lists the groups of a user.' }),
  admin_groups: groups('Groups that administer Grafana.'),
  editor_groups: groups('Groups that make dashboards of their own.'),
  viewer_groups: groups('Groups that look.'),
})
  .refine(({ admin_groups, editor_groups, viewer_groups }) => admin_groups.length + editor_groups.length + viewer_groups.length > 0, { error: 'needs a group in admin_groups, editor_groups or viewer_groups: who is in none of them may not enter' })
  .optional().meta({ description: 'Single sign-on by OAuth 2 and OpenID Connect; off when absent. In prod the login form goes away with it.' });

const ingress = z.strictObject({
  enabled: z.boolean().default(false).meta({ description: 'Puts an Application Load Balancer inside the network, or the shared gateway, in front of Grafana, which speaks TLS only. Needs the load balancer controller.' }),
  via: viaSetting(),
  host: hostName('Name that people open; `grafana.<cluster>.<domain of the environment>` when absent.'),
  allowed_cidrs: z.array(z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, { error: 'is not an IPv4 block such as 10.0.0.0/8' })).min(1).default(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']).meta({ description: 'Blocks that may reach it.' }),
  certificate_arn: z.string().regex(/^arn:aws(-[a-z]+)*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, { error: 'is not the ARN of a certificate of ACM' }).optional().meta({ description: 'Certificate; when absent, the one of ACM that covers the host.' }),
}).prefault({}).meta({ description: 'The way in from outside the cluster.' });

const database = z.strictObject({
  host: z.string().regex(/^[a-z0-9.-]+(:\d+)?$/, { error: 'is not "<host>" or "<host>:<port>"' }).meta({ description: 'Server of PostgreSQL, reached with TLS.' }),
  name: z.string().regex(/^\w+$/, { error: 'is not the name of a database' }).default('grafana').meta({ description: 'Database.' }),
  user: z.string().regex(/^\w+$/, { error: 'is not the name of a user' }).default('grafana').meta({ description: 'User.' }),
  secret_name: secretName('Secret of Secrets Manager, a JSON object whose key `password` is the user\'s; `/<env>/grafana/database` when absent.'),
}).optional().meta({ description: 'Database in which Grafana keeps sessions, users and dashboards that people make. Without it they are gone with the pod.' });

/** Grafana of a cluster. */
export const grafanaSettings = z.strictObject({
  admin_secret_name: secretName('Secret of Secrets Manager, a JSON object with the keys `admin-user` and `admin-password`. When absent the cluster draws a password once and keeps it in the Secret `grafana-admin`.'),
  sso,
  ingress,
  cloudwatch: z.boolean().default(true).meta({ description: 'Data source CloudWatch, with a role that reads metrics and alarms. CloudWatch bills each metric that a panel asks for.' }),
  database,
  replicas: z.int().min(1).max(3).optional().meta({ description: 'Replicas; 2 in prod with a database, else 1, when absent.', unit: 'pods' }),
})
  .refine(({ replicas = 1, database: shared }) => replicas === 1 || shared !== undefined, { error: 'is more than one without a database: each replica would know sessions of its own, and people would be signed out at every other click', path: ['replicas'] })
  .prefault({}).meta({ description: 'Grafana of the cluster.' });

export type GrafanaSettings = z.output<typeof grafanaSettings>;
