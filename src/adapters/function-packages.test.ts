import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { environmentFixture } from '../../test/fixtures/platform.ts';
import { packFunctions, writePackages } from './function-packages.ts';

let directory = '';
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'functions-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const put = (path: string, text: string): string => {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};
const environment = (one: Readonly<Record<string, unknown>> = {}) => environmentFixture({ tier: 'dev', clusters: 1, settings: { functions: [{ name: 'hello', ...one }] } });
const said = async (one: Readonly<Record<string, unknown>> = {}): Promise<readonly string[]> => (await packFunctions(directory, environment(one))).diagnostics.map(({ summary }) => summary);

it('packs the same bytes whatever times the files have and what tools left behind', async () => {
  const file = put('build/functions/hello/handler.py', 'def handler(event, context): pass\n');
  const [before] = (await packFunctions(directory, environment())).packed;
  utimesSync(file, 1, 1);
  chmodSync(file, 0o600);
  put('build/functions/hello/__pycache__/handler.cpython-312.pyc', 'x');
  const [after] = (await packFunctions(directory, environment())).packed;
  expect(after).toEqual(before);
  expect(after?.path).toBe('build/functions/dist/dev/hello.zip');
  put('build/functions/hello/more.py', '');
  expect((await packFunctions(directory, environment())).packed[0]?.bytes).not.toEqual(before?.bytes);
});

it('writes an archive only where it is not there yet', async () => {
  put('build/functions/hello/handler.py', '');
  const { packed } = await packFunctions(directory, environment());
  expect(await writePackages(directory, packed)).toEqual(['build/functions/dist/dev/hello.zip']);
  expect(await writePackages(directory, packed)).toEqual([]);
  expect(readFileSync(join(directory, 'build/functions/dist/dev/hello.zip')).subarray(0, 2).toString()).toBe('PK');
});

it('takes an archive that was made elsewhere as it is', async () => {
  put('vendor/x.zip', 'PK whatever');
  const { packed } = await packFunctions(directory, environment({ package: 'vendor/x.zip' }));
  expect(Buffer.from(packed[0]?.bytes ?? []).toString()).toBe('PK whatever');
});

it('says what is missing: the folder, or the file with the handler', async () => {
  expect(await said()).toEqual([expect.stringContaining('there is no build/functions/hello')]);
  put('build/functions/hello/main.py', '');
  expect(await said()).toEqual([expect.stringContaining('build/functions/hello holds no handler.py or handler/__init__.py')]);
  expect(await said({ handler: 'main.run' })).toEqual([]);
  expect(await said({ runtime: 'provided.al2023' })).toEqual([expect.stringContaining('holds no bootstrap')]);
});

it('packs what comes with the product from the product, whatever the repository holds', async () => {
  const paged = environmentFixture({ tier: 'dev', clusters: 1, settings: { alerts: { pagerduty: { service_key_ssm: '/dev/pd' } } } });
  const { packed, diagnostics } = await packFunctions(directory, paged);
  expect(diagnostics).toEqual([]);
  expect(packed.map(({ name, bytes }) => [name, bytes.length > 500])).toEqual([['dev-mlops-pagerduty', true]]);
});
