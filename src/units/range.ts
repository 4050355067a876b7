/** What is known only within bounds: the value lies between the two. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Bounds put in order. Pure. */
export const range = (a: number, b: number): Range => (a <= b ? { low: a, high: b } : { low: b, high: a });

/** A value that is known. */
export const exactly = (value: number): Range => ({ low: value, high: value });

/** Both bounds changed in the same way; `change` may fall, then they swap. Pure. */
export const mapRange = ({ low, high }: Range, change: (value: number) => number): Range => range(change(low), change(high));

/** The sum of ranges whose errors are not known to be independent: bounds add up. Pure. */
export const sumRanges = (...parts: readonly Range[]): Range => ({ low: parts.reduce((sum, { low }) => sum + low, 0), high: parts.reduce((sum, { high }) => sum + high, 0) });

/**
 * The middle half of a range of positive values, on a scale of ratios. Bounds that put several independent uncertainties to the same end at once are
 * rarely reached: four of equal size, added as squares, give half the width. Pure.
 */
export const middleHalf = ({ low, high }: Range): Range => {
  const quarter = (high / low) ** 0.25;
  return Number.isFinite(quarter) && quarter > 0 ? { low: low * quarter, high: high / quarter } : { low, high };
};
