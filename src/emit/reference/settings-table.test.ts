import { expect, it } from 'vitest';
import { z } from 'zod';
import { settingsTable } from './settings-table.ts';

it('lists nested keys with type, default, unit and meaning', () => {
  const schema = z.strictObject({
    amount: z.number().default(500).meta({ description: 'Ceiling a|b.', unit: 'USD/month' }),
    nat: z.strictObject({ mode: z.enum(['single', 'per_zone']).default('single').meta({ description: 'How many.' }) }).meta({ description: 'Gateways.' }),
    alarms: z.array(z.strictObject({ service: z.string().meta({ description: 'Name.', acting: false }) })).default([]),
  });
  expect(settingsTable(schema, 'envs.<env>')).toMatchInlineSnapshot(`
    "| key | type | default | unit | meaning |
    | --- | --- | --- | --- | --- |
    | \`envs.<env>.amount\` | number | \`500\` | USD/month | Ceiling a\\|b. |
    | \`envs.<env>.nat\` | object |  |  | Gateways. |
    | \`envs.<env>.nat.mode\` | \`single\`, \`per_zone\` | \`"single"\` |  | How many. |
    | \`envs.<env>.alarms\` | list of object | \`[]\` |  |  |
    | \`envs.<env>.alarms[].service\` | string |  |  | Name. *Accepted, not yet acting.* |"
  `);
});

it('says so when there is nothing to set', () => {
  expect(settingsTable(z.strictObject({}))).toBe('No settings.');
});
