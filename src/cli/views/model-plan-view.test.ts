import { describe, expect, it } from 'vitest';
import { planModel } from '../../planner/plan-model.ts';
import type { PlanInput } from '../../planner/plan-types.ts';
import { modelPlanText } from './model-plan-view.ts';

const text = (input: Partial<PlanInput> & { readonly model: string }, all = false): string => {
  const { value, diagnostics } = planModel({ at: () => ({ file: 'command line', line: 1, column: 1 }), ...input });
  return modelPlanText(value ?? expect.fail(diagnostics.map(({ summary }) => summary).join(' ')), all);
};

describe('a plan for people', () => {
  it.each([{ model: 'Llama-3.1-8B-Instruct' }, { model: 'DeepSeek-R1', context: 32_768, concurrency: 64, tpotMs: 50 }, { model: 'gpt-oss-120b', qps: 5 }, { model: 'gemma-3-27b-it', quantization: 'awq', region: 'eu-central-1' }])('fits on 100 columns: $model', (input) => {
    expect(text(input, true).split('\n').filter((line) => line.length > 100)).toEqual([]);
  });
  it('shows the arithmetic, the options, quotas and the cold start', () => {
    const shown = text({ model: 'gpt-oss-20b', concurrency: 8, ttftMs: 1000 });
    expect(shown).toMatch(/weights +12\.82 GiB +20,914,757,184 parameters/);
    expect(shown).toMatch(/cache of a sequence .* 12 no more than 128/);
    expect(shown).toMatch(/instance +layout +seqs .* goal/);
    expect(shown).toMatch(/= room for cache/);
    expect(shown).toMatch(/vCPUs each: Running On-Demand/);
    expect(shown).toMatch(/engine +20-110 s/);
  });
  it('has no goal where none is asked, and says of each type why it is left out when asked for all', () => {
    expect(text({ model: 'Qwen3-8B' })).not.toContain(' goal');
    expect(text({ model: 'Qwen3-8B' }, true)).toContain('Not p3dn.24xlarge: no facts of V100');
  });
});
