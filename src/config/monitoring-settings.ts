import { z } from 'zod';
import { grafana } from '../../catalog/grafana.ts';
import { alertmanagerSettings } from './alertmanager-settings.ts';
import { dashboardIds } from './dashboard-ids.ts';
import type { Basics } from './tier.ts';
import { perTier } from './tier.ts';

const period = (value: number) => z.int().min(60).multipleOf(60, { error: 'is not a multiple of 60: AWS publishes these metrics once a minute' }).default(value).meta({ description: 'Length of one evaluation.', unit: 's' });
const evals = (value: number) => z.int().min(1).default(value).meta({ description: 'Evaluations in a row that must be over the threshold.', unit: 'evaluations' });

const loadBalancer = {
  service: z.string().min(1).meta({ description: 'Service the alarm is about; part of the alarm\'s name.' }),
  lb_full_name: z.string().regex(/^app\/[^/]+\/[^/]+$/, { error: 'is not the full name of an application load balancer, "app/<name>/<id>"' }).optional().meta({ description: 'Load balancer as `app/<name>/<id>`.' }),
  lb_name: z.string().optional().meta({ description: 'Load balancer by name, looked up after deployment.' }),
  lb_tags: z.record(z.string(), z.string()).optional().meta({ description: 'Load balancer by tags, looked up after deployment.' }),
};

type Named = { readonly [key in 'lb_full_name' | 'lb_name' | 'tg_full_name' | 'tg_name' | 'bucket' | 'bucket_arn']?: string | undefined } & { readonly lb_tags?: Readonly<Record<string, string>> | undefined };

/** One of the keys must say what the alarm is about. */
const saysWhich = (...keys: readonly (keyof Named)[]): [(alarm: Named) => boolean, { error: string }] =>
  [(alarm) => keys.some((key) => alarm[key] !== undefined), { error: `needs one of ${keys.join(', ')}` }];

const albAlarm = (basics: Basics) =>
  z.strictObject({
    ...loadBalancer,
    elb_5xx_threshold: z.number().min(0).default(5).meta({ description: '5xx answers of the load balancer itself.', unit: 'answers/period' }),
    elb_5xx_period: period(60),
    elb_5xx_evals: evals(3),
    target_5xx_threshold: z.number().min(0).default(100).meta({ description: '5xx answers of the targets.', unit: 'answers/period' }),
    target_5xx_period: period(60),
    target_5xx_evals: evals(3),
    latency_threshold: perTier(z.number().positive().meta({ description: 'Response time.', unit: 's' }), basics.tier, { dev: 1, qa: 1, prod: 0.8, sandbox: 1 }),
    latency_stat: z.union([z.literal('Average'), z.string().regex(/^p\d{1,2}(\.\d)?$/, { error: 'is neither "Average" nor a percentile such as "p95"' })]).default('p95').meta({ description: 'Statistic of the response time.' }),
    latency_period: period(60),
    latency_evals: evals(3),
  }).refine(...saysWhich('lb_full_name', 'lb_name', 'lb_tags'));

const targetGroupAlarm = (basics: Basics) =>
  z.strictObject({
    ...loadBalancer,
    tg_full_name: z.string().regex(/^targetgroup\/[^/]+\/[^/]+$/, { error: 'is not the full name of a target group, "targetgroup/<name>/<id>"' }).optional().meta({ description: 'Target group as `targetgroup/<name>/<id>`.' }),
    tg_name: z.string().optional().meta({ description: 'Target group by name, looked up after deployment.' }),
    healthy_min: perTier(z.int().min(0).meta({ description: 'Fewest healthy targets.', unit: 'targets' }), basics.tier, { dev: 1, qa: 1, prod: 2, sandbox: 1 }),
    unhealthy_max: z.int().min(0).default(0).meta({ description: 'Most unhealthy targets.', unit: 'targets' }),
    period: period(60),
    evals: evals(3),
  }).refine(...saysWhich('tg_full_name', 'tg_name', 'lb_full_name', 'lb_name', 'lb_tags'));

const s3Alarm = () =>
  z.strictObject({
    bucket: z.string().optional().meta({ description: 'Bucket by name.' }),
    bucket_arn: z.string().regex(/^arn:aws[\w-]*:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'is not the ARN of a bucket' }).optional().meta({ description: 'Bucket by ARN.' }),
    five_xx_threshold: z.number().min(0).default(5).meta({ description: '5xx answers.', unit: 'answers/period' }),
    four_xx_rate_threshold_percent: z.number().min(0).max(100).default(5).meta({ description: 'Share of 4xx answers.', unit: '%' }),
    period: period(300),
    evals: evals(1),
  }).refine(...saysWhich('bucket', 'bucket_arn'));

const wafAlarm = (basics: Basics) =>
  z.strictObject({
    name: z.string().default(`${basics.name}-argocd-waf`).meta({ description: 'Web ACL the alarm is about.' }),
    threshold: perTier(z.number().min(0).meta({ description: 'Blocked requests.', unit: 'requests/period' }), basics.tier, { dev: 100, qa: 100, prod: 1000, sandbox: 100 }),
    period: period(300),
    evals: evals(1),
  });

/** A list of alarms for every region, for the first region of the environment (`_primary`) and for the second (`_secondary`). */
const alarmLists = <N extends string, S extends z.ZodType>(name: N, item: S, what: string) => {
  const list = (where: string) => z.array(item).default([]).meta({ description: `${what}${where}` });
  return { [name]: list('.'), [`${name}_primary`]: list(', in the first region.'), [`${name}_secondary`]: list(', in the second region.') } as
    Record<N | `${N}_primary` | `${N}_secondary`, z.ZodDefault<z.ZodArray<S>>>;
};

/** Alarms and dashboards. */
export const monitoringSettings = (basics: Basics) => {
  const { name, tier } = basics;
  return z.strictObject({
    alertmanager_secret_name: z.string().regex(/^[\w/+=.@-]{1,512}$/, { error: 'is not the name of a secret of Secrets Manager' }).default(`/${name}/alertmanager/config`).meta({ description: 'Name in Secrets Manager of what Alertmanager needs to tell others: a JSON object with the keys that `alertmanager` names. Read only where one of them is asked for.' }),
    alertmanager: alertmanagerSettings(basics),
    grafana: z.strictObject({
      dashboard_ids: dashboardIds(grafana.publicDashboards).meta({ description: 'Dashboards of grafana.com that Grafana of each cluster imports, as `id:revision`; of those in `catalog/grafana.ts` the revision may be left out or be `latest`.' }),
      dashboard_mirror: z.url({ protocol: /^https$/, error: 'is not an https URL' }).optional().meta({ description: 'Where they are read from instead of grafana.com, as `<mirror>/<id>/revisions/<revision>/download`. Clusters without a way out (`network.nat: none`) import none without it.' }),
    }).prefault({}).meta({ description: 'Grafana.' }),
    ...alarmLists('alb_alarms', albAlarm(basics), 'Alarms on application load balancers'),
    ...alarmLists('target_group_alarms', targetGroupAlarm(basics), 'Alarms on target groups'),
    ...alarmLists('s3_alarms', s3Alarm(), 'Alarms on request metrics of buckets'),
    ...alarmLists('waf_alarms', wafAlarm(basics), 'Alarms on blocked requests'),
    rds_alarms: z.strictObject({
      period: period(60),
      evals: evals(3),
      cpu: z.number().min(1).max(100).default(80).meta({ description: 'CPU utilisation.', unit: '%' }),
      free_storage_low_mb: perTier(z.number().positive().meta({ description: 'Least free storage; never more than a fifth of `data.postgres.storage_gib`.', unit: 'MB' }), tier, { dev: 10240, qa: 20480, prod: 51200, sandbox: 10240 }),
      freeable_memory_low_mb: perTier(z.number().positive().meta({ description: 'Least freeable memory.', unit: 'MB' }), tier, { dev: 512, qa: 1024, prod: 2048, sandbox: 512 }),
      read_latency_sec: perTier(z.number().positive().meta({ description: 'Read latency.', unit: 's' }), tier, { dev: 0.1, qa: 0.08, prod: 0.05, sandbox: 0.1 }),
      write_latency_sec: perTier(z.number().positive().meta({ description: 'Write latency.', unit: 's' }), tier, { dev: 0.1, qa: 0.08, prod: 0.05, sandbox: 0.1 }),
      connections_high: perTier(z.int().positive().meta({ description: 'Open connections.', unit: 'connections' }), tier, { dev: 500, qa: 800, prod: 1500, sandbox: 500 }),
    }).prefault({}).meta({ description: 'Thresholds of the alarms on RDS and Aurora, which every instance has.' }),
    redis_alarms: z.strictObject({
      period: period(60),
      evals: evals(3),
      cpu: z.number().min(1).max(100).default(80).meta({ description: 'CPU utilisation.', unit: '%' }),
      memory: perTier(z.number().positive().meta({ description: 'Least freeable memory.', unit: 'MB' }), tier, { dev: 512, qa: 1024, prod: 2048, sandbox: 512 }),
      evictions: z.int().min(1).default(1).meta({ description: 'Evicted keys at which the alarm fires.', unit: 'keys/period' }),
    }).prefault({}).meta({ description: 'Thresholds of the alarms on Valkey and Redis, which every node has.' }),
  }).prefault({}).meta({ description: 'Alarms and dashboards.' });
};
