import type { z } from 'zod';
import type { Tier } from './platform.ts';

/** The tiers in the order of promotion. */
export const tiers = ['dev', 'qa', 'prod', 'sandbox'] as const satisfies readonly Tier[];

/** One default per tier. */
export type PerTier<T> = Readonly<Record<Tier, T>>;

/** What the defaults of an environment are computed from. */
export interface Basics {
  /** The environment's key below `envs`. */
  readonly name: string;
  readonly tier: Tier;
  /** The private zone, from the file or `defaultDomain`. */
  readonly domain: string;
}

/** Tier of an environment that does not state one: its own name where that is a tier, else dev. Pure. */
export const tierOf = (name: string): Tier => tiers.find((tier) => name === tier) ?? 'dev';

/** Private zone of an environment that does not name one. */
export const defaultDomain = (name: string, tier: Tier): string => `${name}.eks.${tier === 'prod' ? 'internal' : 'local'}`;

/**
 * A setting whose default depends on the tier; all four values are kept in the schema node (`byTier`), so that editor help and
 * documentation show them.
 */
export const perTier = <S extends z.ZodType>(schema: S, tier: Tier, values: PerTier<z.output<S>>): z.ZodDefault<S> =>
  schema.default(values[tier] as never).meta({ ...schema.meta(), byTier: values });
