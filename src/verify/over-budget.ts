import type { Sources } from '../config/sources.ts';
import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { estimate } from '../emit/cost/environment-cost.ts';
import type { Plan } from '../model/plan.ts';

/** Where the budget was written, else where the environment begins. */
const budgetAt = (sources: Sources, name: string, otherwise: Span): Span => {
  const origin = sources.environments.get(name)?.origin;
  const path = origin && [['budgets', 'amount'], ['budgets'], []].map((tail) => [...origin.path, ...tail]).find((one) => origin.source.has(one));
  return origin && path ? origin.source.span(path, 'key') : otherwise;
};

/** Environments whose estimate exceeds their own budget. Pure. */
export const overBudget = (plan: Plan, sources: Sources): readonly Diagnostic[] =>
  estimate(plan).flatMap(({ environment, totals, budget }) => {
    if (budget.isOver !== true) return [];
    const at = budgetAt(sources, environment, plan.environments.find((one) => one.environment.name === environment)?.environment.at ?? { file: sources.platformFile.file, line: 1, column: 1 });
    return [problem('cost/over-budget', at,
      `${environment} is estimated at ${(totals.fixed + totals.usage).toFixed(0)} USD a month (${totals.fixed.toFixed(0)} fixed), which exceeds its budget of ${budget.amount}.`,
      `Raise envs.${environment}.budgets.amount, or save where \`argoeks cost --env ${environment}\` shows most.`)];
  });
