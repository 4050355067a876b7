import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidr, contains, overlaps } from '../units/cidr.ts';
import { readLock, writeLock } from './lock-file.ts';
import type { Lock } from './lock-file.ts';
import type { Tenant } from './lock.ts';
import { allocate } from './lock.ts';

const at = { file: 'a.yaml', line: 1, column: 1 };
const bases: Readonly<Record<string, readonly string[]>> = { dev: ['10.0.0.0/12'], qa: ['10.64.0.0/13', '100.64.0.0/12'], prod: ['10.128.0.0/10'] };
const tenant = (cluster: string, environment = 'dev', prefix = 16): Tenant => ({ cluster, environment, prefix, base: (bases[environment] ?? []).map(cidr), at, baseAt: at });
const none: Lock = { clusters: new Map(), charts: new Map() };
const relock = (clusters: ReadonlyMap<string, { cidr: string; mesh_id: number }>): Lock => readLock(writeLock(clusters, new Map())).value ?? none;
const lockOf = (tenants: readonly Tenant[], from: Lock = none): Lock => relock(allocate(tenants, from).clusters);

const fleet = fc.uniqueArray(
  fc.record({ cluster: fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/), environment: fc.constantFrom('dev', 'qa', 'prod'), prefix: fc.integer({ min: 16, max: 20 }) }).map((t) => tenant(t.cluster, t.environment, t.prefix)),
  { selector: (t) => t.cluster, maxLength: 24 },
);
const plain = (lock: Lock): Readonly<Record<string, unknown>> => Object.fromEntries([...lock.clusters].map(([name, entry]) => [name, { cidr: entry.cidr, mesh_id: entry.mesh_id }]));

describe('allocate', () => {
  it('blocks are disjoint over the whole fleet, inside their environment, of the wanted size; mesh ids unique in theirs', () => {
    fc.assert(fc.property(fleet, (tenants) => {
      const { clusters, diagnostics } = allocate(tenants, none);
      const full = diagnostics.some((d) => d.code === 'lock/exhausted');
      if (!full) expect([...clusters.keys()].sort()).toEqual(tenants.map((t) => t.cluster).sort());
      const blocks = [...clusters.values()].map((entry) => cidr(entry.cidr));
      blocks.forEach((a, i) => { blocks.slice(i + 1).forEach((b) => { expect(overlaps(a, b)).toBe(false); }); });
      for (const one of tenants) {
        const entry = clusters.get(one.cluster);
        if (!entry) continue;
        expect(one.base.some((base) => contains(base, cidr(entry.cidr)))).toBe(true);
        expect(cidr(entry.cidr).prefix).toBe(one.prefix);
        expect(tenants.filter((other) => other.environment === one.environment && clusters.get(other.cluster)?.mesh_id === entry.mesh_id)).toHaveLength(1);
      }
    }));
  });
  it('does not depend on the order of the clusters', () => {
    fc.assert(fc.property(fleet.chain((tenants) => fc.tuple(fc.constant(tenants), fc.shuffledSubarray(tenants, { minLength: tenants.length }))), ([tenants, shuffled]) => {
      expect(plain(lockOf(shuffled))).toEqual(plain(lockOf(tenants)));
    }));
  });
  it('adding, removing and renaming clusters never moves another one', () => {
    fc.assert(fc.property(fleet, fleet, fc.nat(), (before, after, pick) => {
      const lock = lockOf(before);
      const kept = before.filter((_, i) => (pick >> i % 30) % 2 === 0);
      const added = after.filter((t) => !before.some((old) => old.cluster === t.cluster));
      const next = lockOf([...added, ...kept], lock);
      for (const { cluster } of kept) if (lock.clusters.has(cluster)) expect(plain(next)[cluster]).toEqual(plain(lock)[cluster]);
      for (const { cluster } of before) if (!kept.some((t) => t.cluster === cluster)) expect(next.clusters.has(cluster)).toBe(false);
    }));
  });
  it('a second build writes the same file', () => {
    fc.assert(fc.property(fleet, (tenants) => {
      const first = writeLock(allocate(tenants, none).clusters, new Map());
      const second = allocate(tenants, readLock(first).value ?? none);
      expect(writeLock(second.clusters, new Map())).toBe(first);
      expect(second.diagnostics.filter((d) => d.code !== 'lock/exhausted')).toEqual([]);
    }));
  });
  it('a removed cluster frees its block for the next', () => {
    const lock = lockOf([tenant('a'), tenant('b'), tenant('c')]);
    expect(plain(lockOf([tenant('a'), tenant('c'), tenant('d')], lock))).toEqual({ a: { cidr: '10.0.0.0/16', mesh_id: 1 }, c: { cidr: '10.2.0.0/16', mesh_id: 3 }, d: { cidr: '10.1.0.0/16', mesh_id: 2 } });
  });
  it('re-allocation moves only the named cluster', () => {
    const lock = readLock('version: 1\nclusters:\n  a: {cidr: 10.0.0.0/16, mesh_id: 1}\n  b: {cidr: 10.0.0.0/16, mesh_id: 1}\ncharts: {}\n').value ?? none;
    const both = [tenant('a'), tenant('b')];
    expect(allocate(both, lock).diagnostics.map((d) => [d.code, d.at.line])).toEqual([['lock/collision', 4], ['lock/collision', 4]]);
    const moved = allocate(both, lock, new Set(['b']));
    expect(moved.diagnostics).toEqual([]);
    expect(moved.clusters.get('a')).toMatchObject({ cidr: '10.0.0.0/16', mesh_id: 1 });
    expect(moved.clusters.get('b')).toEqual({ cidr: '10.1.0.0/16', mesh_id: 2 });
  });
  it('keeps going when one environment is full', () => {
    const many = Array.from({ length: 17 }, (_, i) => tenant(`c${String(i).padStart(2, '0')}`));
    const { clusters, diagnostics } = allocate([...many, tenant('z', 'prod')], none);
    expect(diagnostics.map((d) => d.code)).toEqual(['lock/exhausted']);
    expect(diagnostics[0]?.summary).toContain('c16');
    expect(clusters.has('z')).toBe(true);
  });
});

describe('readLock', () => {
  it('is empty where there is no file, but refuses an empty file', () => {
    expect(readLock(undefined).value?.clusters.size).toBe(0);
    expect(readLock('').diagnostics.map((d) => d.code)).toEqual(['lock/corrupt']);
  });
  it.each(['version: 1\n', 'clusters: {}\ncharts: {}\n', 'version: 1\nclusters: []\ncharts: {}\n', 'version: 1\nclusters: {a: {cidr: 10.0.0.0/16}}\ncharts: {}\n', 'version: 1\nclusters: {}\ncharts: {}\nmore: 1\n', 'version: 1\nclusters: {a: {cidr: 10.0.0.0/16, mesh_id: 512}}\ncharts: {}\n', '\u0000', '[', 'version: 1\n---\nversion: 1\n'])('refuses %j with a way out', (text) => {
    const { value, diagnostics } = readLock(text);
    expect(value).toBeUndefined();
    expect(diagnostics.every((d) => d.code === 'lock/corrupt' && d.fix.includes('git checkout'))).toBe(true);
  });
  it('refuses an entry that stands twice', () => {
    expect(readLock('version: 1\nclusters:\n  a: {cidr: 10.0.0.0/16, mesh_id: 1}\n  a: {cidr: 10.1.0.0/16, mesh_id: 1}\ncharts: {}\n').diagnostics[0]).toMatchObject({ code: 'lock/corrupt', at: { line: 4 } });
  });
  it('reads what it wrote line by line as it reads any YAML, places included', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
    const block = fc.tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 8, max: 28 })).map(([a, b, bits]) => `10.${a}.${b}.0/${bits}`);
    const clusters = fc.dictionary(name, fc.record({ cidr: block, mesh_id: fc.nat(511) }));
    const charts = fc.dictionary(name, fc.stringMatching(/^v?\d{1,2}\.\d{1,2}\.\d{1,2}(-[a-z0-9]{1,4})?$/));
    fc.assert(fc.property(clusters, charts, (blocks, versions) => {
      const text = writeLock(new Map(Object.entries(blocks)), new Map(Object.entries(versions)));
      const { value } = readLock(text);
      // Written otherwise, it is read as YAML.
      expect(value).toEqual(readLock(`${text}# end\n`).value);
      expect(Object.fromEntries([...(value?.charts ?? [])].map(([id, { version }]) => [id, version]))).toEqual(versions);
    }));
  });
  it('branches that add different clusters merge by lines, and what both took is named', () => {
    const folder = mkdtempSync(join(tmpdir(), 'argoeks-lock-'));
    try {
      const base = [tenant('b'), tenant('y')];
      const lock = lockOf(base);
      const write = (name: string, tenants: readonly Tenant[]): void => { writeFileSync(join(folder, name), writeLock(allocate(tenants, lock).clusters, new Map([['cilium', '1.18.1']]))); };
      write('base', base);
      write('ours', [...base, tenant('a')]);
      write('theirs', [...base, tenant('z')]);
      execFileSync('git', ['merge-file', join(folder, 'ours'), join(folder, 'base'), join(folder, 'theirs')]);
      const merged = readLock(readFileSync(join(folder, 'ours'), 'utf8')).value ?? none;
      const all = [...base, tenant('a'), tenant('z')];
      expect(allocate(all, merged).diagnostics.map((d) => [d.code, d.summary.slice(0, 7)])).toEqual([['lock/collision', 'z and a'], ['lock/collision', 'z and a']]);
      const mended = allocate(all, merged, new Set(['z']));
      expect(mended.diagnostics).toEqual([]);
      for (const name of ['a', 'b', 'y']) expect(mended.clusters.get(name)?.cidr).toBe(merged.clusters.get(name)?.cidr);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
