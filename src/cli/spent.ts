import type { Environment, Platform } from '../config/platform.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { spendingName } from '../emit/terraform/spending-props.ts';
import { findingsOf } from '../ops/failure.ts';
import { callerIn } from '../ops/preflight.ts';
import type { Aws, Spent } from '../ports/aws.ts';

/** What the budget of an environment has seen this month. Asks AWS; changes nothing. */
export const readSpent = async (aws: Aws, platform: Platform, environment: Environment): Promise<{ readonly spent?: Spent; readonly diagnostics: readonly Diagnostic[] }> => {
  const { name, accountId, at } = environment;
  try {
    await callerIn(aws, environment);
    const spent = await aws.spent(spendingName(platform, environment));
    return spent ? { spent, diagnostics: [] } : { diagnostics: [problem('ops/missing', at, `Account ${accountId} has no budget ${spendingName(platform, environment)} yet.`, `It comes with the first apply: argoeks env apply --env ${name}.`)] };
  } catch (error) {
    const diagnostics = findingsOf(error, at);
    if (!diagnostics) throw error;
    return { diagnostics };
  }
};
