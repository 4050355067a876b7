import type { PolicyStatement } from '../../stacks/policy.ts';
import { policyLength } from '../../stacks/policy.ts';
import type { Rights } from './deploy-rights.ts';

/** What a role takes. Source: IAM user guide, "IAM and AWS STS quotas": managed policies attached to a role, size of a managed policy. */
export const mostPolicies = 10;
export const mostCharacters = 6144;

type Part = readonly [string, readonly PolicyStatement[]];

/** Cuts what is too long for one policy between statements. */
const cut = ([name, statements]: Part): readonly Part[] => {
  const pieces: PolicyStatement[][] = [];
  for (const statement of statements) {
    const last = pieces.at(-1);
    if (last && policyLength([...last, statement]) <= mostCharacters) last.push(statement);
    else pieces.push([statement]);
  }
  return pieces.map((piece, i) => [i === 0 ? name : `${name}_${i + 1}`, piece]);
};

/** Joins the two parts that are shortest together, where IAM takes both in one; undefined where it takes no two. */
const joinTwo = (parts: readonly Part[]): readonly Part[] | undefined => {
  const pairs = parts.flatMap((a, i) => parts.slice(i + 1).map((b) => ({ a, b, length: policyLength([...a[1], ...b[1]]) })));
  const [best] = pairs.toSorted((x, y) => x.length - y.length);
  if (!best || best.length > mostCharacters) return undefined;
  const joined: Part = [`${best.a[0]}_${best.b[0]}`, [...best.a[1], ...best.b[1]]];
  return parts.flatMap((part) => (part === best.a ? [joined] : part === best.b ? [] : [part]));
};

/**
 * The same rights in policies that IAM takes: each part a policy of its own while there are at most `most` of them and they are short
 * enough; else parts are cut, and the shortest joined under both their names. Pure.
 */
export const packed = (rights: Rights, most: number): Rights => {
  let parts = Object.entries(rights).flatMap(cut);
  while (parts.length > most) {
    const fewer = joinTwo(parts);
    if (!fewer) break;
    parts = [...fewer];
  }
  return Object.fromEntries(parts);
};
