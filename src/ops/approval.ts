import type { PlannedAction, PlannedChange, PlanSummary } from '../ports/terraform.ts';

/** How many objects a plan touches, by action. */
export type PlanCounts = Readonly<Record<PlannedAction, number>>;

/** Counts the changes of plans. Pure. */
export const countChanges = (...plans: readonly PlanSummary[]): PlanCounts => {
  const counts = { create: 0, update: 0, replace: 0, destroy: 0, forget: 0 };
  for (const { changes } of plans) for (const { action } of changes) counts[action] += 1;
  return counts;
};

/** True when applying it would do something. */
export const hasChanges = (plan: PlanSummary): boolean => plan.changes.length > 0 || plan.outputsChange;

const words: Readonly<Record<PlannedAction, readonly [string, string]>> = {
  create: ['to create', 'created'],
  update: ['to change', 'changed'],
  replace: ['to replace', 'replaced'],
  destroy: ['to destroy', 'destroyed'],
  forget: ['to forget', 'forgotten'],
};

/** For example `3 to create, 1 to replace` (or, when it is done, `3 created, 1 replaced`), or `no changes`. Pure. */
export const countsText = (counts: PlanCounts, isDone = false): string =>
  (Object.keys(words) as PlannedAction[]).filter((action) => counts[action] > 0).map((action) => `${counts[action]} ${words[action][isDone ? 1 : 0]}`).join(', ') || 'no changes';

/**
 * Changes of a plan that nobody has seen and agreed to. A root that was planned again (because a root before it changed, or after a
 * crash in the middle) may create, change or skip what it likes, but replaces and destroys only what was approved for it. Pure.
 */
export const unapproved = (approved: readonly PlannedChange[], actual: readonly PlannedChange[]): readonly PlannedChange[] =>
  actual.filter((c) => (c.action === 'replace' || c.action === 'destroy') && !c.tainted && !approved.some((a) => a.address === c.address && (a.action === c.action || a.action === 'replace')));
