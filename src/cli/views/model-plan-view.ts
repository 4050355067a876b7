import pc from 'picocolors';
import { coldStartTotal } from '../../planner/cold-start.ts';
import type { Goal, ModelPlan, PlanOption, Sum } from '../../planner/plan-types.ts';
import { rankSums } from '../../planner/show-sums.ts';
import type { VcpuQuota } from '../../../catalog/accelerator-quotas.ts';
import type { Range } from '../../units/range.ts';

const three = (value: number): string => (value >= 1000 ? Math.round(Number(value.toPrecision(3))).toLocaleString('en-US') : String(Number(value.toPrecision(value < 10 ? 2 : 3))));
const between = ({ low, high }: Range): string => (three(low) === three(high) ? three(low) : `${three(low)}-${three(high)}`);
const usd = (value: number | undefined): string => (value === undefined ? '?' : value.toFixed(value < 100 ? 2 : 0));
const cents = (range: Range | undefined): string => (range === undefined ? '?' : range.high < 10 ? `${range.low.toFixed(2)}-${range.high.toFixed(2)}` : between(range));

const columns = 100;

/** Words of a text on lines of at most 100 columns, further lines indented. */
const wrap = (text: string, indent = 0): readonly string[] =>
  text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > columns) return [...lines, last === undefined ? word : `${' '.repeat(indent)}${word}`];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);

const goalMarks: Readonly<Record<Goal, string>> = { met: 'yes', likely: 'likely', unsure: 'unsure', missed: 'no' };
const head = ['instance', 'layout', 'seqs', 'TTFT s', 'TPOT ms', 'full tok/s', '$/h', 'spot', '$/M tok', 'need', 'goal'] as const;

const cells = ({ instance, layoutText, copies, mostPerCopy, ttftMs, tpotMs, fullLoadTokensPerS, price, needed, goal }: PlanOption): readonly string[] => [
  instance.type, copies > 1 ? `${copies}×${layoutText}` : layoutText.replace(' on ', '/').replace(' nodes', 'n'), three(mostPerCopy * copies), between({ low: ttftMs.likely.low / 1e3, high: ttftMs.likely.high / 1e3 }), between(tpotMs.likely),
  between(fullLoadTokensPerS.likely), usd(price.usdPerHour), usd(price.spotUsdPerHour), cents(price.perMillion), between(needed), goalMarks[goal],
];

const isGoalAsked = ({ request }: ModelPlan): boolean => request.ttftMs !== undefined || request.tpotMs !== undefined;

const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row, i) => {
    const line = row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' ').trimEnd();
    return i === 0 ? pc.bold(line) : line;
  });
};

const sums = (lines: readonly Sum[]): readonly string[] => {
  const what = Math.max(...lines.map((line) => line.what.length));
  const result = Math.max(...lines.map((line) => line.result.length));
  return lines.flatMap((line) => wrap(`  ${line.what.padEnd(what)}  ${line.result.padStart(result)}  ${line.how}`.trimEnd(), what + result + 6));
};

/** Types that differ only in processors and disks are one line: the cheapest, or the first without a price. */
const firstOfEach = (options: readonly PlanOption[]): readonly PlanOption[] => {
  const seen = new Set<string>();
  return options.filter(({ instance, layoutText }) => {
    const key = `${instance.accelerator} ${instance.acceleratorMib} ${instance.count} ${layoutText}`;
    return seen.has(key) ? false : seen.add(key);
  });
};

const askedText = ({ request }: ModelPlan): string => [
  `${request.prompt} + ${request.answer} tokens`, ...(request.concurrency === undefined ? [] : [`${request.concurrency} at once`]), ...(request.qps === undefined ? [] : [`${request.qps} requests/s`]),
  ...(request.ttftMs === undefined ? [] : [`TTFT ≤ ${request.ttftMs} ms`]), ...(request.tpotMs === undefined ? [] : [`TPOT ≤ ${request.tpotMs} ms`]), `weights ${request.quantization === 'none' ? '16 bits' : request.quantization}`, `cache ${request.kvType === 'fp8' ? 'fp8' : '16 bits'}`, request.region,
].join(', ');

const quotaText = ({ code, name }: VcpuQuota): string => `${name} (${code ?? 'no code known: look it up by its name'})`;

const detail = (plan: ModelPlan, option: PlanOption): readonly string[] => [
  pc.bold(`${option.instance.type}, ${option.layoutText}: memory of its fullest rank`), ...sums(rankSums(option, plan.request.utilization)), '',
  pc.bold(`Cold start on ${option.instance.type}: ${between(coldStartTotal(option.coldStart))} s, once AWS has the capacity`),
  ...option.coldStart.flatMap(({ stage, seconds, because, shorter }) => [...wrap(`  ${stage.padEnd(8)} ${between(seconds).padStart(9)} s  ${because}`, 23), ...wrap(`${' '.repeat(22)}shorter: ${shorter}`, 32).map((line) => pc.dim(line))]), '',
  pc.bold('Before it is applied'),
  ...(option.quota ? [`  quota     ${option.quota.vcpus} vCPUs each: ${quotaText(option.quota.onDemand)}`, `            spot: ${quotaText(option.quota.spot)}`] : ['  quota     no quota is known of this family: look in Service Quotas']),
  `  capacity  ${option.interruption === undefined ? 'no spot statistics of this region' : `spot taken back ${option.interruption} a month`}; Capacity Blocks ${option.hasCapacityBlocks ? 'are sold' : 'are not sold'} in ${plan.request.region}`,
];

/** A plan for people, on 100 columns: the arithmetic, the options, and the first of them in detail. Pure. */
export const modelPlanText = (plan: ModelPlan, all: boolean): string => {
  const { model, options, excluded } = plan;
  const shown = all ? options : firstOfEach(options).slice(0, 12);
  const first = options[0];
  return [
    pc.bold(`${model.id}: ${(model.parameters / 1e9).toFixed(2)} B parameters${model.active < model.parameters * 0.9 ? `, ${(model.active / 1e9).toFixed(2)} B active` : ''}`), ...wrap(`  ${model.source}`, 2).map((line) => pc.dim(line)), ...wrap(askedText(plan)), '',
    ...sums(plan.arithmetic), '',
    ...table([head, ...shown.map(cells)].map((row) => (isGoalAsked(plan) ? row : row.slice(0, -1)))),
    ...(shown.length < options.length ? [pc.dim(`${options.length - shown.length} more: other sizes of these, or dearer; --all shows them.`)] : []),
    pc.dim('Likely half of the bounds. seqs: of the whole context that fit. full tok/s: answers at full load.'), '',
    ...(first ? detail(plan, first) : []), '',
    ...(all ? excluded.flatMap(({ type, because }) => wrap(`Not ${type}: ${because}.`, 2)) : []),
    ...[...plan.notes, `Prices: ${plan.pricesFrom}`].flatMap((note) => wrap(note, 2).map((line) => pc.dim(line))),
  ].join('\n');
};
