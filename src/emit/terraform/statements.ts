import type { IamStatement } from '../../model/infra.ts';
import type { PolicyStatement } from '../../stacks/policy.ts';

/** Statements of a component in the form constructs take: test keys as data, because their keys may hold a cluster's name. Pure. */
export const policyStatements = (allow: readonly IamStatement[]): readonly PolicyStatement[] =>
  allow.map(({ sid, actions, on, when }) => ({
    ...(sid === undefined ? {} : { sid }),
    actions, on,
    ...(when === undefined ? {} : { when: Object.fromEntries(Object.entries(when).map(([operator, keys]) => [operator, Object.entries(keys).map(([key, values]) => ({ key, values }))])) }),
  }));
