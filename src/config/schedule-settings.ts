import { z } from 'zod';
import { isTimeZone } from '../units/time-zone.ts';
import type { Basics } from './tier.ts';

/** Days of the week as EventBridge Scheduler names them. */
export const weekDays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'is not a time of day such as "07:30", in quotes' });

/** Minutes since midnight. */
export const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Time that backups and maintenance of databases take, whether or not it is summer. */
const leastHours = 3;

/** When an environment runs with fewer nodes. */
export const scheduleSettings = ({ tier }: Basics) =>
  z.strictObject({
    enabled: z.boolean().default(false).refine((on) => !on || tier !== 'prod', { error: 'cannot be true in prod, which is always up' }).meta({ description: 'Scales managed node groups down outside working hours; not in prod.' }),
    timezone: z.string().max(50).refine(isTimeZone, { error: 'is not a time zone such as "Europe/Berlin"' }).default('UTC').meta({ description: 'Time zone of the times below, by its IANA name.' }),
    days: z.array(z.enum(weekDays)).min(1).default(['MON', 'TUE', 'WED', 'THU', 'FRI']).meta({ description: 'Days on which the environment is worked on.' }),
    up: Time.default('07:00').meta({ description: 'When node groups grow to `nodes.desired`.' }),
    down: Time.default('20:00').meta({ description: 'When they shrink, on the same day.' }),
    databases: z.boolean().default(true).meta({ description: 'Also stops PostgreSQL and Aurora of `data` from `down` to `up`; their storage and backups stay, and are paid for. Caches and Kafka cannot be stopped.' }),
    nodes: z.int().min(1).default(1).meta({ description: 'Nodes that stay: Karpenter runs on them and removes its own idle nodes.', unit: 'nodes' }),
  }).refine(({ up, down }) => minutes(up) < minutes(down), { error: 'needs `up` before `down`' })
    .refine(({ up, down, enabled, databases }) => !enabled || !databases || minutes(down) - minutes(up) >= leastHours * 60, { error: `needs ${leastHours} hours between \`up\` and \`down\` where databases are stopped: RDS backs up and maintains only what runs` })
    .prefault({}).meta({ description: 'Working hours.' });

type Hours = Parameters<typeof upShare>[0];

/** True where databases are stopped outside working hours. */
export const stopsDatabases = ({ enabled, databases }: Pick<Hours, 'enabled'> & { readonly databases: boolean }): boolean => enabled && databases;

/** Share of the week during which databases run. Pure. */
export const databaseShare = (schedule: Hours & { readonly databases: boolean }): number => (stopsDatabases(schedule) ? upShare(schedule) : 1);

/** Share of the week during which all nodes run. Pure. */
export const upShare = ({ enabled, days: worked, up, down }: { readonly enabled: boolean; readonly days: readonly string[]; readonly up: string; readonly down: string }): number =>
  enabled ? (new Set(worked).size * (minutes(down) - minutes(up))) / (7 * 24 * 60) : 1;
