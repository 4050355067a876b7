import { writtenAt } from '../config/sources.ts';
import type { Sources } from '../config/sources.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { EnvironmentEstimate } from '../emit/cost/estimate.ts';

/** Environments whose estimate exceeds their own budget. Pure. */
export const overBudget = (estimates: readonly EnvironmentEstimate[], sources: Sources): readonly Diagnostic[] =>
  estimates.flatMap(({ environment, totals, budget }) => {
    if (budget.isOver !== true) return [];
    const at = writtenAt(sources, environment, [['budgets', 'amount'], ['budgets'], []], sources.platform.environments.find(({ name }) => name === environment)?.at ?? { file: sources.platformFile.file, line: 1, column: 1 });
    return [problem('cost/over-budget', at,
      `${environment} is estimated at ${(totals.fixed + totals.usage).toFixed(0)} USD a month (${totals.fixed.toFixed(0)} fixed), which exceeds its budget of ${budget.amount}.`,
      `Raise envs.${environment}.budgets.amount, or save where \`argoeks cost --env ${environment}\` shows most.`)];
  });
