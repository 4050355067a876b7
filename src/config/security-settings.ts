import { z } from 'zod';
import type { Basics } from './tier.ts';
import { perTier } from './tier.ts';

/** Security services of an environment. */
export const securitySettings = ({ tier }: Basics) =>
  z.strictObject({
    finding_alerts: perTier(z.boolean().meta({ description: 'Sends findings of Security Hub (high and critical) and GuardDuty (severity 7 and more) to the alert topic of their region.' }), tier, { dev: false, qa: true, prod: true, sandbox: false }),
  }).prefault({}).meta({ description: 'Security services.' });
