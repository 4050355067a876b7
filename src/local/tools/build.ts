import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { LocalFailure } from '../failure.ts';
import { buildEnvironment, buildFlags, linkerFlags } from './cache-key.ts';
import { findOnPath } from './prerequisites.ts';
import type { Recipe, SourcePatch } from './recipes.ts';
import { openTofu } from './recipes.ts';
import { run, tail } from './run.ts';

const Downloaded = z.object({ Dir: z.string().optional(), Error: z.string().optional() });

async function go(cwd: string, args: readonly string[]): Promise<string> {
  // Building is the machine's least urgent work: it must not starve a control plane that already runs.
  const niceness = findOnPath('nice') ? ['nice', '-n', '10', 'go'] : ['go'];
  const [program = 'go', ...before] = niceness;
  const done = await run(program, [...before, ...args], { cwd, env: { ...process.env, ...buildEnvironment } });
  if (done.code !== 0) {
    throw new LocalFailure(`go ${args[0]} in ${cwd}`, tail(`${done.stderr}\n${done.stdout}`),
      'mend what Go complains about (network, disk space, Go version) and run the same command again; finished packages are not built twice');
  }
  return done.stdout;
}

/** Folder of a module's source in Go's module cache, downloaded and verified against go.sum or the checksum database. */
async function moduleDir(cwd: string, module: string): Promise<string> {
  const found = Downloaded.parse(JSON.parse(await go(cwd, ['mod', 'download', '-json', module])));
  if (!found.Dir) throw new LocalFailure(`Downloading ${module}`, found.Error ?? 'Go names no folder for it', 'check the network and run the same command again');
  return found.Dir;
}

/** Copies a module's source to where it can be written. */
function copyWritable(from: string, to: string): void {
  // The web interface's sources, tests and documents are not compiled; without them the copy is a third as large.
  cpSync(from, to, { recursive: true, filter: (path) => !/\/(ui\/src|docs|test\/e2e)$/.test(path) });
  const open = (dir: string): void => {
    chmodSync(dir, 0o755);
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      if (entry.isDirectory()) open(join(dir, entry.name));
    }
  };
  open(to);
}

/** Applies one patch to a source text; a find text that is not there exactly once is an error. Pure. */
export function applyPatch(source: string, patch: SourcePatch): string {
  const parts = source.split(patch.find);
  if (parts.length !== 2) {
    throw new LocalFailure(`Patching ${patch.file}`, `its text holds "${patch.find}" ${parts.length - 1} times instead of once`,
      'adapt the patch in src/local/tools/recipes.ts to the pinned version');
  }
  return parts.join(patch.replace);
}

/** A go.mod beside the real one that takes the patched module from a folder. Returns the arguments that select it. */
async function patchedModFile(moduleFolder: string, recipe: Recipe, scratch: string): Promise<readonly string[]> {
  if (!recipe.patched) return [];
  const source = join(scratch, 'source');
  copyWritable(await moduleDir(moduleFolder, recipe.patched.module), source);
  for (const patch of recipe.patched.patches) {
    const file = join(source, patch.file);
    const text = applyPatch(readFileSync(file, 'utf8'), patch);
    rmSync(file);
    writeFileSync(file, text);
  }
  const modFile = join(scratch, 'go.mod');
  writeFileSync(modFile, `${readFileSync(join(moduleFolder, 'go.mod'), 'utf8')}\nreplace ${recipe.patched.module} => ${source}\n`);
  cpSync(join(moduleFolder, 'go.sum'), join(scratch, 'go.sum'));
  return [`-modfile=${modFile}`];
}

/** Removes a folder that may hold read-only copies. */
const discard = (dir: string): void => rmSync(dir, { recursive: true, force: true, maxRetries: 3 });

/**
 * Builds all programs of one recipe into `target`, which appears at once and whole. Effects: `target`, Go's own caches.
 * Throws LocalFailure with what Go said.
 */
export async function buildRecipe(toolsDir: string, recipe: Recipe, target: string): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  const scratch = mkdtempSync(`${target}.building-`);
  try {
    const folder = join(toolsDir, recipe.folder);
    const out = join(scratch, 'out');
    mkdirSync(out);
    const selected = await patchedModFile(folder, recipe, scratch);
    for (const program of recipe.programs) {
      await go(folder, ['build', ...buildFlags, ...selected, ...(recipe.tags ? [`-tags=${recipe.tags.join(',')}`] : []), '-ldflags', linkerFlags(recipe), '-o', join(out, program.name), program.package]);
    }
    if (recipe.keep) {
      const kept = join(out, recipe.keep.to);
      copyWritable(join(await moduleDir(folder, recipe.keep.module), recipe.keep.from), kept);
    }
    publish(out, target);
  } finally {
    discard(scratch);
  }
}

/** Builds OpenTofu from its module's source; it can't be a dependency because its main module has replacements of its own. */
export async function buildOpenTofu(target: string): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  const scratch = mkdtempSync(`${target}.building-`);
  try {
    const source = join(scratch, 'source');
    copyWritable(await moduleDir(scratch, `${openTofu.module}@v${openTofu.version}`), source);
    const out = join(scratch, 'out');
    mkdirSync(out);
    await go(source, ['build', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w', '-o', join(out, 'tofu'), openTofu.package]);
    publish(out, target);
  } finally {
    discard(scratch);
  }
}

function publish(out: string, target: string): void {
  if (existsSync(target)) discard(target);
  renameSync(out, target);
}
