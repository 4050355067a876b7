import { z } from 'zod';
import { hasChanges } from '../../ops/approval.ts';
import { planEnvironment, type RootPlan } from '../../ops/plan-environment.ts';
import { rootsOf } from '../../ops/roots.ts';
import { defineCommand } from '../command.ts';
import { withEnvironment } from '../environment.ts';
import { filterOf, runOptions, watchRun } from '../environment-options.ts';
import { planText } from '../views/plan-view.ts';

interface PlanValue {
  readonly local: boolean;
  readonly environment: string;
  readonly plans: readonly RootPlan[];
  readonly would?: readonly string[];
}

export const envPlan = defineCommand({
  name: 'env plan',
  summary: 'Plans every Terraform root of an environment and keeps the plans for apply.',
  args: z.object(runOptions),
  examples: ['argoeks env plan --env dev', 'argoeks env plan --env prod --region eu-west-1'],
  run: ({ region, parallelism, ...selection }, context) =>
    withEnvironment<PlanValue>(selection, context, async (site) => {
      const environment = site.environment.name;
      if (context.dryRun) return { value: { local: site.local, environment, plans: [], would: rootsOf(site.environment, filterOf(region)).map((r) => `terraform -chdir=${r.id} plan -out=<plan>`) } };
      const { emit, signal, done } = watchRun(context);
      const { plans, diagnostics } = await planEnvironment(site, { parallelism, emit, signal, ...filterOf(region) });
      done();
      return { value: { local: site.local, environment, plans }, diagnostics, failed: signal.aborted };
    }),
  human: ({ local, environment, plans, would }, { verbose }) => {
    if (would) return [...would, 'Nothing was run (--dry-run).'].join('\n');
    const isDone = plans.every(({ plan }) => plan && !hasChanges(plan.summary));
    return `${planText(plans, verbose)}${isDone ? '' : `\nApply it with: argoeks env apply --env ${environment}${local ? ' --local' : ''}`}`;
  },
});
