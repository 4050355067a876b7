import { enabledFunctions } from '../config/function-settings.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { Plan } from '../model/plan.ts';

/** Proves that no two environments that share an account and a region have functions of one name. Pure. */
export const functionNames = ({ platform }: Plan): readonly Diagnostic[] => {
  const taken = new Map<string, string>();
  return platform.environments.flatMap((environment) => enabledFunctions(environment).flatMap(({ name }) => {
    const place = `${environment.accountId} ${environment.regions[0]} ${name}`;
    const first = taken.get(place);
    taken.set(place, first ?? environment.name);
    return first === undefined ? [] : [problem('functions/same-name', environment.at, `${environment.name} and ${first} share an account and a region, and both have a function "${name}".`, 'Rename one of them.')];
  }));
};
