import type { Environment, Platform } from '../config/platform.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { spendingName } from '../emit/terraform/spending-props.ts';
import { findingsOf } from '../ops/failure.ts';
import type { Aws, Spent } from '../ports/aws.ts';

/** What the budget of an environment has seen this month. Asks AWS; changes nothing. */
export const readSpent = async (aws: Aws, platform: Platform, environment: Environment): Promise<{ readonly spent?: Spent; readonly diagnostics: readonly Diagnostic[] }> => {
  const { name, accountId, at } = environment;
  try {
    const who = await aws.callerIdentity();
    if (who.accountId !== accountId)
      return { diagnostics: [problem('ops/wrong-account', at, `The credentials in use (${who.arn}) belong to account ${who.accountId}, but ${name} is account ${accountId}.`, `Choose the profile of account ${accountId} (AWS_PROFILE), and name one environment with --env.`)] };
    const spent = await aws.spent(spendingName(platform, environment));
    return spent ? { spent, diagnostics: [] } : { diagnostics: [problem('ops/missing', at, `Account ${accountId} has no budget ${spendingName(platform, environment)} yet.`, `It comes with the first apply: argoeks env apply --env ${name}.`)] };
  } catch (error) {
    const diagnostics = findingsOf(error, at);
    if (!diagnostics) throw error;
    return { diagnostics };
  }
};
