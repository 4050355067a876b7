import { cpSync, appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalFailure } from '../failure.ts';
import { applyPatch } from './build.ts';
import { cacheKey, contentHash, linkerFlags } from './cache-key.ts';
import { recipes, testRecipes, type Recipe } from './recipes.ts';

const toolsDir = join(import.meta.dirname, '..', '..', '..', 'local', 'tools');
const toolchain = { goVersion: 'go1.26.8', goos: 'linux', goarch: 'amd64' };
const redis: Recipe = recipes.find((r) => r.folder === 'redis') ?? recipes[0]!;

describe('cache key', () => {
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'argoeks-key-'));
    cpSync(join(toolsDir, 'redis'), join(copy, 'redis'), { recursive: true });
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  it('is the same wherever the repository lies', () => {
    expect(cacheKey(copy, redis, toolchain)).toBe(cacheKey(toolsDir, redis, toolchain));
  });
  it('changes with pins, sources, compiler, target and flags', () => {
    const before = cacheKey(copy, redis, toolchain);
    const others = [
      cacheKey(copy, redis, { ...toolchain, goVersion: 'go1.27.0' }),
      cacheKey(copy, redis, { ...toolchain, goarch: 'arm64' }),
      cacheKey(copy, { ...redis, variables: { 'main.version': '1' } }, toolchain),
    ];
    for (const file of ['go.sum', 'go.mod', 'main.go']) {
      appendFileSync(join(copy, 'redis', file), '\n');
      others.push(cacheKey(copy, redis, toolchain));
    }
    expect(new Set([before, ...others]).size).toBe(7);
  });
  it('ignores what only the display needs', () => {
    expect(cacheKey(copy, { ...redis, typicalSeconds: 1 }, toolchain)).toBe(cacheKey(copy, redis, toolchain));
  });
  it('does not confuse where one input ends and the next begins', () => {
    expect(contentHash([['a', 'bc'], ['d', '']])).not.toBe(contentHash([['a', 'b'], ['cd', '']]));
  });
});

describe('recipes', () => {
  it('have a pinned module each, whose go.mod names the version', async () => {
    const { readFileSync, readdirSync } = await import('node:fs');
    const all = [...recipes, ...testRecipes];
    expect(readdirSync(toolsDir).sort()).toEqual(all.map((r) => r.folder).sort());
    for (const recipe of all.filter((r) => r.folder !== 'redis')) {
      expect(readFileSync(join(toolsDir, recipe.folder, 'go.mod'), 'utf8')).toContain(` v${recipe.version}`);
    }
  });
  it('set the version that Kubernetes reports', () => {
    expect(linkerFlags(recipes.find((r) => r.folder === 'kubernetes') ?? {})).toContain('-X k8s.io/component-base/version.gitVersion=v1.35.4');
  });
});

describe('patches', () => {
  const patch = { file: 'a.go', find: '0.0.0.0', replace: '127.0.0.1' };
  it('replace exactly one place', () => expect(applyPatch('x 0.0.0.0 y', patch)).toBe('x 127.0.0.1 y'));
  it('refuse a source they were not made for', () => {
    expect(() => applyPatch('x', patch)).toThrow(LocalFailure);
    expect(() => applyPatch('0.0.0.0 0.0.0.0', patch)).toThrow(/2 times instead of once/);
  });
});
