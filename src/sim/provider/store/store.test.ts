import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { StoreLocked, openFileStore, readAccountFile, wasCutOff } from './file-store.ts';
import { MemoryStore } from './memory-store.ts';
import { drift, keyOf, leftovers } from './store.ts';
import type { SimObject } from './store.ts';

const dir = mkdtempSync(join(tmpdir(), 'sim-store-'));
afterAll(() => rmSync(dir, { recursive: true }));
const vpc: SimObject = { type: 'aws_vpc', id: 'vpc-1', region: 'us-east-1', attributes: { cidr_block: '10.0.0.0/16' }, origin: 'terraform' };

describe('the simulated account', () => {
  test('keeps equal ids of different regions apart', () => {
    const store = new MemoryStore([vpc, { ...vpc, region: 'eu-west-1' }]);
    expect(store.delete('aws_vpc', 'eu-west-1', 'vpc-1')).toBe(true);
    expect(leftovers(store).map(({ region }) => region)).toEqual(['us-east-1']);
  });

  test('what AWS made along vanishes with its owner and is no leftover', () => {
    const store = new MemoryStore([vpc, { type: 'aws_security_group', region: 'us-east-1', id: 'sg-1', attributes: {}, origin: 'aws', owner: keyOf(vpc) }]);
    expect(leftovers(store)).toEqual([vpc]);
    store.delete('aws_vpc', 'us-east-1', 'vpc-1');
    expect(store.all()).toEqual([]);
  });

  test('drift edits one attribute and refuses what does not exist', () => {
    const store = new MemoryStore([vpc]);
    drift(store, 'aws_vpc', 'vpc-1', { tags: { a: 'b' } });
    expect(store.get('aws_vpc', 'us-east-1', 'vpc-1')?.attributes).toEqual({ cidr_block: '10.0.0.0/16', tags: { a: 'b' } });
    expect(() => drift(store, 'aws_vpc', 'vpc-2', {})).toThrow('no aws_vpc "vpc-2"');
  });

  test('a file has every confirmed change and is locked until closed', () => {
    const path = join(dir, 'account.json');
    const store = openFileStore(path);
    store.put(vpc);
    store.put({ ...vpc, id: 'vpc-2' });
    store.delete('aws_vpc', 'us-east-1', 'vpc-1');
    expect(readAccountFile(path)).toEqual([{ ...vpc, id: 'vpc-2' }]);
    expect(() => openFileStore(path)).toThrow(StoreLocked);
    store.close();
    expect(readdirSync(dir)).toEqual(['account.json']);
  });

  test('what a dead process was still making is gone, what AWS made along with it, and what Terraform never heard of', () => {
    const path = join(dir, 'cut-off.json');
    const store = openFileStore(path);
    const cluster: SimObject = { ...vpc, type: 'aws_eks_cluster', id: 'c', unfinished: true };
    for (const object of [vpc, cluster, { type: 'aws_security_group', region: 'us-east-1', id: 'sg-1', attributes: {}, origin: 'aws' as const, owner: keyOf(cluster) }]) store.put(object);
    store.close();
    const again = openFileStore(path);
    expect(again.all()).toEqual([vpc]);
    const other: SimObject = { ...vpc, id: 'vpc-2', origin: 'other' };
    for (const object of [{ ...vpc, id: 'vpc-3' }, other]) again.put(object);
    again.close();
    const known = openFileStore(path, ({ id }) => id === 'vpc-1');
    expect(known.all()).toEqual([vpc, other]);
    known.close();
    rmSync(path);
  });

  test('an account is cut off when its process is gone and its lock is not', () => {
    const path = join(dir, 'killed.json');
    expect(wasCutOff(path)).toBe(false);
    const store = openFileStore(path);
    expect(wasCutOff(path)).toBe(false);
    store.close();
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: 2 ** 22 + 1, started: '1' }));
    expect(wasCutOff(path)).toBe(true);
    rmSync(`${path}.lock`);
  });
});
