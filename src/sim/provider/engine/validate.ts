import type { ProblemPath, ProviderProblem } from '../problem.ts';
import { UNKNOWN, isList, isRecord, text } from '../values.ts';
import type { Attributes, Value } from '../values.ts';
import type { ResourceModel } from './model.ts';
import { tagProblems } from './tags.ts';

/** All values at a dotted path with their full paths, going through lists of blocks. */
export function locate(v: Value, steps: readonly string[], done: ProblemPath = []): { value: Value; path: ProblemPath }[] {
  if (isList(v) && (steps.length > 0 || v.some(isRecord))) return v.flatMap((x, i) => locate(x, steps, [...done, i]));
  const [step, ...rest] = steps;
  if (step === undefined) return isList(v) ? v.map((value) => ({ value, path: done })) : [{ value: v, path: done }];
  return isRecord(v) ? locate(v[step] ?? null, rest, [...done, step]) : [];
}

const error = (summary: string, path: ProblemPath, detail = ''): ProviderProblem => ({ severity: 'error', summary, detail, path });

const isSet = (config: Attributes, path: string): boolean =>
  locate(config, path.split('.')).some(({ value }) => value !== null && !(isList(value) && value.length === 0));

function ruleProblems(config: Attributes, model: ResourceModel): ProviderProblem[] {
  return Object.entries(model.rules ?? {}).flatMap(([path, rule]) =>
    locate(config, path.split('.')).flatMap((found) => {
      if (found.value === null || found.value === UNKNOWN) return [];
      const problem = rule(found.value);
      return problem === undefined ? [] : [error(`${path}: ${problem}`, found.path)];
    }));
}

function countProblems(config: Attributes, model: ResourceModel): ProviderProblem[] {
  const list = (names: readonly string[]): string => names.map((n) => `\`${n}\``).join(', ');
  const conflicts = (model.conflicts ?? []).filter((names) => names.filter((n) => isSet(config, n)).length > 1)
    .map((names) => error('Conflicting configuration arguments', [names[0] ?? ''], `Only one of ${list(names)} can be specified.`));
  const exactly = (model.exactlyOne ?? []).flatMap((names) => {
    const count = names.filter((n) => isSet(config, n)).length;
    if (count === 1) return [];
    return [error(count === 0 ? 'Missing required argument' : 'Invalid combination of arguments', [names[0] ?? ''], `one of ${list(names)} must be specified${count > 1 ? ', but only one' : ''}`)];
  });
  return [...conflicts, ...exactly];
}

/** What the provider would refuse without asking AWS. Unknown values are never refused. Pure. */
export function validateResource(config: Attributes, model: ResourceModel): ProviderProblem[] {
  const tags = config['tags'] ?? null;
  return [
    ...ruleProblems(config, model),
    ...countProblems(config, model),
    ...(isRecord(tags) ? tagProblems(tags, model.tagRules ?? 'default').map((problem) => error(problem, ['tags'])) : []),
    ...(model.validate?.(config) ?? []),
    ...(text(config['region']) === '' ? [error('region: must not be empty', ['region'])] : []),
  ];
}
