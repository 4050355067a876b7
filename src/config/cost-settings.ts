import { z } from 'zod';
import type { Basics } from './tier.ts';
import { perTier } from './tier.ts';

const isRising = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > (values[i - 1] ?? Infinity));

/** AWS sends at most ten notices for one budget; one of them is the forecast. Source: AWS Budgets API reference, Notification. */
const mostThresholds = 9;

/** Spending guard: budget, billing alarm, watch for unusual spending. */
export const budgetsSettings = ({ tier }: Basics) =>
  z.strictObject({
    amount: perTier(z.number().positive().meta({ description: 'Ceiling for one calendar month.', unit: 'currency/month' }), tier, { dev: 500, qa: 1500, prod: 10000, sandbox: 500 }),
    currency: z.string().regex(/^[A-Z]{3}$/, { error: 'is not a three-letter currency such as "USD"' }).default('USD').meta({ description: 'Currency of `amount`: the one AWS bills the account in.' }),
    thresholds: perTier(z.array(z.number().min(1).max(1000)).min(1).max(mostThresholds, { error: `has more than ${mostThresholds} items, which AWS refuses` }).refine(isRising, { error: 'must rise from left to right' }).meta({ description: 'Shares of the ceiling at which a notice is sent; a forecast above 100 % is told too.', unit: '%' }), tier, { dev: [80, 95, 100], qa: [80, 95, 100], prod: [70, 85, 95, 100], sandbox: [80, 95, 100] }),
    billing_alarm_threshold: perTier(z.number().positive().meta({ description: 'Estimated charges of the account at which the billing alarm fires.', unit: 'USD' }), tier, { dev: 400, qa: 1300, prod: 9000, sandbox: 400 }),
    activate_tags: z.boolean().default(false).meta({ description: 'Activates the tags of the environment for splitting the bill. Only for an account that pays its own; in an organization it is `org.cost_allocation_tags`. AWS refuses keys that it has not yet seen on something billed: switch it on a day after the first apply.' }),
    anomaly: z.strictObject({
      enabled: perTier(z.boolean().meta({ description: 'Watches for unusual spending, which is free.' }), tier, { dev: false, qa: false, prod: true, sandbox: false }),
      threshold: perTier(z.number().positive().meta({ description: 'Unusual spending from which a notice is sent.', unit: 'USD' }), tier, { dev: 50, qa: 100, prod: 500, sandbox: 50 }),
      monitor_arn: z.string().regex(/^arn:aws[\w-]*:ce::\d{12}:anomalymonitor\/[\w-]+$/, { error: 'is not the ARN of an anomaly monitor' }).optional().meta({ description: 'Monitor to use instead of making one. AWS allows one monitor of services for each account and may have made it by itself ("Default-Services-Monitor").' }),
    }).prefault({}).meta({ description: 'Cost anomaly detection.' }),
  }).prefault({}).meta({ description: 'Spending guard.' });
