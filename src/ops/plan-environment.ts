import type { Diagnostic } from '../diag/diagnostic.ts';
import { countChanges, countsText } from './approval.ts';
import { runSteps } from './engine.ts';
import type { RunEvent } from './events.ts';
import { preflightStep } from './preflight.ts';
import { rootsOf, type Root, type RootFilter } from './roots.ts';
import { isApplied, makePlan, mustBeRendered, watchOf } from './run-root.ts';
import type { SavedPlan } from './saved-plan.ts';
import type { Site } from './site.ts';
import type { Step } from './step.ts';

/** What is known of one root before anything is applied. */
export interface RootPlan {
  readonly root: string;
  readonly label: string;
  /** Absent when the root can't be planned yet. */
  readonly plan?: SavedPlan;
  /** Labels of roots that must be applied before this one can be planned. */
  readonly waitsFor?: readonly string[];
}

export interface EnvironmentPlanResult {
  /** In the order of applying; only roots that were looked at. */
  readonly plans: readonly RootPlan[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface PlanOptions extends RootFilter {
  readonly parallelism: number;
  readonly emit: (event: RunEvent) => void;
  readonly signal?: AbortSignal;
}

const planStep = (site: Site, root: Root, roots: readonly Root[], first: string): Step => ({
  id: `plan:${root.id}`,
  title: `Plans ${root.label}`,
  needs: [first, ...root.needs.filter((need) => roots.some((r) => r.id === need)).map((need) => `plan:${need}`)],
  at: root.at,
  run: async (ctx) => {
    const watch = watchOf(ctx);
    await mustBeRendered(site, root);
    const all = rootsOf(site.environment);
    const missing: string[] = [];
    for (const need of root.needs) {
      const known = ctx.data(`plan:${need}`) as { applied: boolean } | undefined;
      const before = all.find((r) => r.id === need);
      if (before && !(known ? known.applied : await isApplied(site, before, watch))) missing.push(before.label);
    }
    if (missing.length > 0) return { summary: `not planned yet: needs ${missing.join(', ')}`, unchanged: true, data: { applied: false, waitsFor: missing } };
    const applied = await isApplied(site, root, watch);
    const plan = await makePlan(site, root, false, watch);
    return { summary: countsText(countChanges(plan.summary)), data: { applied, plan } };
  },
});

/**
 * Plans every root that can be planned and keeps the plans for `apply`. A root that reads what another one has yet to make is not a
 * failure: it says which root it waits for. Changes nothing but the records.
 */
export const planEnvironment = async (site: Site, { parallelism, emit, signal, ...filter }: PlanOptions): Promise<EnvironmentPlanResult> => {
  const roots = rootsOf(site.environment, filter);
  const preflight = preflightStep(site);
  const steps = [preflight, ...roots.map((root) => planStep(site, root, roots, preflight.id))];
  const result = await runSteps(steps, { run: 'plan', kind: 'plan', environment: site.environment.name, clock: site.clock, parallelism, emit, record: async () => undefined, ...(signal ? { signal } : {}) });
  const plans = roots.flatMap((root): RootPlan[] => {
    const data = result.data.get(`plan:${root.id}`) as { plan?: SavedPlan; waitsFor?: readonly string[] } | undefined;
    return data ? [{ root: root.id, label: root.label, ...(data.plan ? { plan: data.plan } : {}), ...(data.waitsFor ? { waitsFor: data.waitsFor } : {}) }] : [];
  });
  return { plans, diagnostics: result.diagnostics };
};
