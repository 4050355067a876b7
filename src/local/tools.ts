import { existsSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { GitopsEngine } from '../config/gitops-engine.ts';
import { LocalFailure } from './failure.ts';
import { withLock } from './file-lock.ts';
import { buildOpenTofu, buildRecipe } from './tools/build.ts';
import { cacheKey, contentHash, type Toolchain } from './tools/cache-key.ts';
import { findOnPath, isAtLeast, minimumGo, missingPrerequisites, versionIn } from './tools/prerequisites.ts';
import { openTofu, recipes, testRecipes, type Recipe } from './tools/recipes.ts';
import { run } from './tools/run.ts';

/** What happens while tools are looked for and built. `seconds` counts from the start of this tool. */
export interface ToolEvent {
  readonly tool: string;
  /** 1 is the first. */
  readonly index: number;
  readonly total: number;
  readonly state: 'cached' | 'on-path' | 'waiting' | 'building' | 'built';
  readonly seconds: number;
  /** What such a build typically takes on two cores, in seconds. */
  readonly typicalSeconds: number;
}

/** Absolute paths of all programs and kept folders by name: `etcd`, `kube-apiserver`, …, `argocd`, `argocd-crds`, `terraform`. */
export type ToolPaths = Readonly<Record<string, string>>;

/** Where built tools are kept, shared by all checkouts of this user. */
export const toolsCacheDir = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env['XDG_CACHE_HOME'] ?? join(env['HOME'] ?? homedir(), '.cache'), 'argoeks', 'tools');

/** How tools are found. */
export interface EnsureToolsOptions {
  /** Repository whose `local/tools/` pins the programs. */
  readonly repoDir: string;
  readonly onProgress?: (event: ToolEvent) => void;
  readonly cacheDir?: string;
  /** Folder of the one recipe that is wanted, those of tests too; absent: all of the platform, and terraform. */
  readonly only?: string;
  /** GitOps engines whose programs are wanted; Argo CD's alone when absent. */
  readonly engines?: readonly GitopsEngine[];
}

const GoEnv = z.object({ GOVERSION: z.string(), GOOS: z.string(), GOARCH: z.string() });

async function toolchainOf(toolsDir: string): Promise<Toolchain | undefined> {
  if (!findOnPath('go')) return undefined;
  const asked = await run('go', ['env', '-json', 'GOVERSION', 'GOOS', 'GOARCH'], { cwd: join(toolsDir, 'kubernetes') });
  if (asked.code !== 0) {
    throw new LocalFailure('Asking Go for its version', asked.stderr.trim(), `install Go ${minimumGo} or later from https://go.dev/dl/, or set GOTOOLCHAIN=auto`);
  }
  const { GOVERSION, GOOS, GOARCH } = GoEnv.parse(JSON.parse(asked.stdout));
  return { goVersion: GOVERSION, goos: GOOS, goarch: GOARCH };
}

async function versionOnPath(program: string, args: readonly string[]): Promise<{ path: string; said: string } | undefined> {
  const path = findOnPath(program);
  if (path === undefined) return undefined;
  // Terraform would ask the network for newer versions before it answers.
  const asked = await run(path, args, { env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
  return asked.code === 0 ? { path, said: asked.stdout } : undefined;
}

/** Programs of a recipe that are on PATH in exactly the pinned version; empty unless all are. */
async function recipeOnPath(recipe: Recipe): Promise<ToolPaths> {
  const found: Record<string, string> = {};
  for (const { name, versionArgs } of recipe.programs) {
    if (!versionArgs) return {};
    const there = await versionOnPath(name, versionArgs);
    if (!there || versionIn(there.said)?.join('.') !== recipe.version) return {};
    found[name] = there.path;
  }
  return found;
}

/** terraform or tofu from PATH when it is new enough for `use_lockfile` and provider reattachment. */
async function terraformOnPath(): Promise<string | undefined> {
  for (const [program, minimum] of [['terraform', '1.11.0'], ['tofu', '1.10.0']] as const) {
    const there = await versionOnPath(program, ['version']);
    if (there && isAtLeast(there.said, minimum)) return there.path;
  }
  return undefined;
}

interface Step {
  readonly tool: string;
  readonly target: string;
  readonly typicalSeconds: number;
  readonly paths: ToolPaths;
  onPath(): Promise<ToolPaths>;
  build(): Promise<void>;
}

/**
 * Finds or builds every program of the local platform: the cache first, then PATH in the pinned version, else a build, one after the other.
 * Effects: the tools cache, Go's caches. Throws LocalFailure that names every missing prerequisite with the command that installs it.
 */
export async function ensureTools({ repoDir, onProgress = () => undefined, cacheDir = toolsCacheDir(), only, engines = ['argocd'] }: EnsureToolsOptions): Promise<ToolPaths> {
  const toolsDir = join(repoDir, 'local', 'tools');
  const toolchain = await toolchainOf(toolsDir);
  const missing = missingPrerequisites(true);
  if (missing.length > 0 || !toolchain) {
    throw new LocalFailure('Preparing the local platform', missing.map((m) => `${m.program} is missing: ${m.why}`).join('; '),
      missing.map((m) => m.install).join('\n      '));
  }
  const steps = (only === undefined ? recipes.filter(({ engine }) => engine === undefined || engines.includes(engine)) : [...recipes, ...testRecipes].filter(({ folder }) => folder === only)).map((recipe): Step => {
    const target = join(cacheDir, cacheKey(toolsDir, recipe, toolchain));
    const names = [...recipe.programs.map((p) => p.name), ...(recipe.keep ? [recipe.keep.to] : [])];
    return {
      tool: recipe.folder, target, typicalSeconds: recipe.typicalSeconds,
      paths: Object.fromEntries(names.map((name) => [name, join(target, name)])),
      onPath: () => recipeOnPath(recipe),
      build: () => buildRecipe(toolsDir, recipe, target),
    };
  });
  const terraform = await terraformOnPath();
  if (terraform === undefined && only === undefined) {
    const target = join(cacheDir, contentHash([['tofu', JSON.stringify([openTofu, toolchain])]]));
    steps.push({
      tool: 'opentofu', target, typicalSeconds: openTofu.typicalSeconds, paths: { terraform: join(target, 'tofu') },
      onPath: () => Promise.resolve({}), build: () => buildOpenTofu(target),
    });
  }
  const paths: Record<string, string> = terraform === undefined ? {} : { terraform };
  for (const [i, step] of steps.entries()) {
    const started = performance.now();
    const report = (state: ToolEvent['state']): void => onProgress({
      tool: step.tool, index: i + 1, total: steps.length, state,
      seconds: (performance.now() - started) / 1000, typicalSeconds: step.typicalSeconds,
    });
    Object.assign(paths, await ensureStep(step, report));
  }
  return paths;
}

/** Removes what builds of this target left behind when they were killed. Only called while the lock is held. */
function removeAbandoned(target: string): void {
  for (const name of readdirSync(dirname(target))) {
    if (name.startsWith(`${basename(target)}.building-`)) rmSync(join(dirname(target), name), { recursive: true, force: true });
  }
}

async function ensureStep(step: Step, report: (state: ToolEvent['state']) => void): Promise<ToolPaths> {
  if (existsSync(step.target)) {
    report('cached');
    return step.paths;
  }
  const onPath = await step.onPath();
  if (Object.keys(onPath).length > 0) {
    report('on-path');
    return onPath;
  }
  return withLock(`${step.target}.lock`, () => report('waiting'), async () => {
    if (!existsSync(step.target)) {
      report('building');
      const beat = setInterval(() => report('building'), 1000);
      try {
        removeAbandoned(step.target);
        await step.build();
      } finally {
        clearInterval(beat);
      }
    }
    report('built');
    return step.paths;
  });
}
