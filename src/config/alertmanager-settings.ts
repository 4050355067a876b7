import { z } from 'zod';
import type { Basics } from './tier.ts';
import { perTier } from './tier.ts';

/** Names become parts of keys of a secret and of file names. */
const name = (what: string) => z.string().regex(/^[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?$/, { error: 'is no name of small letters, digits and hyphens' }).meta({ description: what });
const day = (what: string) => z.iso.date({ error: 'is not a day such as "2026-11-30"' }).meta({ description: what });
const label = z.string().regex(/^[a-zA-Z_]\w*$/, { error: 'is not the name of a label' });

const dayMs = 24 * 3600 * 1000;
const longestSilenceDays = 92;
const lengthDays = ({ from, until }: { readonly from: string; readonly until: string }): number => (Date.parse(until) - Date.parse(from)) / dayMs + 1;

const silence = () =>
  z.strictObject({
    name: name('Name of the silence.'),
    match: z.record(label, z.string().min(1)).refine((matchers) => Object.keys(matchers).length > 0, { error: 'needs at least one label, or it would mute everything' }).meta({ description: 'Labels that an alert must have, each with its exact value.' }),
    from: day('First day, UTC.'),
    until: day('Last day, UTC; the silence ends by itself.'),
    why: z.string().min(1).meta({ description: 'Reason, for whoever reads it later.' }),
  })
    .refine((one) => lengthDays(one) >= 1, { error: 'ends before it begins', path: ['until'] })
    .refine((one) => lengthDays(one) <= longestSilenceDays, { error: `lasts longer than ${longestSilenceDays} days: mend the rule instead`, path: ['until'] });

const isDistinct = (list: readonly { readonly name: string }[]): boolean => new Set(list.map((one) => one.name)).size === list.length;

/** Who Alertmanager tells inside the clusters, besides the environment's topic. What is secret stands in `alertmanager_secret_name`. */
export const alertmanagerSettings = ({ tier }: Basics) =>
  z.strictObject({
    slack: z.boolean().default(false).meta({ description: 'Alerts of the platform\'s team go to Slack as well, through the webhook in `slack-url` of the secret.' }),
    pagerduty: z.boolean().default(false).meta({ description: 'Critical alerts of the platform\'s team go to PagerDuty as well, with the integration key in `pagerduty-key` of the secret. Not together with `alerts.pagerduty`, which they reach through the topic.' }),
    smtp: z.strictObject({
      smarthost: z.string().regex(/^[\w.-]+:\d+$/, { error: 'is not "<host>:<port>"' }).meta({ description: 'Mail server, as `host:port`; TLS is required.' }),
      from: z.email({ error: 'is not an e-mail address' }).meta({ description: 'Sender.' }),
      username: z.string().min(1).meta({ description: 'Who signs in; the password stands in `smtp-password` of the secret.' }),
    }).optional().meta({ description: 'Mail server for the addresses of teams.' }),
    teams: z.array(z.strictObject({
      name: name('Value of the label `team`.').refine((team) => team !== 'platform', { error: 'is the platform\'s own team, whose alerts go to the topic' }),
      slack: z.boolean().default(false).meta({ description: 'Webhook in `<team>-slack-url` of the secret.' }),
      pagerduty: z.boolean().default(false).meta({ description: 'Integration key in `<team>-pagerduty-key` of the secret; gets critical alerts.' }),
      emails: z.array(z.email({ error: 'is not an e-mail address' })).default([]).meta({ description: 'Addresses; need `smtp`.' }),
    }).refine(({ slack, pagerduty, emails }) => slack || pagerduty || emails.length > 0, { error: 'needs one of slack, pagerduty, emails' })).default([])
      .refine(isDistinct, { error: 'names a team twice' }).meta({ description: 'Teams whose alerts, by the label `team`, go to themselves and not to the platform\'s team.' }),
    heartbeat: z.strictObject({
      host: z.string().regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, { error: 'is not a DNS name such as "hc-ping.com"' }).meta({ description: 'Host of the service, reached on port 443.', examples: ['hc-ping.com'] }),
      interval_minutes: z.int().min(2).max(60).default(5).meta({ description: 'Time between two calls; the service should wait for at least twice as long.', unit: 'min' }),
    }).optional().meta({ description: 'Service outside of AWS that each cluster calls for as long as its Prometheus and Alertmanager work, and that tells people when the calls end (a dead man\'s switch). The URL of each cluster stands in `<cluster>-heartbeat-url` of the secret. Nobody else notices when they stop.' }),
    group_wait_seconds: z.int().min(0).max(600).default(30).meta({ description: 'Wait for more alerts of a new group; 10 for critical ones at most.', unit: 's' }),
    group_interval_minutes: z.int().min(1).max(120).default(5).meta({ description: 'Wait before new alerts of a known group are sent.', unit: 'min' }),
    repeat_hours: perTier(z.int().min(1).max(168).meta({ description: 'Wait before what still fires is sent again; critical alerts every hour at least.', unit: 'h' }), tier, { dev: 24, qa: 12, prod: 4, sandbox: 24 }),
    silences: z.array(silence()).default([]).refine(isDistinct, { error: 'names a silence twice' }).meta({ description: 'Alerts that nobody is told of on some days. Reviewed like every change, and over by themselves; the first that matches an alert counts.' }),
  })
    .refine(({ smtp, teams }) => smtp !== undefined || teams.every(({ emails }) => emails.length === 0), { error: 'has teams with e-mail addresses but no smtp', path: ['smtp'] })
    .prefault({}).meta({ description: 'Alertmanager of each cluster.' });

export type AlertmanagerSettings = z.output<ReturnType<typeof alertmanagerSettings>>;
