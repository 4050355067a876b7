import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

const repository = new URL('../..', import.meta.url).pathname;

const violations = async (baseDir: string, folders: readonly string[]): Promise<{ readonly modules: number; readonly found: readonly string[] }> => {
  const { default: config } = (await import(join(repository, '.dependency-cruiser.mjs'))) as { default: { forbidden: NonNullable<ICruiseOptions['ruleSet']>['forbidden']; options: ICruiseOptions } };
  const { output } = await cruise([...folders], { ...config.options, baseDir, validate: true, ruleSet: { forbidden: config.forbidden ?? [] } });
  const { summary } = output as ICruiseResult;
  return { modules: summary.totalCruised, found: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).toSorted() };
};

const planted: string[] = [];
const plant = (files: Readonly<Record<string, string>>): string => {
  const directory = mkdtempSync(join(tmpdir(), 'argoeks-layers-'));
  planted.push(directory);
  for (const [path, text] of Object.entries({ 'package.json': '{"type":"module","dependencies":{"cdktn":"*"}}', ...files })) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
};
afterEach(() => planted.splice(0).forEach((directory) => rmSync(directory, { recursive: true, force: true })));

it('the sources keep the order of the folders', async () => {
  const { modules, found } = await violations(repository, ['src', 'catalog']);
  expect(found).toEqual([]);
  expect(modules).toBeGreaterThan(200);
});

it('catches a planted import against the order, also of a type alone', async () => {
  const directory = plant({
    'src/units/planted.ts': "import { run } from '../cli/run.ts';\nimport type { Plan } from '../model/plan.ts';\nexport const planted = (plan: Plan): unknown => run(plan);\n",
    'src/cli/run.ts': 'export const run = (x: unknown): unknown => x;\n',
    'src/model/plan.ts': 'export interface Plan { readonly a: string }\n',
  });
  expect((await violations(directory, ['src'])).found).toEqual(['layers-units: src/units/planted.ts → src/cli/run.ts', 'layers-units: src/units/planted.ts → src/model/plan.ts']);
});

it('catches what only adapters and stacks may import, and circles', async () => {
  const directory = plant({
    'src/compile/planted.ts': "import { spawn } from 'node:child_process';\nimport { App } from 'cdktn';\nimport { other } from './other.ts';\nexport const planted = [spawn, App, other];\n",
    'src/compile/other.ts': "import { planted } from './planted.ts';\nexport const other = (): unknown => planted;\n",
    'node_modules/cdktn/package.json': '{"name":"cdktn","main":"index.js"}',
    'node_modules/cdktn/index.js': 'export class App {}\n',
  });
  const { found } = await violations(directory, ['src']);
  expect(found.map((text) => text.split(':')[0])).toEqual(['cdktn-in-stacks', 'no-circular', 'processes-behind-ports']);
});
