import type { z } from 'zod';
import type { Mapping } from './plain-data.ts';
import { isMapping, layered } from './plain-data.ts';
import type { Step } from './yaml-place.ts';

/**
 * Codes of findings that follow from several keys. In a mended environment one of these keys may have fallen back to its default, so
 * such a finding could be false; all others hold whatever the mended keys really say.
 */
export const derivedCodes: ReadonlySet<string> = new Set([
  'config/architecture', 'config/closed-endpoint', 'config/contradiction', 'config/endpoint-stays-private', 'config/node-counts', 'config/region-partition', 'config/too-few-zones',
]);

const without = (data: Mapping, [step, ...rest]: readonly Step[]): Mapping => {
  if (step === undefined || !Object.hasOwn(data, step)) return data;
  const inner = data[step];
  if (rest.length > 0 && isMapping(inner)) return { ...data, [step]: without(inner, rest) };
  return Object.fromEntries(Object.entries(data).filter(([key]) => key !== String(step)));
};

/** Any account id will do: nothing is made of a mended environment but findings about other keys. */
const anyAccount = { aws: { account_id: '000000000000' } };

/**
 * An environment without the keys that were refused, so that what else is wrong (in its clusters, above all) is reported in the same
 * run. A list goes as a whole, so that the places of its items stay right. Undefined where that doesn't help. Pure.
 */
export const mended = <S extends z.ZodType>(schema: S, raw: Mapping, issues: readonly z.core.$ZodIssue[]): { readonly raw: Mapping; readonly settings: z.output<S> } | undefined => {
  const refused = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]));
  const rest = refused.reduce<Mapping>((data, path) => without(data, path.map((step) => (typeof step === 'number' ? step : String(step)))), raw);
  const parsed = schema.safeParse(layered(anyAccount, rest));
  return parsed.success ? { raw: rest, settings: parsed.data } : undefined;
};
