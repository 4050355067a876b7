import { z } from 'zod';
import { commitments } from '../../../catalog/commitments.ts';
import { instancePrices } from '../../../catalog/instances.ts';
import { prices, pricesRegion } from '../../../catalog/prices.ts';
import { dataPrices, edgePrices, operationPrices, securityPrices } from '../../../catalog/service-prices.ts';
import { brokerMachines, cacheMachines, databaseMachines } from '../../../catalog/store-prices.ts';
import { volumePrice } from '../../../catalog/volume-price.ts';
import { realAws } from '../../adapters/aws.ts';
import { resolve } from '../../compile/compile.ts';
import { problem } from '../../diag/problem.ts';
import { estimate } from '../../emit/cost/environment-cost.ts';
import { savings } from '../../emit/cost/savings.ts';
import { overBudget } from '../../verify/over-budget.ts';
import { defineCommand } from '../command.ts';
import { readRepository } from '../read-repository.ts';
import { readSpent } from '../spent.ts';
import { costText } from '../views/cost-view.ts';

/** `argoeks cost`: the monthly estimate of the configuration as it stands. */
export const cost = defineCommand({
  name: 'cost',
  summary: 'Estimates what each environment costs in a month, before it is applied, and compares it with its budget.',
  args: z.object({
    env: z.string().optional().meta({ description: 'Only this environment.' }),
    spent: z.boolean().default(false).meta({ description: 'Asks AWS too, what the budget has seen this month and expects.' }),
  }),
  examples: ['argoeks cost', 'argoeks cost --env prod', 'argoeks cost --env prod --spent', 'argoeks cost --env prod --json'],
  async run({ env, spent }, { directory }) {
    const input = await readRepository(directory);
    const { value, diagnostics } = resolve(input);
    if (!value) return { diagnostics, sources: input.files };
    const { plan } = value;
    const environments = plan.environments.filter(({ environment }) => env === undefined || environment.name === env);
    if (environments.length === 0) {
      const at = { file: 'configuration/platform.yaml', line: 1, column: 1 };
      return { diagnostics: [problem('config/unknown-environment', at, `There is no environment "${env ?? ''}".`, `Name one of: ${plan.environments.map(({ environment }) => environment.name).join(', ')}.`)], sources: input.files };
    }
    const estimates = estimate({ ...plan, environments });
    const seen = new Map(spent ? await Promise.all(environments.map(async ({ environment }) => [environment.name, await readSpent(realAws(environment.regions[0] ?? pricesRegion), plan.platform, environment)] as const)) : []);
    const asked = [...seen.values()].flatMap((one) => one.diagnostics);
    if (asked.length > 0) return { diagnostics: asked, sources: input.files };
    return {
      value: { region: pricesRegion, environments: estimates.map((one) => ({ ...one, savings: savings(one), ...seen.get(one.environment) })), prices: { ...prices, ...dataPrices, ...edgePrices, ...operationPrices, ...securityPrices, databaseMachines, cacheMachines, brokerMachines, commitments, volume: volumePrice, instances: instancePrices } },
      diagnostics: overBudget(estimates, value.sources), sources: input.files,
    };
  },
  human: ({ region, environments, prices: used }) => costText(environments, region, Object.entries(used).flatMap(([name, price]) => ('verified' in price && !price.verified ? [name] : []))),
});
