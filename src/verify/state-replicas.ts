import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { Plan } from '../model/plan.ts';

/** Environments of one account that want its states copied to different regions: the account has one role, one key and one copy for them. Pure. */
export const stateReplicas = ({ platform }: Plan): readonly Diagnostic[] =>
  [...Map.groupBy(platform.environments, ({ accountId }) => accountId).values()].flatMap((environments) => {
    const asking = environments.filter(({ settings }) => settings.state.replica_region !== undefined);
    const [first] = asking;
    return asking.filter(({ settings }) => settings.state.replica_region !== first?.settings.state.replica_region).map(({ name, at, accountId, settings }) =>
      problem('verify/state-replicas', at, `envs.${name}.state.replica_region is ${settings.state.replica_region ?? ''}, but envs.${first?.name ?? ''} of the same account ${accountId} says ${first?.settings.state.replica_region ?? ''}.`, 'Name the same region in both, or leave one of them out.'));
  });
