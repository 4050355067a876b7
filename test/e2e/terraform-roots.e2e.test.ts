import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogFacts, chartPins } from '../../src/compile/catalog-facts.ts';
import { render, resolve } from '../../src/compile/compile.ts';
import { components } from '../../src/components/registry.ts';
import { terraformRoots } from '../../src/emit/terraform/roots.ts';
import type { TerraformRoot } from '../../src/emit/terraform/roots.ts';
import { startSchemaProviders } from './schema-provider.ts';
import type { SchemaProviders } from './schema-provider.ts';

const run = promisify(execFile);
const repository = new URL('../../', import.meta.url).pathname;

const configuration = async (): Promise<ReadonlyMap<string, string>> => {
  const entries = await readdir(join(repository, 'configuration'), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.map(async (path) => [path.slice(repository.length), await readFile(path, 'utf8')] as const)));
};

describe('the roots of the default configuration', () => {
  let folder = '';
  let roots: readonly TerraformRoot[] = [];
  let providers: SchemaProviders | undefined;

  const terraform = async (directory: string, ...args: readonly string[]): Promise<string> => {
    const { stdout } = await run('terraform', [...args], { cwd: join(folder, directory), env: { ...process.env, ...providers?.env }, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'terraform-roots-'));
    providers = await startSchemaProviders(['aws', 'helm']);
    const { value, diagnostics } = resolve({ files: await configuration(), lock: undefined, components, facts: catalogFacts() });
    if (!value) throw new Error(diagnostics.map(({ summary }) => summary).join('\n'));
    roots = terraformRoots(value.plan);
    for (const { path, text } of await render(value.plan, components, chartPins)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  });

  afterAll(async () => {
    await providers?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('are formatted as terraform fmt does it', async () => {
    expect(roots.length).toBeGreaterThanOrEqual(4);
    expect(await terraform('terraform', 'fmt', '-check', '-recursive', '-diff')).toBe('');
  });

  it('are valid against the schema of the pinned providers, values files and charts included', async () => {
    for (const { path } of roots) {
      // The state bucket is not there; a root's own backend is replaced, as for the first apply of an account.
      await writeFile(join(folder, path, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
      await terraform(path, 'init', '-input=false', '-no-color');
      const said = JSON.parse(await terraform(path, 'validate', '-json')) as { readonly valid: boolean; readonly diagnostics: readonly unknown[] };
      expect({ path, ...said }).toMatchObject({ path, valid: true, diagnostics: [] });
    }
  });
});
