import type { FunctionSettings } from '../../config/function-settings.ts';
import { terraformName } from './names.ts';

/** Names in Terraform of an environment's functions; names that would be one there, also with the log group of an API, are told apart by their place. */
export const namedFunctions = (functions: readonly FunctionSettings[]): readonly (readonly [string, FunctionSettings])[] => {
  const taken = new Set<string>();
  return functions.map((one, i) => {
    const id = terraformName(one.name);
    const own = taken.has(id) || taken.has(`${id}_api`) ? `${id}_${i + 1}` : id;
    for (const each of [own, `${own}_api`]) taken.add(each);
    return [own, one];
  });
};
