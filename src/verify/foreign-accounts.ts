import { problem } from '../diag/problem.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Artifact, Plan } from '../model/plan.ts';

/** An account id where only an account id can stand: in an ARN, or in the address of a private registry. */
const account = /arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:(\d{12}):|\b(\d{12})\.dkr\.ecr\./g;

/**
 * Proves that the output speaks of configured accounts only: those of environments, that of the organization, and those that the configuration itself names (roles
 * of people, a mirror in a shared account). Pure.
 */
export const foreignAccounts = (plan: Plan, artifacts: readonly Artifact[]): readonly Diagnostic[] => {
  const { platform } = plan;
  const known = new Set([...platform.environments.map(({ accountId }) => accountId), ...(platform.organization ? [platform.organization.managementAccountId] : [])]);
  const said = JSON.stringify([platform.gitops, platform.environments.map(({ settings }) => settings), platform.environments.map(({ clusters }) => clusters.map(({ kubernetes, components }) => [kubernetes, components]))]);
  return artifacts.flatMap(({ path, text }) => {
    const found = new Set<string>();
    for (const match of text.matchAll(account)) {
      const id = match[1] ?? match[2] ?? '';
      if (!known.has(id) && !said.includes(id)) found.add(id);
    }
    return [...found].map((id) => problem('verify/foreign-account', { file: path, line: text.slice(0, text.indexOf(id)).split('\n').length, column: 1 }, `The file names the AWS account ${id}, which no environment has.`, 'Correct the component or the setting it comes from.'));
  });
};
