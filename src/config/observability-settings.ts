import { z } from 'zod';
import { retentionDays } from './retention-days.ts';

const ids = (what: string) => z.array(z.string().regex(/^[0-9a-f-]{36,47}$/, { error: 'is not the id of a group of IAM Identity Center' })).default([]).meta({ description: `Groups of IAM Identity Center that ${what}, by id.` });

/** Prometheus and Grafana as services of AWS. */
export const observabilitySettings = () =>
  z.strictObject({
    amp: z.strictObject({
      enabled: z.boolean().default(false).meta({ description: 'Makes a workspace of Amazon Managed Service for Prometheus in each region of the environment, and a role that Prometheus of each cluster may write with. Billed by sample, query and storage.' }),
      log_retention_days: z.literal([...retentionDays]).default(30).meta({ description: 'How long what rules and alerts log is kept; one of the retentions CloudWatch Logs knows.', unit: 'days' }),
    }).prefault({}).meta({ description: 'Amazon Managed Service for Prometheus.' }),
    amg: z.strictObject({
      enabled: z.boolean().default(false).meta({ description: 'Makes a workspace of Amazon Managed Grafana in the primary region that may read the Prometheus workspaces. Billed for each user who signs in: about 9 USD a month an editor, 5 a viewer (not verified against AWS).' }),
      authentication: z.enum(['AWS_SSO', 'SAML']).default('AWS_SSO').meta({ description: 'How people sign in: IAM Identity Center, or a SAML provider that is configured in the workspace.' }),
      version: z.string().regex(/^\d+\.\d+$/, { error: 'is not a version of Grafana such as "10.4"' }).default('10.4').meta({ description: 'Version of Grafana; it can only rise.' }),
      admin_groups: ids('administer the workspace'),
      editor_groups: ids('edit dashboards'),
      viewer_groups: ids('look at dashboards'),
    }).refine(({ authentication, admin_groups, editor_groups, viewer_groups }) => authentication === 'AWS_SSO' || admin_groups.length + editor_groups.length + viewer_groups.length === 0, { error: 'names groups of IAM Identity Center, but people sign in through SAML: assign roles in the SAML provider instead' }).prefault({}).meta({ description: 'Amazon Managed Grafana.' }),
  }).prefault({}).meta({ description: 'Metrics and dashboards as services of AWS, besides those that run in the clusters.' });
