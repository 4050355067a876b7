import type { Site } from './site.ts';
import { StepFailure, type Step } from './step.ts';

/** First step of every run: the credentials in use belong to the account that the configuration names. Changes nothing. */
export const preflightStep = (site: Site): Step => ({
  id: 'preflight',
  title: 'Checks whose account this is',
  needs: [],
  at: site.environment.at,
  deadlineMs: 60_000,
  isRepeated: true,
  run: async () => {
    const { accountId, arn } = await site.aws.callerIdentity();
    const wanted = site.environment.accountId;
    if (accountId !== wanted)
      throw new StepFailure([
        {
          code: 'ops/wrong-account',
          severity: 'error',
          at: site.environment.at,
          summary: `The credentials in use (${arn}) belong to account ${accountId}, but ${site.environment.name} is account ${wanted}.`,
          fix: `Choose the profile of account ${wanted} (AWS_PROFILE), or correct the account id of ${site.environment.name}.`,
        },
      ]);
    return { summary: site.aws.simulated ? `account ${accountId} (simulated)` : `account ${accountId} as ${arn}`, unchanged: true };
  },
});
