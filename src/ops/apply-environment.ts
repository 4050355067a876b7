import type { Diagnostic } from '../diag/diagnostic.ts';
import type { PlannedChange } from '../ports/terraform.ts';
import { countChanges, countsText, hasChanges, unapproved } from './approval.ts';
import { applicationDeadlines, applicationsStep } from './await-applications.ts';
import { fluxStep } from './await-flux.ts';
import type { RootPlan } from './plan-environment.ts';
import { preflightStep } from './preflight.ts';
import { rootsOf, type Root, type RootFilter } from './roots.ts';
import { isApplied, makePlan, mustBeRendered, staleBecause, watchOf } from './run-root.ts';
import { dropPlan, planFile, savedPlan, type SavedPlan } from './saved-plan.ts';
import { configurationDigest, terraformRoot, type Site } from './site.ts';
import { forbiddenLosses } from './stateful.ts';
import { StepFailure, type Step, type StepContext, type StepOutcome } from './step.ts';

/** What was shown and agreed to, kept in the journal so that a resumed run asks nothing again. */
export interface Approval extends RootFilter {
  /** Replacements and destructions by root id. A root that is absent was not planned yet. */
  readonly losses: Readonly<Record<string, readonly PlannedChange[]>>;
  /** `--allow-destroy`. */
  readonly allowDestroy: readonly string[];
}

/** What the user agreed to by saying yes to these plans. Pure. */
export const approvalOf = (plans: readonly RootPlan[], allowDestroy: readonly string[], filter: RootFilter): Approval => ({
  ...filter,
  allowDestroy,
  losses: Object.fromEntries(plans.flatMap(({ root, plan }) => (plan ? [[root, plan.summary.changes.filter((c) => c.action === 'replace' || c.action === 'destroy')]] : []))),
});

/** Losses of stateful objects that stop an apply before it begins. Pure. */
export const refusals = (site: Site, plans: readonly RootPlan[], allowDestroy: readonly string[]): readonly Diagnostic[] => {
  const roots = rootsOf(site.environment);
  return plans.flatMap(({ root, plan }) => {
    const known = roots.find((r) => r.id === root);
    return plan && known ? forbiddenLosses(root, known.label, plan.summary.changes, allowDestroy, known.at) : [];
  });
};

/**
 * Saved plans of the roots, for `apply` to show and use. A plan that is out of date is a finding, not silently made anew.
 * Undefined value: nothing is saved, so plan first.
 */
export const readSavedPlans = async (site: Site, filter: RootFilter): Promise<{ readonly plans?: readonly RootPlan[]; readonly diagnostics: readonly Diagnostic[] }> => {
  const roots = rootsOf(site.environment, filter);
  const diagnostics: Diagnostic[] = [];
  const plans: RootPlan[] = [];
  for (const root of roots) {
    const plan = await savedPlan(site.records, site.environment.name, root);
    if (!plan || plan.destroy) continue;
    plans.push({ root: root.id, label: root.label, plan });
    await site.terraform.init(terraformRoot(site, root));
    const why = await staleBecause(site, root, plan);
    if (why) diagnostics.push({ code: 'ops/stale-plan', severity: 'error', at: root.at, summary: `The saved plan of ${root.label} is out of date: ${why}.`, fix: `Plan again and read what changed: argoeks env plan --env ${site.environment.name}` });
  }
  if (plans.length === 0) return { diagnostics };
  const planned = new Set(plans.map((p) => p.root));
  return { plans: roots.map((r) => plans.find((p) => p.root === r.id) ?? { root: r.id, label: r.label, waitsFor: r.needs.filter((n) => !planned.has(n)) }), diagnostics };
};

const mustBeApproved = (root: Root, plan: SavedPlan, { losses, allowDestroy }: Approval): void => {
  const forbidden = forbiddenLosses(root.id, root.label, plan.summary.changes, allowDestroy, root.at);
  const unseen = unapproved(losses[root.id] ?? [], plan.summary.changes).map((c): Diagnostic => ({
    code: 'ops/not-approved',
    severity: 'error',
    at: root.at,
    summary: `${root.label} would now ${c.action} ${c.address}, which was not in the plan that was approved.`,
    fix: 'Read the new plan and approve it: argoeks env plan, then argoeks env apply.',
  }));
  const all = forbidden.length > 0 ? forbidden : unseen;
  if (all.length > 0) throw new StepFailure(all);
};

const applyRoot = async (site: Site, root: Root, approval: Approval, ctx: StepContext): Promise<StepOutcome> => {
  const { environment, records, terraform } = site;
  const watch = watchOf(ctx);
  await mustBeRendered(site, root);
  for (const need of root.needs) {
    const outside = ctx.data(`apply:${need}`) === undefined ? rootsOf(environment).find((r) => r.id === need) : undefined;
    if (outside && !(await isApplied(site, outside, watch)))
      throw new StepFailure([{ code: 'ops/root-missing', severity: 'error', at: root.at, summary: `${root.label} needs ${outside.label}, which was never applied.`, fix: 'Apply without --region, or that root first.' }]);
  }
  const at = terraformRoot(site, root);
  await terraform.init(at, watch);
  const before = await savedPlan(records, environment.name, root);
  const isOvertaken = root.needs.some((need) => (ctx.data(`apply:${need}`) as { changed?: boolean } | undefined)?.changed);
  const holds = before !== undefined && !before.destroy && !isOvertaken && (await staleBecause(site, root, before)) === undefined;
  const plan = holds ? before : await makePlan(site, root, false, watch);
  mustBeApproved(root, plan, approval);
  const counts = countChanges(plan.summary);
  if (!hasChanges(plan.summary)) {
    await dropPlan(records, environment.name, root);
    return { summary: countsText(counts), unchanged: true, data: { changed: false } };
  }
  await terraform.apply(at, planFile(records, environment.name, root), watch);
  await dropPlan(records, environment.name, root);
  return { summary: countsText(counts, true), data: { changed: true } };
};

/** Steps that bring an environment to what its configuration says: roots in order, then its applications cluster by cluster, then what looks for what they made. */
export const applySteps = (site: Site, approval: Approval): readonly Step[] => {
  const roots = rootsOf(site.environment, approval);
  const preflight = preflightStep(site);
  const before = (site.extra?.before ?? []).map((step) => ({ ...step, needs: [preflight.id, ...step.needs] }));
  const first = [preflight.id, ...before.map((s) => s.id)];
  const has = (id: string): boolean => roots.some((r) => r.id === id);
  const bootstraps = roots.filter((r) => r.stage === 'bootstrap');
  // A spoke is registered by an Application of the hub: its own can't begin before the hub's are well.
  const hub = bootstraps.find((r) => r.cluster?.hub)?.cluster;
  const waits = bootstraps.flatMap((root) => {
    if (!root.cluster) return [];
    const isFlux = root.cluster.engine === 'flux';
    const after = hub && root.cluster.name !== hub.name && !isFlux ? [`applications:${hub.name}`] : [];
    const step = isFlux ? fluxStep : applicationsStep;
    return [step(site, root.cluster, [`apply:${root.id}`, ...roots.filter((r) => r.stage === 'data').map((r) => `apply:${r.id}`), ...after], applicationDeadlines(site.local))];
  });
  const applies = roots.map((root): Step => ({
    id: `apply:${root.id}`,
    title: `Applies ${root.label}`,
    needs: [...first, ...root.needs.filter(has).map((need) => `apply:${need}`), ...(root.stage === 'alarms' ? waits.map(({ id }) => id) : [])],
    at: root.at,
    would: [`terraform -chdir=${root.id} init`, `terraform -chdir=${root.id} plan -out=<plan>  (unless the saved plan still holds)`, `terraform -chdir=${root.id} apply <plan>`],
    inputs: () => configurationDigest(site.tree, root.id),
    run: (ctx) => applyRoot(site, root, approval, ctx),
  }));
  return [preflight, ...before, ...applies, ...waits];
};
