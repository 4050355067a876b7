import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { modelPlan } from './commands/model-plan.ts';
import { readModelFile } from './read-model-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'argoeks-model-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(directory, name), text);
  return name;
};
const config = '{\n  "model_type": "llama", "hidden_size": 2048, "num_hidden_layers": 16, "num_attention_heads": 32,\n  "num_key_value_heads": 8, "intermediate_size": 8192, "vocab_size": 128256,\n  "max_position_embeddings": 131072, "tie_word_embeddings": true, "rope_scaling": null\n}\n';
const context = { directory, verbose: false, dryRun: false, json: false, colour: false, interactive: false, progress: () => undefined, ask: () => Promise.resolve('') };
const plan = (given: Record<string, unknown>) => modelPlan.run(modelPlan.args.parse({ model: 'mine', ...given }), context);

describe('the file of --config', () => {
  it('is a published config.json, or one beside prices', async () => {
    const published = await plan({ config: file('config.json', config) });
    expect(published.value?.model.parameters).toBe(1_235_814_400);
    const beside = await plan({ config: file('beside.yaml', `config: ${config}prices: {g5.xlarge: 1.1}\nspot_prices: {g5.xlarge: 0.4}\n`), region: 'eu-west-1', instance: ['g5.xlarge'] });
    expect(beside.diagnostics).toEqual([]);
    expect(beside.value?.options[0]?.price).toMatchObject({ usdPerHour: 1.1, spotUsdPerHour: 0.4 });
  });
  it('is given back with places for what is wrong in it', async () => {
    const { diagnostics = [] } = await plan({ config: file('wrong.json', config.replace('"intermediate_size": 8192', '"intermediate_size": "wide"')) });
    expect(diagnostics.map(({ code, at }) => `${code} ${at.file}:${at.line}:${at.column}`)).toEqual(['model/wrong-field wrong.json:3:50']);
  });
  it('is refused when it is missing, empty or holds unknown keys', async () => {
    const codesOf = async (name: string): Promise<readonly string[]> => (await readModelFile(directory, name)).diagnostics.map(({ code }) => code);
    expect(await codesOf('absent.json')).toEqual(['config/missing-file']);
    expect(await codesOf(file('empty.json', ''))).toEqual(['config/empty-file']);
    expect(await codesOf(file('unknown.yaml', 'price: {g5.xlarge: 1}\n'))).toEqual(['config/unknown-key']);
    expect(await codesOf(file('type.yaml', 'prices: {g5.xlarge: cheap}\n'))).toEqual(['config/wrong-type']);
  });
});
