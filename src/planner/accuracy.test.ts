import { describe, expect, it } from 'vitest';
import { memoryRows } from '../../catalog/measurements/memory.ts';
import { singleEngineRows } from '../../catalog/measurements/single-engine.ts';
import { heldOutRows } from '../../catalog/measurements/tensorrt-llm-v1.ts';
import { tensorrtLlmRows } from '../../catalog/measurements/tensorrt-llm.ts';
import { compareMemory, compareThroughput, holds } from './accuracy.ts';

const rows = [...singleEngineRows, ...tensorrtLlmRows];
const compared = rows.map(compareThroughput);
const share = (of: readonly boolean[]): number => of.filter(Boolean).length / of.length;

describe('published figures', () => {
  it.each(memoryRows.map((row) => [`${row.model} ${row.quantization} ${row.what.kind}`, row] as const))('memory of %s is within 5 percent', (_, row) => {
    expect(Math.abs(compareMemory(row).error)).toBeLessThan(0.05);
  });

  it('are many, and on every accelerator that is named', () => {
    expect(memoryRows.length).toBeGreaterThanOrEqual(10);
    expect(new Set(rows.map(({ accelerator }) => accelerator))).toEqual(new Set(['A10G', 'L4', 'L40S', 'A100', 'H100']));
  });

  it('lie within the bounds of throughput in nine of ten rows, on each accelerator too', () => {
    expect(share(compared.map(({ bounds, row }) => holds(bounds, row.tokensPerS)))).toBeGreaterThanOrEqual(0.9);
    for (const accelerator of new Set(rows.map((row) => row.accelerator)))
      expect(share(compared.filter(({ row }) => row.accelerator === accelerator).map(({ bounds, row }) => holds(bounds, row.tokensPerS))), accelerator).toBeGreaterThanOrEqual(0.9);
  });

  it('lie in the likely half of the bounds in nine of ten rows', () => {
    expect(share(compared.map(({ likely, row }) => holds(likely, row.tokensPerS)))).toBeGreaterThanOrEqual(0.9);
  });

  it('lie within the bounds in nine of ten rows that the planner was not made with', () => {
    expect(share(heldOutRows.map(compareThroughput).map(({ bounds, row }) => holds(bounds, row.tokensPerS)))).toBeGreaterThanOrEqual(0.9);
  });

  it('are told by bounds that say something: a factor of four and a half at most, of two in the likely half', () => {
    const mean = (of: readonly number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length;
    expect(mean(compared.map(({ bounds }) => bounds.high / bounds.low))).toBeLessThan(4.5);
    expect(mean(compared.map(({ likely }) => likely.high / likely.low))).toBeLessThan(2.1);
  });
});
