import type { CostLine } from '../../model/component.ts';

/** Lines of one component, or of one part of AWS. */
export interface CostPart {
  readonly part: string;
  readonly lines: readonly CostLine[];
}

/** Sums of a month in USD, each exactly the sum of what is shown below it. */
export interface Totals {
  readonly fixed: number;
  /** What use costs as its bases assume. */
  readonly usage: number;
  /** The most that limited use can cost. */
  readonly most: number;
  /** Lines whose use nothing limits; `most` counts them as assumed. */
  readonly unlimited: number;
}

export interface ClusterEstimate {
  readonly cluster: string;
  readonly region: string;
  readonly parts: readonly CostPart[];
  readonly totals: Totals;
}

export interface EnvironmentEstimate {
  readonly environment: string;
  /** What belongs to no cluster. */
  readonly shared: readonly CostPart[];
  readonly clusters: readonly ClusterEstimate[];
  readonly totals: Totals;
  readonly budget: { readonly amount: number; readonly currency: string; readonly isOver: boolean | 'unknown' };
}

const toCents = (usd: number): number => Math.round(usd * 100);

/** The line as it is shown: whole cents, so that shown parts sum exactly to shown wholes. */
export const inCents = (line: CostLine): CostLine => ({
  ...line, usd: toCents(line.usd) / 100, ...(line.usage?.mostUsd === undefined ? {} : { usage: { mostUsd: toCents(line.usage.mostUsd) / 100 } }),
});

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + toCents(value), 0) / 100;

/** Sums of parts. Pure. */
export const totalsOf = (parts: readonly CostPart[]): Totals => {
  const lines = parts.flatMap((part) => part.lines);
  const used = lines.filter(({ usage }) => usage !== undefined);
  return {
    fixed: sum(lines.filter(({ usage }) => usage === undefined).map(({ usd }) => usd)),
    usage: sum(used.map(({ usd }) => usd)),
    most: sum(used.map(({ usd, usage }) => usage?.mostUsd ?? usd)),
    unlimited: used.filter(({ usage }) => usage?.mostUsd === undefined).length,
  };
};

/** Sums of sums. Pure. */
export const addTotals = (each: readonly Totals[]): Totals => ({
  fixed: sum(each.map(({ fixed }) => fixed)), usage: sum(each.map(({ usage }) => usage)), most: sum(each.map(({ most }) => most)),
  unlimited: each.reduce((all, { unlimited }) => all + unlimited, 0),
});

/** Whether fixed cost and assumed use exceed a budget; unknown in another currency than the prices'. Pure. */
export const isOverBudget = ({ fixed, usage }: Totals, amount: number, currency: string): boolean | 'unknown' => (currency === 'USD' ? sum([fixed, usage]) > amount : 'unknown');
