import fc from 'fast-check';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tryLock } from '../file-lock.ts';
import { identify, isAlive, startTimeIn } from '../process-identity.ts';
import { backoffMs, specHash, type ChildSpec } from './children.ts';
import { freePorts } from './free-port.ts';
import { layout, readState, writeState, type WorldState } from './state.ts';

const spec: ChildSpec = { name: 'hub/etcd', program: '/bin/etcd', args: ['--a'], env: { A: '1', B: '2' }, cwd: '/w', log: '/w/l' };

let dir: string;
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'argoeks-process-')); });
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('state file', () => {
  const state: WorldState = {
    version: 1, socketDir: '/tmp/x', tools: { etcd: '/bin/etcd' }, children: { 'hub/etcd': { pid: 3, startTime: '9', log: '/l', spec: 'h' } },
    flux: {}, clusters: { hub: { kubernetesVersion: '1.35', ports: { etcdClient: 1, etcdPeer: 2, apiserver: 3 } } },
  };
  it('reads as it was written, for its owner only', () => {
    writeState(dir, state);
    expect(readState(dir)).toEqual(state);
    expect(statSync(layout.state(dir)).mode & 0o777).toBe(0o600);
  });
  it('is absent before anything was started', () => expect(readState(dir)).toBeUndefined());
  it('is refused with a way out when it is damaged', () => {
    writeFileSync(layout.state(dir), '{"version":1');
    expect(() => readState(dir)).toThrow(/damaged\nNext: stop what still runs, remove .* and start again/);
  });
});

describe('processes', () => {
  it('are recognised by id and start time', () => {
    const self = identify(process.pid);
    expect(self && isAlive(self)).toBe(true);
    expect(isAlive({ pid: process.pid, startTime: '1' })).toBe(false);
    expect(identify(2 ** 30)).toBeUndefined();
  });
  it('may have any name', () => {
    const fields = Array.from({ length: 20 }, (_, i) => String(i)).join(' ');
    expect(startTimeIn(`12 (a) S) ${fields}`)).toBe('19');
  });
});

describe('children', () => {
  it('restart with growing pauses, at most ten seconds', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 50 }), (n) => {
      expect(backoffMs(n)).toBeLessThanOrEqual(backoffMs(n + 1));
      expect(backoffMs(n)).toBeGreaterThanOrEqual(200);
      expect(backoffMs(n)).toBeLessThanOrEqual(10_000);
    }));
  });
  it('are replaced when what they are started with changes, not when only its order does', () => {
    expect(specHash({ ...spec, env: { B: '2', A: '1' } })).toBe(specHash(spec));
    expect(specHash({ ...spec, args: ['--b'] })).not.toBe(specHash(spec));
  });
});

describe('locks and ports', () => {
  it('a lock is held once and outlives no process', () => {
    const path = join(dir, 'lock');
    expect(tryLock(path)).toBe(true);
    expect(tryLock(path)).toBe(false);
    writeFileSync(path, JSON.stringify({ pid: process.pid, startTime: 'earlier boot' }));
    expect(tryLock(path)).toBe(true);
    rmSync(path);
    writeFileSync(path, 'half a fi');
    expect(tryLock(path)).toBe(true);
  });
  it('ports asked for together differ', async () => {
    const ports = await freePorts(['a', 'b', 'c', 'd']);
    expect(new Set(Object.values(ports)).size).toBe(4);
  });
});
