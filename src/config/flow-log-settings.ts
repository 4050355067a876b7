import { z } from 'zod';
import type { Tier } from './platform.ts';
import { retentionDays } from './retention-days.ts';
import { perTier } from './tier.ts';

/** Record of the connections of each cluster's VPC. */
export const flowLogSettings = (tier: Tier) =>
  z.strictObject({
    enabled: perTier(z.boolean().meta({ description: 'Records connections of each VPC in an encrypted log group.' }), tier, { dev: true, qa: true, prod: true, sandbox: false }),
    traffic: perTier(z.enum(['ALL', 'ACCEPT', 'REJECT']).meta({ description: 'Connections that are recorded. Logs are paid by the gigabyte, so dev keeps only what was refused: little, and what one looks for when something can\'t be reached.' }), tier, { dev: 'REJECT', qa: 'ALL', prod: 'ALL', sandbox: 'REJECT' }),
    retention_days: z.literal([...retentionDays]).default(400).meta({ description: 'How long they are kept; one of the retentions CloudWatch Logs knows.', unit: 'days' }),
    interval_seconds: z.literal([60, 600]).default(600).meta({ description: 'Time over which packets are summed up; 60 makes more, and dearer, records.', unit: 's' }),
  }).prefault({}).meta({ description: 'VPC flow logs.' });
