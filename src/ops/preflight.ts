import type { Environment } from '../config/platform.ts';
import type { Aws, CallerIdentity } from '../ports/aws.ts';
import type { Site } from './site.ts';
import { StepFailure, type Step } from './step.ts';

const mustHaveStateBucket = async ({ aws, environment, stateBucket }: Site): Promise<void> => {
  const [region = 'us-east-1'] = environment.regions;
  if (stateBucket === undefined || (await aws.named(region, 's3:bucket', stateBucket)).some(({ name }) => name === stateBucket)) return;
  throw new StepFailure([
    {
      code: 'ops/no-state-bucket',
      severity: 'error',
      at: environment.at,
      summary: `The bucket ${stateBucket} that holds the state of ${environment.name} is not in account ${environment.accountId}.`,
      fix: `Apply terraform/account/${environment.accountId} first, as docs/guides/first-apply.md says, or name your own bucket in envs.${environment.name}.state.bucket.`,
    },
  ]);
};

/** Who acts; throws `StepFailure` where that is another account than the environment's. Changes nothing. */
export const callerIn = async (aws: Aws, { name, accountId, at }: Environment): Promise<CallerIdentity> => {
  const caller = await aws.callerIdentity();
  if (caller.accountId === accountId) return caller;
  throw new StepFailure([
    {
      code: 'ops/wrong-account',
      severity: 'error',
      at,
      summary: `The credentials in use (${caller.arn}) belong to account ${caller.accountId}, but ${name} is account ${accountId}.`,
      fix: `Choose the profile of account ${accountId} (AWS_PROFILE), or correct the account id of ${name}.`,
    },
  ]);
};

/** First step of every run: the credentials in use belong to the account that the configuration names, and the state has its bucket. Changes nothing. */
export const preflightStep = (site: Site): Step => ({
  id: 'preflight',
  title: 'Checks whose account this is',
  needs: [],
  at: site.environment.at,
  deadlineMs: 60_000,
  isRepeated: true,
  run: async () => {
    const { accountId, arn } = await callerIn(site.aws, site.environment);
    await mustHaveStateBucket(site);
    return { summary: site.aws.simulated ? `account ${accountId} (simulated)` : `account ${accountId} as ${arn}`, unchanged: true };
  },
});
