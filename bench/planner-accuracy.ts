/**
 * Compares the planner with published figures and prints both as tables in Markdown; docs/guides/planner.md has them. `node bench/planner-accuracy.ts`.
 * Exit 1 when memory is off by 5 % or bounds of throughput miss more than one row of ten. Effects: none but the output.
 */
import { memoryRows } from '../catalog/measurements/memory.ts';
import { singleEngineRows } from '../catalog/measurements/single-engine.ts';
import { heldOutRows } from '../catalog/measurements/tensorrt-llm-v1.ts';
import { tensorrtLlmRows } from '../catalog/measurements/tensorrt-llm.ts';
import type { ThroughputRow } from '../catalog/measurements/throughput-row.ts';
import { compareMemory, compareThroughput, holds } from '../src/planner/accuracy.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const bytes = (value: number): string => (value < 2 ** 24 ? `${Math.round(value).toLocaleString('en-US')} B` : `${(value / 2 ** 30).toFixed(2)} GiB`);
const whole = (value: number): string => (value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US'));
const name = (id: string): string => id.split('/').at(-1) ?? id;

const memory = memoryRows.map(compareMemory);
console.log('## Memory\n');
console.log(row(['model', 'weights', 'what', 'published', 'planner', 'off by', 'source']));
console.log(row(Array.from({ length: 7 }, () => '---')));
for (const { row: { model, quantization, what, bytes: published, source }, predicted, error } of memory)
  console.log(row([name(model), quantization === 'none' ? '16 bits' : quantization, what.kind === 'weights and cache' ? `weights and cache of ${what.tokens} tokens` : what.kind, bytes(published), bytes(predicted), `${(error * 100).toFixed(1)} %`, source]));

const compare = (title: string, rows: readonly ThroughputRow[]): boolean => {
  const compared = rows.map(compareThroughput);
  console.log(`\n## ${title}\n`);
  console.log(row(['accelerator', 'model', 'weights', 'tokens', 'at once', 'published tok/s', 'bounds', 'likely half', 'in bounds', 'in likely half', 'source']));
  console.log(row(Array.from({ length: 11 }, () => '---')));
  for (const { row: one, sequences, bounds, likely } of compared) {
    const { tensor, accelerator, memoryMib, quantization, prompt, answer, tokensPerS } = one;
    console.log(row([`${tensor > 1 ? `${tensor} × ` : ''}${accelerator}${accelerator === 'A100' ? ` ${memoryMib / 1024}GB` : ''}`, name(one.model), quantization === 'none' ? '16 bits' : quantization, `${prompt} + ${answer}`, sequences.low === sequences.high ? String(sequences.low) : `${sequences.low}-${sequences.high}`, whole(tokensPerS), `${whole(bounds.low)}-${whole(bounds.high)}`, `${whole(likely.low)}-${whole(likely.high)}`, holds(bounds, tokensPerS) ? 'yes' : 'NO', holds(likely, tokensPerS) ? 'yes' : 'no', one.source.split(':')[0] ?? '']));
  }
  const inside = compared.filter(({ bounds, row: { tokensPerS } }) => holds(bounds, tokensPerS)).length;
  const likely = compared.filter(({ likely: half, row: { tokensPerS } }) => holds(half, tokensPerS)).length;
  const width = compared.reduce((sum, { bounds }) => sum + bounds.high / bounds.low, 0) / compared.length;
  console.log(`\n${inside} of ${compared.length} in the bounds, which are ${width.toFixed(1)} wide on the average; ${likely} in the likely half, ${Math.sqrt(width).toFixed(1)} wide.`);
  return inside >= compared.length * 0.9;
};

const good = [compare('Throughput, rows the planner was made with', [...singleEngineRows, ...tensorrtLlmRows]), compare('Throughput, rows it was not made with', heldOutRows)];
const worst = Math.max(...memory.map(({ error }) => Math.abs(error)));
console.log(`\nMemory: ${memory.length} figures, the worst off by ${(worst * 100).toFixed(1)} %.`);
process.exitCode = worst < 0.05 && good.every(Boolean) ? 0 : 1;
