import { z } from 'zod';
import { hasChanges } from '../../ops/approval.ts';
import { applySteps, approvalOf, readSavedPlans, refusals, type Approval } from '../../ops/apply-environment.ts';
import { planEnvironment, type RootPlan } from '../../ops/plan-environment.ts';
import { findRun, runJournaled, withLock } from '../../ops/run-environment.ts';
import type { Site } from '../../ops/site.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import { defineCommand, type Context, type Outcome } from '../command.ts';
import { withEnvironment } from '../environment.ts';
import { filterOf, runOptions, watchRun } from '../environment-options.ts';
import { askConsent } from '../views/ask-view.ts';
import { dryRunText } from '../views/dry-run-view.ts';
import { planText } from '../views/plan-view.ts';

const args = z.object({
  ...runOptions,
  auto_approve: z.boolean().default(false).meta({ description: 'Do not ask. Production still wants --confirm.' }),
  confirm: z.string().optional().meta({ description: 'Name of the environment, instead of typing it in.' }),
  allow_destroy: z.array(z.string()).default([]).meta({ description: 'Address (or <root>:<address>) of something stateful that may be replaced or destroyed; may be repeated.' }),
  resume: z.boolean().default(false).meta({ description: 'Continue the newest apply that was cut off or failed.' }),
});
type Args = z.infer<typeof args>;

interface ApplyValue {
  readonly environment: string;
  readonly outcome: string;
  readonly text?: string;
}

const plansFor = async (site: Site, { region, parallelism }: Args, context: Context): Promise<{ readonly plans: readonly RootPlan[]; readonly diagnostics: readonly Diagnostic[] }> => {
  const saved = await readSavedPlans(site, filterOf(region));
  if (saved.plans) return { plans: saved.plans, diagnostics: saved.diagnostics };
  const { emit, signal, done } = watchRun(context);
  const planned = await planEnvironment(site, { parallelism, emit, signal, ...filterOf(region) });
  done();
  return planned;
};

const agree = async (site: Site, given: Args, context: Context): Promise<{ readonly approval?: Approval; readonly diagnostics: readonly Diagnostic[] }> => {
  const { plans, diagnostics } = await plansFor(site, given, context);
  if (diagnostics.length > 0) return { diagnostics };
  context.progress(planText(plans, context.verbose));
  const refused = refusals(site, plans, given.allow_destroy);
  if (refused.length > 0) return { diagnostics: refused };
  const approval = approvalOf(plans, given.allow_destroy, filterOf(given.region));
  if (plans.every(({ plan }) => plan && !hasChanges(plan.summary))) return { approval, diagnostics: [] };
  const { environment } = site;
  const consent = await askConsent(context, {
    environment: environment.name,
    what: `Apply to ${environment.name}${site.local ? ' (simulated)' : ` in account ${environment.accountId}`}`,
    needsName: environment.tier === 'prod' && !site.local,
    autoApprove: given.auto_approve,
    confirm: given.confirm,
    at: environment.at,
  });
  return consent.agreed ? { approval, diagnostics: [] } : { diagnostics: consent.diagnostics };
};

const apply = async (site: Site, given: Args, context: Context): Promise<Outcome<ApplyValue>> => {
  const environment = site.environment.name;
  const found = given.resume ? await findRun(site, 'apply') : { diagnostics: [] };
  if (found.diagnostics.length > 0) return { diagnostics: found.diagnostics };
  const history = 'history' in found ? found.history : undefined;
  const agreed = history ? { approval: history.request.options['approval'] as Approval, diagnostics: [] } : await agree(site, given, context);
  if (!agreed.approval) return { diagnostics: agreed.diagnostics, failed: true };
  const { approval } = agreed;
  const resumed = history ? { ...approval, allowDestroy: [...approval.allowDestroy, ...given.allow_destroy] } : approval;
  const { emit, signal, done } = watchRun(context);
  const result = await runJournaled(site, { request: { kind: 'apply', environment, options: { approval } }, ...(history ? { resume: history } : {}) }, applySteps(site, resumed), { parallelism: given.parallelism, emit, signal });
  done();
  return { value: { environment, outcome: result.outcome }, diagnostics: result.diagnostics, failed: result.outcome !== 'done' };
};

export const envApply = defineCommand({
  name: 'env apply',
  summary: 'Shows the plan of an environment, asks, and applies exactly that, root by root, until its applications are healthy.',
  args,
  examples: ['argoeks env apply --env dev', 'argoeks env apply --env prod --confirm prod', 'argoeks env apply --env dev --resume'],
  run: (given, context) =>
    withEnvironment<ApplyValue>(given, context, async (site) => {
      if (context.dryRun) return { value: { environment: given.env, outcome: 'dry-run', text: dryRunText(applySteps(site, approvalOf([], given.allow_destroy, filterOf(given.region)))) } };
      const { value, diagnostics } = await withLock(site, `argoeks env apply --env ${given.env}`, () => apply(site, given, context));
      return value ?? { diagnostics };
    }),
  human: ({ environment, outcome, text }) => text ?? { done: `${environment} is what its configuration says.`, stopped: `Stopped. Continue with: argoeks env apply --env ${environment} --resume` }[outcome] ?? `Continue, once the cause is mended, with: argoeks env apply --env ${environment} --resume`,
});
