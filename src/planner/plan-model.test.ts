import { describe, expect, it } from 'vitest';
import { models } from '../../catalog/models/models.ts';
import { acceleratedInstances } from '../../catalog/accelerated-instances.ts';
import { planModel } from './plan-model.ts';
import type { PlanInput } from './plan-types.ts';

const ask = (input: Partial<PlanInput> = {}) => planModel({ model: 'Llama-3.1-8B-Instruct', at: (field) => ({ file: field, line: 1, column: 1 }), ...input });
const codes = (input: Partial<PlanInput>): readonly string[] => ask(input).diagnostics.map(({ code, at }) => `${code} ${at.file}`);
const config = models.find(({ id }) => id === 'meta-llama/Llama-3.1-8B')?.config;

describe('a plan', () => {
  it('has options with prices, quotas and cold starts, cheapest first where all meet the goal', () => {
    const { value, diagnostics } = ask({ concurrency: 4 });
    expect(diagnostics).toEqual([]);
    const [first] = value?.options ?? [];
    expect(first?.goal).toBe('met');
    expect(value?.options.find(({ instance }) => instance.type === 'p5.4xlarge')).toMatchObject({ copies: 1, layoutText: 'TP1', hasCapacityBlocks: true });
    const costs = value?.options.map(({ price, needed }) => (price.usdPerHour ?? Infinity) * needed.high) ?? [];
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    expect(value?.options.find(({ instance }) => instance.type === 'g6.xlarge')?.quota?.onDemand.code).toBe('L-DB2E81BA');
    expect(first?.coldStart.map(({ stage }) => stage)).toEqual(['node', 'image', 'weights', 'engine']);
    expect(value?.arithmetic.find(({ what }) => what === 'weights')?.result).toBe('14.96 GiB');
  });
  it('speaks of every type: as an option or with a reason', () => {
    const { value } = ask();
    expect([...(value?.options ?? []).map(({ instance }) => instance.type), ...(value?.excluded ?? []).map(({ type }) => type)].toSorted()).toEqual(acceleratedInstances.map(({ type }) => type).toSorted());
    expect(value?.excluded.find(({ type }) => type === 'p3dn.24xlarge')?.because).toContain('no facts of V100');
  });
  it('meets rates with instances, and says so in a range', () => {
    const few = ask({ qps: 1, instances: ['g6e.xlarge'] }).value?.options[0]?.needed;
    const many = ask({ qps: 50, instances: ['g6e.xlarge'] }).value?.options[0]?.needed;
    expect(many?.low).toBeGreaterThan(few?.high ?? Infinity);
    expect(many?.high).toBeGreaterThan(many?.low ?? Infinity);
  });
  it('takes a model from its own config.json', () => {
    expect(ask({ model: 'mine', config }).value?.model).toMatchObject({ id: 'mine', parameters: 8_030_261_248 });
  });
  it('spreads a model over nodes only through EFA, where one does not hold it', () => {
    const options = ask({ model: 'DeepSeek-V3', region: 'us-east-1' }).value?.options ?? [];
    expect(options.filter(({ layout }) => layout.nodes > 1).every(({ instance }) => instance.hasEfa)).toBe(true);
    expect(options.find(({ instance }) => instance.type === 'p5en.48xlarge')?.layout.nodes).toBe(1);
    expect(options.find(({ instance }) => instance.type === 'p5.48xlarge')?.layout.nodes).toBeGreaterThan(1);
  });
});

describe('what is not known', () => {
  it('is an error that says where to give it', () => {
    expect(codes({ model: 'Lama-3.1-8B' })).toEqual(['model/unknown-model model']);
    expect(ask({ model: 'Lama-3.1-8B' }).diagnostics[0]?.fix).toContain('llama-3.1-8b');
    expect(codes({ config: { ...config, num_hidden_layers: undefined } })).toEqual(['model/missing-field config']);
    expect(codes({ config: { ...config, vocab_size: 'many' } })).toEqual(['model/wrong-field config']);
    expect(codes({ config: { ...config, model_type: 'mamba' } })).toEqual(['model/unknown-architecture config']);
    expect(codes({ config: { ...config, model_type: 'mixtral' } })).toEqual(['model/missing-field config', 'model/missing-field config']);
    expect(codes({ config: { ...config, hidden_size: 4095 } })).toEqual(['model/wrong-field config']);
    expect(codes({ region: 'eu-west-9' })).toEqual(['model/unknown-region region']);
    expect(codes({ instances: ['m7i.large'] })).toEqual(['model/unknown-instance instance']);
  });
  it('is refused where the request cannot be', () => {
    expect(codes({ context: 200_000 })).toEqual(['model/wrong-request context']);
    expect(codes({ context: 100, answer: 100 })).toEqual(['model/wrong-request answer']);
    expect(codes({ concurrency: 0 })).toEqual(['model/wrong-request concurrency']);
    expect(codes({ quantization: 'q4_k_m' })).toEqual(['model/wrong-request quantization']);
    expect(codes({ quantization: 'mxfp4' })).toEqual(['model/wrong-request quantization']);
    expect(codes({ model: 'gpt-oss-20b', quantization: 'awq' })).toEqual(['model/wrong-request quantization']);
    expect(codes({ config: { ...config, quantization_config: { quant_method: 'hqq' } } })).toEqual(['model/wrong-request quantization']);
    expect(codes({ model: 'Llama-3.1-405B', instances: ['g6.xlarge'] })).toEqual(['model/no-layout model']);
  });
  it('is a note where a price is missing, and a price of the user fills it', () => {
    expect(codes({ region: 'eu-west-1', instances: ['g5.xlarge'] })).toEqual(['model/no-price region']);
    const { value, diagnostics } = ask({ region: 'eu-west-1', instances: ['g5.xlarge'], prices: { 'g5.xlarge': 1.123 } });
    expect(diagnostics).toEqual([]);
    expect(value?.options[0]?.price.usdPerHour).toBe(1.123);
  });
  it('is a warning where no option is fast enough', () => {
    expect(codes({ tpotMs: 0.1 })).toContain('model/too-slow tpot');
  });
});
