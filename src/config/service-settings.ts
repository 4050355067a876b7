import { z } from 'zod';
import type { Basics } from './tier.ts';
import { perTier } from './tier.ts';

/** Who is told when something breaks. */
export const alertsSettings = () =>
  z.strictObject({
    emails: z.array(z.email({ error: 'is not an e-mail address' })).default([]).meta({ description: 'Addresses that get alarms and budget notices.' }),
    slack: z.strictObject({
      workspace_id: z.string().regex(/^[0-9A-Z]{0,255}$/, { error: 'is not the id of a Slack workspace such as "T0123ABCD"' }).default('').meta({ description: 'Slack workspace; alarms go to Slack when both ids are set.' }),
      channel_id: z.string().regex(/^[A-Za-z0-9]{0,255}$/, { error: 'is not the id of a Slack channel such as "C0123ABCD"' }).default('').meta({ description: 'Slack channel.' }),
    }).refine(({ workspace_id, channel_id }) => (workspace_id === '') === (channel_id === ''), { error: 'needs both ids, or none' }).prefault({}).meta({ description: 'Slack, through AWS Chatbot.' }),
    pagerduty: z.strictObject({
      service_key_ssm: z.string().optional().meta({ description: 'Parameter Store path of the PagerDuty service key.' }),
    }).prefault({}).meta({ description: 'PagerDuty.', acting: false }),
  }).prefault({}).meta({ description: 'Who is told when something breaks.' });

const isRising = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > (values[i - 1] ?? Infinity));

/** Spending guard. Its output comes with a later part of the platform. */
export const budgetsSettings = ({ tier }: Basics) =>
  z.strictObject({
    amount: perTier(z.number().positive().meta({ description: 'Ceiling for one calendar month.', unit: 'currency/month' }), tier, { dev: 500, qa: 1500, prod: 10000, sandbox: 500 }),
    currency: z.string().regex(/^[A-Z]{3}$/, { error: 'is not a three-letter currency such as "USD"' }).default('USD').meta({ description: 'Currency of `amount`.' }),
    thresholds: perTier(z.array(z.number().min(1).max(1000)).min(1).refine(isRising, { error: 'must rise from left to right' }).meta({ description: 'Shares of the ceiling at which a notice is sent.', unit: '%' }), tier, { dev: [80, 95, 100], qa: [80, 95, 100], prod: [70, 85, 95, 100], sandbox: [80, 95, 100] }),
    billing_alarm_threshold: perTier(z.number().positive().meta({ description: 'Estimated charges of the account at which the billing alarm fires.', unit: 'USD' }), tier, { dev: 400, qa: 1300, prod: 9000, sandbox: 400 }),
  }).prefault({}).meta({ description: 'Spending guard.', acting: false });

/** Kubeflow. Its output comes with a later part of the platform. */
export const kubeflowSettings = ({ name, domain }: Basics) =>
  z.strictObject({
    enabled: z.boolean().default(false).meta({ description: 'Installs Kubeflow.' }),
    host: z.string().default(`kubeflow.${domain}`).meta({ description: 'Name Kubeflow is reached by.' }),
    acm_cert_arn: z.string().default('').meta({ description: 'Certificate of the load balancer.' }),
    oidc: z.strictObject({
      issuer: z.string().default('').meta({ description: 'OpenID Connect issuer.' }),
      client_id: z.string().default(`kubeflow-${name}`).meta({ description: 'OpenID Connect client.' }),
      client_secret_ssm: z.string().default(`/${name}/kubeflow/oidc/clientSecret`).meta({ description: 'Where the client\'s secret is kept.' }),
      client_secret_provider: z.enum(['ssm', 'secretsmanager']).default('ssm').meta({ description: 'Store that holds the client\'s secret.' }),
    }).prefault({}).meta({ description: 'Sign-in.' }),
    pipelines: z.strictObject({
      bucket: z.string().default(`${name}-mlops-kfp`).meta({ description: 'Bucket of the pipelines\' artifacts.' }),
      kms_arn: z.string().default('').meta({ description: 'KMS key of the bucket.' }),
    }).prefault({}).meta({ description: 'Kubeflow Pipelines.' }),
  }).prefault({}).meta({ description: 'Kubeflow.', acting: false });

/** Lambda functions. Their output comes with a later part of the platform. */
export const functionsSettings = () =>
  z.array(z.strictObject({
    name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, { error: 'is not a function name (letters, digits, - and _, at most 64)' }).meta({ description: 'Name of the function.' }),
    package: z.string().optional().meta({ description: 'Folder or archive with the code.' }),
    runtime: z.string().default('python3.12').meta({ description: 'Lambda runtime.' }),
    handler: z.string().default('handler.handler').meta({ description: 'Entry point.' }),
    memory: z.int().min(128).max(10240).default(256).meta({ description: 'Memory.', unit: 'MB' }),
    timeout: z.int().min(1).max(900).default(10).meta({ description: 'Longest run.', unit: 's' }),
    architectures: z.array(z.enum(['x86_64', 'arm64'])).length(1).default(['x86_64']).meta({ description: 'Processor family.' }),
    env: z.record(z.string(), z.string()).default({}).meta({ description: 'Environment variables; no secrets.' }),
    http_api: z.strictObject({
      enabled: z.boolean().default(false).meta({ description: 'Puts an HTTP API in front.' }),
      routes: z.array(z.string()).default(['GET /']).meta({ description: 'Routes of the HTTP API.' }),
    }).prefault({}).meta({ description: 'HTTP API.' }),
  })).default([]).meta({ description: 'Lambda functions.', acting: false });

const toggle = (description: string, acting: boolean) => z.boolean().optional().meta({ description, acting });

/** On/off switches of the original platform. Absent means: as the component or setting it stands for says. */
export const featuresSettings = () =>
  z.strictObject({
    infrastructure: z.strictObject({
      eks: toggle('false leaves the whole environment out; its clusters must then not be registered.', true),
      karpenter: toggle('false turns the component karpenter off.', true),
      vpc_endpoints: toggle('false turns `network.endpoints` off.', true),
    }).prefault({}).meta({ description: 'Infrastructure.' }),
    storage: z.strictObject({ s3: toggle('Data lake buckets.', false), redis: toggle('Redis.', false) }).prefault({}).meta({ description: 'Data stores.' }),
    security: z.strictObject({ waf: toggle('Web application firewall.', false), guardduty: toggle('GuardDuty.', false) }).prefault({}).meta({ description: 'Security services.' }),
    serving: z.strictObject({ kserve: toggle('KServe.', false), apigw: toggle('API Gateway.', false) }).prefault({}).meta({ description: 'Model serving.' }),
    observability: z.strictObject({
      alb_alarms: toggle('Alarms on load balancers.', false),
      tg_alarms: toggle('Alarms on target groups.', false),
      s3_alarms: toggle('Alarms on buckets.', false),
    }).prefault({}).meta({ description: 'Alarms.' }),
    serverless: z.strictObject({ lambda: toggle('Lambda functions.', false) }).prefault({}).meta({ description: 'Functions.' }),
  }).prefault({}).meta({ description: 'On/off switches by area.' });
