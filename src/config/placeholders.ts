import type { z } from 'zod';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { show } from '../diag/show.ts';
import type { Origin } from './issues.ts';
import { isActing, metaOf, schemaAt } from './schema-walk.ts';
import type { Step } from './yaml-place.ts';

const sign = /\bREPLACE|\byour[-_ ]\w|\bCHANGE[-_ ]?ME\b|^<.+>$|\bexample\.(com|org|net)\b/i;
/** Account ids that AWS uses in its documentation; none of them can be yours. */
const sampleAccounts: ReadonlySet<string> = new Set(['111122223333', '123456789012', '444455556666', '777788889999', '000000000000', '111111111111', '222222222222', '333333333333', '999999999999']);

const sampleAccountIn = (text: string): string | undefined => /(?<!\d)\d{12}(?!\d)/g[Symbol.match](text)?.find((id) => sampleAccounts.has(id));

/** Calls `visit` for every text, number and boolean in plain data, with the way to it. */
export const eachLeaf = (data: unknown, visit: (path: readonly Step[], value: unknown) => void, path: readonly Step[] = []): void => {
  if (typeof data !== 'object' || data === null) visit(path, data);
  else if (Array.isArray(data)) data.forEach((item, i) => { eachLeaf(item, visit, [...path, i]); });
  else for (const [key, item] of Object.entries(data)) eachLeaf(item, visit, [...path, key]);
};

/** Warnings for values that were left over from an example, in keys that act. Pure. */
export const findPlaceholders = (data: unknown, schema: z.ZodType | undefined, origin: Origin): readonly Diagnostic[] => {
  const found: Diagnostic[] = [];
  eachLeaf(data, (path, value) => {
    if (typeof value !== 'string' || (schema && !isActing(schema, path))) return;
    const account = sampleAccountIn(value);
    if (account === undefined && !sign.test(value)) return;
    const node = schema && schemaAt(schema, path);
    const what = node && metaOf(node).description;
    const name = [origin.name, ...path].filter((step) => step !== '').join('.');
    found.push(problem('config/placeholder', origin.source.span([...origin.path, ...path]),
      account === undefined ? `${name} is still a placeholder: ${show(value)}.` : `${name} ${value === account ? 'is' : 'holds'} ${account}, an account id of the AWS documentation.`,
      account === undefined ? `Put the real value here${what === undefined ? '.' : `: ${what}`} The local platform works without it.` : 'Put the twelve digits of your own account here (aws sts get-caller-identity --query Account). The local platform works without it.'));
  });
  return found;
};
