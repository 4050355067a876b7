import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
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
import { unprotectVariable } from '../../src/units/wellknown.ts';

const run = promisify(execFile);
const repository = new URL('../../', import.meta.url).pathname;

/** A platform rendered into a folder of its own, with one simulated account for each account it names, and Terraform to run its roots. */
export interface RootsWorld {
  readonly roots: readonly TerraformRoot[];
  readonly stores: ReadonlyMap<string, MemoryStore>;
  /** Runs Terraform in a root, or in the folder of all roots; fails with what it printed. */
  readonly terraform: (root: TerraformRoot | undefined, ...args: readonly string[]) => Promise<string>;
  /** Arguments that take deletion protection off a root; none where it has none. */
  readonly released: (root: TerraformRoot) => Promise<readonly string[]>;
  /** Takes `prevent_destroy` off the root's objects. */
  readonly unguard: (root: TerraformRoot) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Compiles the files and writes all that Terraform reads. `seed` puts into an account what is there before. */
export const rootsWorld = async (files: ReadonlyMap<string, string>, seed: (store: MemoryStore) => void): Promise<RootsWorld> => {
  const { value, diagnostics } = resolve({ files, lock: undefined, components, facts: catalogFacts() });
  if (!value) throw new Error(diagnostics.filter(({ severity }) => severity === 'error').map(({ summary }) => summary).join('\n'));
  const folder = await mkdtemp(join(tmpdir(), 'roots-world-'));
  const roots = terraformRoots(value.plan);
  const stores = new Map<string, MemoryStore>();
  const accounts = new Map<string, RunningProviders>();
  for (const accountId of new Set(roots.map((root) => root.accountId))) {
    const store = new MemoryStore();
    seed(store);
    stores.set(accountId, store);
    accounts.set(accountId, await startProviders({ store, accountId }));
  }
  await writeFile(join(folder, 'terraformrc'), '');
  for (const { path, text } of await render(value.plan, components, chartPins)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await mkdir(join(folder, 'api'), { recursive: true });
  await writeFile(join(folder, 'api/features.json'), JSON.stringify({ openapi: '3.0.1', info: { title: 'features', version: '1' }, paths: {} }));
  await cp(join(repository, 'build/functions'), join(folder, 'build/functions'), { recursive: true });
  for (const environment of value.plan.platform.environments) await writePackages(folder, (await packFunctions(folder, environment)).packed);
  // The state bucket is not there; each root's backend is replaced, as for the first apply of an account.
  for (const { path } of roots) await writeFile(join(folder, path, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
  return {
    roots, stores,
    terraform: async (root, ...args) => {
      const path = root?.path ?? 'terraform';
      const env = { ...process.env, TF_CLI_CONFIG_FILE: join(folder, 'terraformrc'), ...(root && accounts.get(root.accountId)?.env) };
      try {
        return (await run('terraform', [...args], { cwd: join(folder, path), env, maxBuffer: 64 * 1024 * 1024 })).stdout;
      } catch (error) {
        const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
        throw new Error(`terraform ${args.join(' ')} in ${path}\n${stdout.slice(-4000)}\n${stderr.slice(-4000)}`, { cause: error });
      }
    },
    released: async ({ path }) => {
      const variables = await readFile(join(folder, path, 'variables.tf'), 'utf8').catch(() => '');
      return variables.includes(`"${unprotectVariable}"`) ? [`-var=${unprotectVariable}=false`] : [];
    },
    unguard: async ({ path }) => {
      for (const name of (await readdir(join(folder, path))).filter((file) => file.endsWith('.tf'))) {
        const file = join(folder, path, name);
        await writeFile(file, (await readFile(file, 'utf8')).replaceAll(/prevent_destroy( +)= true/g, 'prevent_destroy$1= false'));
      }
    },
    stop: async () => {
      for (const providers of accounts.values()) await providers.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Runs `task` for every root as soon as all that it waits for are done, two at a time. Goes on with the others where one fails, and then fails with all that went wrong. */
export const inOrder = async (roots: readonly TerraformRoot[], waitsFor: (root: TerraformRoot) => readonly string[], task: (root: TerraformRoot) => Promise<void>): Promise<void> => {
  const open = new Set(roots.map(({ path }) => path));
  const begun = new Set<string>();
  const failures: Error[] = [];
  const broken = new Set<string>();
  const next = (): TerraformRoot | undefined => roots.find((root) => !begun.has(root.path) && waitsFor(root).every((path) => !open.has(path)));
  const worker = async (): Promise<void> => {
    while (begun.size < roots.length) {
      const root = next();
      if (!root) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      begun.add(root.path);
      try {
        if (waitsFor(root).some((path) => broken.has(path))) broken.add(root.path);
        else await task(root);
      } catch (error) {
        broken.add(root.path);
        failures.push(error as Error);
      }
      open.delete(root.path);
    }
  };
  await Promise.all([worker(), worker()]);
  if (failures.length > 0) throw new Error(failures.map(({ message }) => message).join('\n\n'));
};
