import { memoryRows } from '../catalog/measurements/memory.ts';
import { singleEngineRows } from '../catalog/measurements/single-engine.ts';
import { heldOutRows } from '../catalog/measurements/tensorrt-llm-v1.ts';
import { tensorrtLlmRows } from '../catalog/measurements/tensorrt-llm.ts';
import type { ThroughputRow } from '../catalog/measurements/throughput-row.ts';
import { compareMemory, compareThroughput, holds } from '../src/planner/accuracy.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const rule = (columns: number): string => row(Array.from({ length: columns }, () => '---'));
const bytes = (value: number): string => (value < 2 ** 24 ? `${Math.round(value).toLocaleString('en-US')} B` : `${(value / 2 ** 30).toFixed(2)} GiB`);
const whole = (value: number): string => (value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US'));
const name = (id: string): string => id.split('/').at(-1) ?? id;

/** Sources in the order of their first row, which tables name by number. */
const sources = [...new Set([...memoryRows, ...singleEngineRows, ...tensorrtLlmRows, ...heldOutRows].map(({ source }) => source))];
const sourceNumber = (source: string): string => `[${sources.indexOf(source) + 1}]`;

const memory = memoryRows.map(compareMemory);
const worstError = Math.max(...memory.map(({ error }) => Math.abs(error)));

const memoryTable = (): readonly string[] => [
  row(['model', 'weights', 'what', 'published', 'planner', 'off by', 'source']), rule(7),
  ...memory.map(({ row: { model, quantization, what, bytes: published, source }, predicted, error }) =>
    row([name(model), quantization === 'none' ? '16 bits' : quantization, what.kind === 'weights and cache' ? `weights and cache of ${what.tokens} tokens` : what.kind, bytes(published), bytes(predicted), `${(error * 100).toFixed(1)} %`, sourceNumber(source)])),
];

const throughputTable = (rows: readonly ThroughputRow[]): { readonly lines: readonly string[]; readonly inside: number; readonly of: number } => {
  const compared = rows.map(compareThroughput);
  const inside = compared.filter(({ bounds, row: { tokensPerS } }) => holds(bounds, tokensPerS)).length;
  const likely = compared.filter(({ likely: half, row: { tokensPerS } }) => holds(half, tokensPerS)).length;
  const width = compared.reduce((sum, { bounds }) => sum + bounds.high / bounds.low, 0) / compared.length;
  return {
    inside, of: compared.length,
    lines: [
      row(['accelerator', 'model', 'weights', 'tokens', 'at once', 'published tok/s', 'bounds', 'likely half', 'holds', 'source']), rule(10),
      ...compared.map(({ row: one, sequences, bounds, likely: half }) => row([
        `${one.tensor > 1 ? `${one.tensor} × ` : ''}${one.accelerator}${one.accelerator === 'A100' ? ` ${one.memoryMib / 1024}GB` : ''}`, name(one.model), one.quantization === 'none' ? '16 bits' : one.quantization, `${one.prompt} + ${one.answer}`,
        sequences.low === sequences.high ? String(sequences.low) : `${sequences.low}-${sequences.high}`, whole(one.tokensPerS), `${whole(bounds.low)}-${whole(bounds.high)}`, `${whole(half.low)}-${whole(half.high)}`,
        holds(half, one.tokensPerS) ? 'likely half' : holds(bounds, one.tokensPerS) ? 'bounds' : 'NO', sourceNumber(one.source),
      ])),
      '', `${inside} of ${compared.length} lie in the bounds, whose ends differ by a factor of ${width.toFixed(1)} on the average; ${likely} lie in the likely half, whose ends differ by about ${Math.sqrt(width).toFixed(1)}.`,
    ],
  };
};

/** Published figures beside the planner's, as a page in Markdown, and whether they agree as well as promised. Pure. */
export const accuracyPage = (): { readonly text: string; readonly isGood: boolean } => {
  const known = throughputTable([...singleEngineRows, ...tensorrtLlmRows]);
  const heldOut = throughputTable(heldOutRows);
  const text = [
    '# Planner accuracy', '',
    'Made by `node bench/planner-accuracy.ts`; a test compares this page with what it prints. What the columns mean: [the planner](planner.md).', '',
    '## Memory', '', ...memoryTable(), '', `${memory.length} figures; the worst is off by ${(worstError * 100).toFixed(1)} %.`, '',
    '## Throughput', '', 'Efficiency bounds were written down from times of single requests before these rows were compared, and not changed after. Two of the sources (the A100 40GB sweep and the L4 model cards) gave bounds and rows.', '', ...known.lines, '',
    '## Throughput, a newer table', '', 'Compared when the planner was done; nothing was changed for it. H200 and mixtures of experts over eight GPUs are only here.', '', ...heldOut.lines, '',
    '## Sources', '', ...sources.map((source, i) => `${i + 1}. ${source}`), '',
  ].join('\n');
  return { text, isGood: worstError < 0.05 && [known, heldOut].every(({ inside, of }) => inside >= of * 0.9) };
};
