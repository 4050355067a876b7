import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Recipe } from './recipes.ts';

/** What decides a built program besides the recipe: the compiler and what it builds for. */
export interface Toolchain {
  /** As `go env GOVERSION` says it, for example `go1.26.8`. */
  readonly goVersion: string;
  readonly goos: string;
  readonly goarch: string;
}

/** Flags every program is built with. Part of the cache key. */
export const buildFlags = ['-trimpath', '-buildvcs=false', '-mod=readonly'] as const;

/** Environment every program is built with. Part of the cache key. */
export const buildEnvironment = { CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '' } as const;

/** The linker's argument for a recipe. Pure. */
export const linkerFlags = (recipe: Pick<Recipe, 'variables'>): string =>
  ['-s', '-w', ...Object.entries(recipe.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`)].join(' ');

/** SHA-256 over named inputs, in the order given; names and lengths are part of it. Pure. */
export function contentHash(inputs: readonly (readonly [name: string, content: string | Uint8Array])[]): string {
  const hash = createHash('sha256');
  for (const [name, content] of inputs) hash.update(`${name}\0${content.length}\0`).update(content);
  return hash.digest('hex');
}

/** The cache folder's name of one recipe: go.mod, go.sum, own sources, recipe, compiler and flags. Reads the module's folder. */
export function cacheKey(toolsDir: string, recipe: Recipe, toolchain: Toolchain): string {
  const dir = join(toolsDir, recipe.folder);
  const files = readdirSync(dir).filter((name) => name === 'go.mod' || name === 'go.sum' || name.endsWith('.go')).sort();
  const { typicalSeconds: _onlyForDisplay, engine: _whoWantsIt, ...decisive } = recipe;
  return contentHash([
    ['recipe', JSON.stringify(decisive)],
    ['toolchain', `${toolchain.goVersion} ${toolchain.goos}/${toolchain.goarch}`],
    ['flags', JSON.stringify([buildFlags, buildEnvironment, linkerFlags(recipe)])],
    ...files.map((name) => [name, readFileSync(join(dir, name))] as const),
  ]);
}
