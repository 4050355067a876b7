import { z } from 'zod';
import { packFunctions } from '../../adapters/function-packages.ts';
import { resolve } from '../../compile/compile.ts';
import { accepted } from '../../config/accepted.ts';
import { functionsAskedAt } from '../../config/sources.ts';
import { estimate } from '../../emit/cost/environment-cost.ts';
import { secretsToWrite } from '../../emit/secrets/to-write.ts';
import type { EnvironmentEstimate } from '../../emit/cost/estimate.ts';
import { savings } from '../../emit/cost/savings.ts';
import type { Plan } from '../../model/plan.ts';
import { alertReceivers } from '../../verify/alert-receivers.ts';
import { overBudget } from '../../verify/over-budget.ts';
import { secondaryAlarms } from '../../verify/secondary-alarms.ts';
import { securityServices } from '../../verify/security-services.ts';
import { verify } from '../../verify/verify.ts';
import { defineCommand } from '../command.ts';
import { readRepository } from '../read-repository.ts';

const summary = ({ environments }: Plan) =>
  environments.map(({ environment, clusters }) => ({
    environment: environment.name,
    tier: environment.tier,
    clusters: clusters.map(({ cluster, components }) => ({ name: cluster.name, region: cluster.region, cidr: cluster.cidr, hub: cluster.hub, components: components.length })),
  }));

/** What promises for a year would save of what always runs, in USD a month; only environments where that is something. */
const savable = (estimates: readonly EnvironmentEstimate[]) =>
  estimates.map((one) => ({ environment: one.environment, usd: savings(one).reduce((sum, { savedUsd }) => sum + savedUsd, 0) })).filter(({ usd }) => usd > 0);

/** `argoeks check`: everything that can be said about the configuration without rendering it. */
export const check = defineCommand({
  name: 'check',
  summary: 'Reports everything that is wrong or not yet acting in the configuration.',
  args: z.object({}),
  examples: ['argoeks check', 'argoeks check --json'],
  async run(_, { directory }) {
    const input = await readRepository(directory);
    const { value, diagnostics } = resolve(input);
    if (!value) return { diagnostics, sources: input.files };
    const functions = await Promise.all(value.plan.platform.environments.map((environment) => packFunctions(directory, environment, functionsAskedAt(value.sources, environment))));
    const estimates = estimate(value.plan);
    const notYetActing = accepted(value.sources).map(({ key, at }) => ({ key, at }));
    return { value: { environments: summary(value.plan), secretsToWrite: secretsToWrite(value.plan), notYetActing, savings: savable(estimates) }, diagnostics: [...diagnostics, ...verify(value.plan, []), ...functions.flatMap((one) => one.diagnostics), ...overBudget(estimates, value.sources), ...secondaryAlarms(value.sources), ...securityServices(value.sources), ...alertReceivers(value.plan, value.sources)], sources: input.files };
  },
  human({ environments, secretsToWrite: secrets, notYetActing, savings: saved }) {
    const clusters = environments.flatMap(({ environment, tier, clusters: own }) => [
      `${environment} (${tier})`,
      ...own.map(({ name, region, cidr, hub, components }) => `  ${name}  ${region}  ${cidr}  ${components} components${hub ? '  hub' : ''}`),
    ]);
    const waiting = notYetActing.map(({ key, at }) => `  ${key}  ${at.file}:${at.line}`);
    const hints = saved.map(({ environment, usd }) => `  ${environment}: about ${usd} USD a month; argoeks cost --env ${environment} says with which`);
    const unwritten = secrets.map(({ environment, name, regions }) => `  ${environment}: ${name}  ${regions.join(', ')}`);
    return [...clusters, ...(unwritten.length > 0 ? ['', 'Secrets that you write (docs/reference/secrets.md says how):', ...unwritten] : []), ...(hints.length > 0 ? ['', 'A promise for a year (Savings Plan, reservations) would save, estimated:', ...hints] : []), ...(waiting.length > 0 ? ['', 'Accepted, not yet acting:', ...waiting] : []), ''].join('\n');
  },
});
