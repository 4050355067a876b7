import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packFunctions, writePackages } from '../../src/adapters/function-packages.ts';
import { catalogFacts, chartPins } from '../../src/compile/catalog-facts.ts';
import { resolve } from '../../src/compile/compile.ts';
import { render } from '../../src/compile/render.ts';
import { components } from '../../src/components/registry.ts';
import { terraformRoots } from '../../src/emit/terraform/roots.ts';
import type { TerraformRoot } from '../../src/emit/terraform/roots.ts';
import { startProviders } from '../../src/sim/provider/start.ts';
import type { RunningProviders } from '../../src/sim/provider/start.ts';
import { MemoryStore } from '../../src/sim/provider/store/memory-store.ts';

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
  const stores = new Map<string, MemoryStore>();
  const accounts = new Map<string, RunningProviders>();

  const terraform = async ({ path, accountId }: Pick<TerraformRoot, 'path' | 'accountId'>, ...args: readonly string[]): Promise<string> => {
    const env = { ...process.env, TF_CLI_CONFIG_FILE: join(folder, 'terraformrc'), ...accounts.get(accountId)?.env };
    try {
      const { stdout } = await run('terraform', [...args], { cwd: join(folder, path), env, maxBuffer: 64 * 1024 * 1024 });
      return stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
      throw new Error(`terraform ${args.join(' ')} in ${path}\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`, { cause: error });
    }
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'terraform-roots-'));
    await writeFile(join(folder, 'terraformrc'), '');
    const { value, diagnostics } = resolve({ files: await configuration(), lock: undefined, components, facts: catalogFacts() });
    if (!value) throw new Error(diagnostics.map(({ summary }) => summary).join('\n'));
    roots = terraformRoots(value.plan);
    for (const accountId of new Set(roots.map((root) => root.accountId))) {
      const store = new MemoryStore();
      stores.set(accountId, store);
      accounts.set(accountId, await startProviders({ store, accountId }));
    }
    for (const { path, text } of await render(value.plan, components, chartPins)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    for (const environment of value.plan.platform.environments) await writePackages(folder, (await packFunctions(repository, environment)).packed);
    // The state bucket is not there; each root's backend is replaced, as for the first apply of an account.
    for (const { path } of roots) await writeFile(join(folder, path, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
  });

  afterAll(async () => {
    for (const providers of accounts.values()) await providers.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('are formatted as terraform fmt does it', async () => {
    expect(roots.length).toBeGreaterThanOrEqual(4);
    expect(await terraform({ path: 'terraform', accountId: '' }, 'fmt', '-check', '-recursive', '-diff')).toBe('');
  });

  it('are valid against the schema of the pinned providers, values files and charts included', async () => {
    for (const root of roots) {
      await terraform(root, 'init', '-input=false', '-no-color');
      const said = JSON.parse(await terraform(root, 'validate', '-json')) as { readonly valid: boolean; readonly diagnostics: readonly unknown[] };
      expect({ path: root.path, ...said }).toMatchObject({ path: root.path, valid: true, diagnostics: [] });
    }
  });

  it('apply in order and settle: a second plan changes nothing', async () => {
    for (const root of roots) {
      await terraform(root, 'apply', '-auto-approve', '-input=false', '-no-color');
      // Exit code 2 would mean changes.
      await terraform(root, 'plan', '-detailed-exitcode', '-input=false', '-no-color');
    }
  });

  it('are destroyed in reverse; only state buckets are kept, on purpose', async () => {
    for (const root of roots.toReversed()) {
      if (root.kind === 'account') await expect(terraform(root, 'destroy', '-auto-approve', '-input=false', '-no-color')).rejects.toThrow('prevent_destroy');
      else {
        // What is protected in production has to be released first.
        const variables = await readFile(join(folder, root.path, 'variables.tf'), 'utf8').catch(() => '');
        const release = variables.includes('"deletion_protection"') ? ['-var=deletion_protection=false'] : [];
        if (release.length > 0) await terraform(root, 'apply', '-auto-approve', '-input=false', '-no-color', ...release);
        await terraform(root, 'destroy', '-auto-approve', '-input=false', '-no-color', ...release);
      }
    }
    for (const store of stores.values()) for (const type of ['aws_vpc', 'aws_subnet', 'aws_eks_cluster', 'aws_route53_zone', 'aws_launch_template', 'aws_sqs_queue', 'aws_ssm_parameter', 'aws_lambda_function', 'aws_ecr_repository', 'aws_backup_vault']) expect(store.list(type)).toEqual([]);
  });
});
