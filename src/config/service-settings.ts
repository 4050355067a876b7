import { z } from 'zod';
import type { Basics } from './tier.ts';

/** Who is told when something breaks. */
export const alertsSettings = () =>
  z.strictObject({
    emails: z.array(z.email({ error: 'is not an e-mail address' })).default([]).meta({ description: 'Addresses that get alarms and budget notices.' }),
    slack: z.strictObject({
      workspace_id: z.string().regex(/^[0-9A-Z]{0,255}$/, { error: 'is not the id of a Slack workspace such as "T0123ABCD"' }).default('').meta({ description: 'Slack workspace; alarms go to Slack when both ids are set.' }),
      channel_id: z.string().regex(/^[A-Za-z0-9]{0,255}$/, { error: 'is not the id of a Slack channel such as "C0123ABCD"' }).default('').meta({ description: 'Slack channel.' }),
    }).refine(({ workspace_id, channel_id }) => (workspace_id === '') === (channel_id === ''), { error: 'needs both ids, or none' }).prefault({}).meta({ description: 'Slack, through AWS Chatbot.' }),
    pagerduty: z.strictObject({
      service_key_ssm: z.string().regex(/^\/(?!aws\/|ssm\/)[\w.\-/]{1,1000}$/i, { error: 'is not a path in Parameter Store such as /dev/alerts/pagerduty/serviceKey' }).optional()
        .meta({ description: 'Parameter Store path of the integration key, in the first region of the environment. You write it there; alerts go to PagerDuty where this is set.' }),
      service_region: z.enum(['us', 'eu']).default('us').meta({ description: 'Service region of the PagerDuty account.' }),
    }).prefault({}).meta({ description: 'PagerDuty, through a Lambda function.' }),
  }).prefault({}).meta({ description: 'Who is told when something breaks.' });

/** Kubeflow. Only its bucket acts; the rest of its output comes with a later part of the platform. */
export const kubeflowSettings = ({ name, domain }: Basics) =>
  z.strictObject({
    enabled: z.boolean().default(false).meta({ description: 'Installs Kubeflow.', acting: false }),
    host: z.string().default(`kubeflow.${domain}`).meta({ description: 'Name Kubeflow is reached by.', acting: false }),
    acm_cert_arn: z.string().default('').meta({ description: 'Certificate of the load balancer.', acting: false }),
    oidc: z.strictObject({
      issuer: z.string().default('').meta({ description: 'OpenID Connect issuer.' }),
      client_id: z.string().default(`kubeflow-${name}`).meta({ description: 'OpenID Connect client.' }),
      client_secret_ssm: z.string().default(`/${name}/kubeflow/oidc/clientSecret`).meta({ description: 'Where the client\'s secret is kept.' }),
      client_secret_provider: z.enum(['ssm', 'secretsmanager']).default('ssm').meta({ description: 'Store that holds the client\'s secret.' }),
    }).prefault({}).meta({ description: 'Sign-in.', acting: false }),
    pipelines: z.strictObject({
      bucket: z.string().regex(/^[a-z0-9][a-z0-9-]{1,34}$/, { error: 'must hold 2 to 35 characters a-z, 0-9 and -' }).default(`${name}-mlops-kfp`).meta({ description: 'First part of the name of the bucket `storage.pipelines`; account and region follow, because names of buckets are global.' }),
      kms_arn: z.string().default('').meta({ description: 'KMS key of the bucket `storage.pipelines`; the environment\'s key when empty.' }),
    }).prefault({}).meta({ description: 'Kubeflow Pipelines.' }),
  }).prefault({}).meta({ description: 'Kubeflow.' });

const toggle = (description: string, acting: boolean) => z.boolean().optional().meta({ description, acting });

/** On/off switches of the original platform. Absent means: as the component or setting it stands for says. */
export const featuresSettings = () =>
  z.strictObject({
    infrastructure: z.strictObject({
      eks: toggle('false leaves the whole environment out; its clusters must then not be registered.', true),
      karpenter: toggle('false turns the component karpenter off.', true),
      vpc_endpoints: toggle('false turns `network.endpoints` off.', true),
    }).prefault({}).meta({ description: 'Infrastructure.' }),
    storage: z.strictObject({ s3: toggle('The same as `storage.data_lake.enabled`.', true), redis: toggle('The same as `data.redis.enabled`.', true) }).prefault({}).meta({ description: 'Data stores.' }),
    security: z.strictObject({ waf: toggle('The same as `edge.waf.enabled`.', true), guardduty: toggle('GuardDuty.', false) }).prefault({}).meta({ description: 'Security services.' }),
    serving: z.strictObject({ kserve: toggle('KServe.', false), apigw: toggle('The same as `edge.api_gateway.enabled`.', true) }).prefault({}).meta({ description: 'Model serving.' }),
    observability: z.strictObject({
      alb_alarms: toggle('false leaves out the alarms of `monitoring.alb_alarms`.', true),
      tg_alarms: toggle('false leaves out the alarms of `monitoring.target_group_alarms`.', true),
      s3_alarms: toggle('false leaves out the alarms of `monitoring.s3_alarms`.', true),
    }).prefault({}).meta({ description: 'Alarms.' }),
    serverless: z.strictObject({ lambda: toggle('false makes none of the Lambda functions that `functions` lists.', true) }).prefault({}).meta({ description: 'Functions.' }),
  }).prefault({}).meta({ description: 'On/off switches by area.' });
