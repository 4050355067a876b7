import { enabledFunctions } from '../config/function-settings.ts';
import type { Environment } from '../config/platform.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { Plan } from '../model/plan.ts';

/** Names that the user chose and AWS wants unique in an account and region. */
const chosen = (environment: Environment): readonly string[] => [
  ...enabledFunctions(environment).map(({ name }) => `function "${name}"`), ...environment.settings.registry.repositories.map(({ name }) => `repository "${name}"`),
];

/** Proves that no two environments that share an account and a region give one name to two things. Pure. */
export const accountNames = ({ platform }: Plan): readonly Diagnostic[] => {
  const taken = new Map<string, string>();
  return platform.environments.flatMap((environment) => chosen(environment).flatMap((what) => {
    const place = `${environment.accountId} ${environment.regions[0]} ${what}`;
    const first = taken.get(place);
    taken.set(place, first ?? environment.name);
    return first === undefined ? [] : [problem('verify/same-name', environment.at, `${environment.name} and ${first} share an account and a region, and both have a ${what}.`, 'Rename one of them.')];
  }));
};
