import pc from 'picocolors';
import type { Spent } from '../../ports/aws.ts';
import type { Saving } from '../../emit/cost/savings.ts';
import type { CostPart, EnvironmentEstimate, Totals } from '../../emit/cost/estimate.ts';

const usd = (value: number): string => value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

interface Row {
  readonly indent: number;
  readonly text: string;
  readonly fixed: string;
  readonly usage: string;
  readonly basis: string;
}

const range = (least: number, most: number | undefined): string => (most === undefined || most === least ? usd(least) : `${usd(least)} to ${usd(most)}`);

const partRows = ({ part, lines }: CostPart, indent: number): readonly Row[] => [
  { indent, text: part, fixed: '', usage: '', basis: '' },
  ...lines.map((line): Row => ({
    indent: indent + 2, text: line.what, basis: line.basis,
    fixed: line.usage === undefined ? usd(line.usd) : '', usage: line.usage === undefined ? '' : range(line.usd, line.usage.mostUsd),
  })),
];

const totalRow = (text: string, { fixed, usage, most }: Totals, indent: number): Row => ({ indent, text, fixed: usd(fixed), usage: range(usage, most), basis: '' });

const rowsOf = ({ environment, shared, clusters, totals }: EnvironmentEstimate): readonly Row[] => [
  totalRow(environment, totals, 0),
  ...shared.flatMap((part) => partRows(part, 2)),
  ...clusters.flatMap((one) => [totalRow(`${one.cluster}  ${one.region}`, one.totals, 2), ...one.parts.flatMap((part) => partRows(part, 4))]),
];

const verdict = ({ totals, budget: { amount, currency, isOver } }: EnvironmentEstimate): string => {
  const needed = usd(totals.fixed + totals.usage);
  if (isOver === 'unknown') return `  The budget is in ${currency}; prices are in USD: not compared.`;
  return isOver ? pc.yellow(`  Fixed and assumed use, ${needed}, exceed the budget of ${usd(amount)} ${currency}.`) : `  Fixed and assumed use, ${needed}, are ${((100 * (totals.fixed + totals.usage)) / amount).toFixed(0)} % of the budget of ${usd(amount)} ${currency}.`;
};

const hints = (savings: readonly Saving[]): readonly string[] => savings.length === 0 ? [] : [
  pc.dim('  Saved by promising a year of what always runs, estimated:'),
  ...savings.map(({ commitment, coveredUsd, savedUsd, basis }) => pc.dim(`    ${commitment}: about ${usd(savedUsd)} USD of ${usd(coveredUsd)} a month (${basis})`)),
];

const spentLines = (spent: Spent | undefined): readonly string[] => spent === undefined ? []
  : [`  AWS has seen ${usd(spent.actual)} of ${usd(spent.limit)} ${spent.currency} this month${spent.forecast === undefined ? '' : `, and expects ${usd(spent.forecast)} by its end`}.`];

/** Estimates as a table: fixed cost and use apart, each with its basis, then the comparison with the budget. Pure. */
export const costText = (environments: readonly (EnvironmentEstimate & { readonly savings: readonly Saving[]; readonly spent?: Spent })[], region: string, unverified: readonly string[]): string => {
  const all = environments.map((one) => ({ one, rows: rowsOf(one) }));
  const head: Row = { indent: 0, text: 'USD a month', fixed: 'fixed', usage: 'by use', basis: 'basis' };
  const rows = [head, ...all.flatMap((each) => each.rows)];
  const width = (of: (row: Row) => number): number => Math.max(...rows.map(of));
  const [text, fixed, usage] = [width((row) => row.indent + row.text.length), width((row) => row.fixed.length), width((row) => row.usage.length)];
  const print = (row: Row): string => {
    const line = `${' '.repeat(row.indent)}${row.text}`.padEnd(text) + `  ${row.fixed.padStart(fixed)}  ${row.usage.padStart(usage)}  ${pc.dim(row.basis)}`;
    return (row.indent === 0 ? pc.bold(line) : line).trimEnd();
  };
  const elsewhere = [...new Set(environments.flatMap(({ clusters }) => clusters.map((one) => one.region)))].filter((one) => one !== region);
  return [
    print(head),
    ...all.flatMap(({ one, rows: own }) => [...own.map(print), verdict(one), ...spentLines(one.spent), ...hints(one.savings), '']),
    `List prices of ${region} without taxes, discounts and support${elsewhere.length === 0 ? '' : `; clusters in ${elsewhere.join(', ')} are counted with them too`}. Sources: argoeks cost --json.`,
    ...(unverified.length === 0 ? [] : [`Not verified against AWS: ${unverified.join(', ')}.`]),
  ].join('\n');
};
