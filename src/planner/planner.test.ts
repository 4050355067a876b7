import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceleratedInstances } from '../../catalog/accelerated-instances.ts';
import { acceleratorOf } from '../../catalog/accelerators.ts';
import { models } from '../../catalog/models/models.ts';
import type { Architecture } from './architecture.ts';
import { exchangeSeconds } from './exchange.ts';
import { fullLoad } from './full-load.ts';
import { kvBytesOfSequence, kvBytesPerToken } from './kv-cache.ts';
import { layoutsOn, ranksOf } from './layout.ts';
import { batchingOf, rankMemory } from './memory.ts';
import { readModelConfig } from './model-config.ts';
import type { Quantization } from './quantization.ts';
import { storageOf } from './quantization.ts';
import { speedOf } from './serving.ts';
import { activeCount, parameterCount } from './tensors.ts';
import { bytesReadByStep, weightBytes, weightBytesOfRank } from './weights.ts';

const at = () => ({ file: 'catalog/models', line: 1, column: 1 });
const architectures = models.map(({ id, config }) => ({ id, model: readModelConfig(config, at).value ?? expect.fail(id) }));
const anyModel = fc.constantFrom(...architectures.map(({ model }) => model));
const anyQuantization = fc.constantFrom<Quantization>('none', 'fp8', 'int8', 'awq', 'gptq');
const withFacts = acceleratedInstances.flatMap((instance) => {
  const accelerator = acceleratorOf(instance.accelerator, instance.acceleratorMib);
  return accelerator ? [{ instance, accelerator }] : [];
});
const anyMachine = fc.constantFrom(...withFacts);
const h100 = acceleratorOf('H100', 81_920) ?? expect.fail('no H100');
const llama = architectures.find(({ id }) => id === 'meta-llama/Llama-3.1-70B')?.model ?? expect.fail('no Llama');

describe('parameters', () => {
  it('belong to models of which each name is one', () => {
    const names = models.flatMap(({ id, same = [] }) => [id, ...same]);
    expect(new Set(names).size).toBe(names.length);
  });
  it('are counted exactly', () => {
    const count = (id: string): number => parameterCount(architectures.find((one) => one.id === id)?.model ?? expect.fail(id));
    expect(count('meta-llama/Llama-3.1-8B')).toBe(8_030_261_248);
    expect(count('meta-llama/Llama-3.1-405B')).toBe(405_853_388_800);
    expect(count('mistralai/Mistral-7B-v0.3')).toBe(7_248_023_552);
    expect(count('openai/gpt-oss-20b')).toBe(20_914_757_184);
  });
  it('agree with what publishers state', () => {
    for (const { id, statedBillions: stated } of models) {
      if (!stated) continue;
      const { model } = architectures.find((one) => one.id === id) ?? expect.fail(id);
      expect(Math.abs(parameterCount(model) / 1e9 / stated.total - 1), id).toBeLessThan(0.001);
      if (stated.active !== undefined) expect(Math.abs(activeCount(model) / 1e9 / stated.active - 1), id).toBeLessThan(0.02);
    }
  });
});

describe('memory', () => {
  it('of a cache grows with the context, and never beyond what a model without windows keeps', () => {
    fc.assert(fc.property(anyModel, fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 50_000 }), (model, tokens, more) => {
      expect(kvBytesOfSequence(model, 'auto', tokens + more)).toBeGreaterThanOrEqual(kvBytesOfSequence(model, 'auto', tokens));
      const { full, windowed } = kvBytesPerToken(model, 'auto');
      expect(kvBytesOfSequence(model, 'auto', tokens)).toBeLessThanOrEqual(Math.ceil(tokens / 16) * 16 * (full + windowed));
      expect(kvBytesOfSequence(model, 'fp8', tokens)).toBe(kvBytesOfSequence(model, 'auto', tokens) / 2);
    }));
  });
  it('of weights falls with precision', () => {
    fc.assert(fc.property(anyModel, (model) => {
      const bytes = (['awq', 'fp8', 'none'] as const).map((name) => weightBytes(model, storageOf(name, model)));
      expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
    }));
  });
  it('of all ranks together holds every weight, and no rank holds more than all', () => {
    fc.assert(fc.property(anyModel, anyMachine, anyQuantization, (model, { instance, accelerator }, name) => {
      const storage = storageOf(name, model);
      for (const layout of layoutsOn(model, instance, accelerator)) {
        const fullest = weightBytesOfRank(model, storage, layout.tensor, layout.pipeline);
        expect(fullest * ranksOf(layout)).toBeGreaterThanOrEqual(weightBytes(model, storage) * 0.999);
        expect(fullest).toBeLessThanOrEqual(weightBytes(model, storage) * 1.000_001);
      }
    }), { numRuns: 60 });
  });
  it('is never exceeded by the sequences that are said to fit', () => {
    fc.assert(fc.property(anyModel, anyMachine, anyQuantization, fc.integer({ min: 16, max: 32_768 }), (model, { instance, accelerator }, name, context) => {
      const bytes = instance.acceleratorMib * 2 ** 20;
      for (const layout of layoutsOn(model, instance, accelerator)) {
        const memory = rankMemory({ model, storage: storageOf(name, model), kvType: 'auto', context, accelerator, bytes, layout, utilization: 0.9, batching: batchingOf(accelerator, bytes) });
        if (memory.sequences.low < 1) continue;
        expect(memory.weights + memory.activations + memory.engine.high + memory.sequences.low * memory.perSequence).toBeLessThanOrEqual(memory.usable);
        expect(memory.usable).toBeLessThan(bytes / accelerator.ranks);
      }
    }), { numRuns: 60 });
  });
});

describe('layouts', () => {
  it('divide heads, fit the machine, and leave it only through EFA', () => {
    fc.assert(fc.property(anyModel, anyMachine, (model, { instance, accelerator }) => {
      for (const { tensor, pipeline, nodes } of layoutsOn(model, instance, accelerator)) {
        expect(model.attention.heads % tensor).toBe(0);
        expect(tensor * pipeline).toBeLessThanOrEqual(instance.count * accelerator.ranks * nodes);
        if (nodes > 1) expect(instance.hasEfa).toBe(true);
      }
    }));
  });
});

describe('speed', () => {
  const engine = (model: Architecture, tensor: number) => ({ model, storage: storageOf('none', model), kvType: 'auto' as const, accelerator: h100, networkGbps: 3200, layout: { tensor, pipeline: 1, nodes: 1 } });
  it('has bounds in order, and each token takes longer with more requests and longer prompts', () => {
    fc.assert(fc.property(anyModel, fc.integer({ min: 2, max: 8192 }), fc.integer({ min: 1, max: 2048 }), fc.integer({ min: 1, max: 256 }), (model, prompt, answer, concurrency) => {
      const one = speedOf(engine(model, 1), { prompt, answer }, concurrency);
      for (const { low, high } of [one.ttftMs, one.tpotMs, one.tokensPerS]) expect(low > 0 && low <= high && Number.isFinite(high)).toBe(true);
      const more = speedOf(engine(model, 1), { prompt, answer }, concurrency + 1);
      expect(more.tpotMs.low).toBeGreaterThanOrEqual(one.tpotMs.low * (1 - 1e-9));
      expect(more.tpotMs.high).toBeGreaterThanOrEqual(one.tpotMs.high * (1 - 1e-9));
      const longer = speedOf(engine(model, 1), { prompt: prompt + 1024, answer }, concurrency);
      expect(longer.ttftMs.low).toBeGreaterThanOrEqual(one.ttftMs.low);
      expect(longer.tokensPerS.low).toBeLessThanOrEqual(one.tokensPerS.low * (1 + 1e-9));
    }));
  });
  it('exchanges nothing on one rank, and more with more ranks', () => {
    const seconds = (tensor: number) => exchangeSeconds(llama, h100, 3200, { tensor, pipeline: 1, nodes: 1 }, 64);
    expect(seconds(1)).toEqual({ low: 0, high: 0 });
    expect(seconds(8).low).toBeGreaterThan(seconds(2).low);
  });
  it('reads no more experts than there are, and at least those of one token', () => {
    fc.assert(fc.property(anyModel, fc.integer({ min: 1, max: 4096 }), (model, batch) => {
      const storage = storageOf('none', model);
      expect(bytesReadByStep(model, storage, batch + 1, 1)).toBeGreaterThanOrEqual(bytesReadByStep(model, storage, batch, 1));
      expect(bytesReadByStep(model, storage, batch, 1)).toBeLessThanOrEqual(weightBytes(model, storage));
      expect(bytesReadByStep(model, storage, 1, 1)).toBeCloseTo(2 * (activeCount(model)), -4);
    }));
  });
  it('is undefined where nothing fits', () => {
    const none = { usable: 0, weights: 1, activations: 0, engine: { low: 0, high: 0 }, kvPool: { low: 0, high: 0 }, perSequence: 1, sequences: { low: 0, high: 0 } };
    expect(fullLoad(engine(llama, 1), { prompt: 10, answer: 10 }, none, 256)).toBeUndefined();
  });
});
