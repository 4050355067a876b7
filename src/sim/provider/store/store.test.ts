import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createStore, openFileStore } from './store.ts';

const dir = mkdtempSync(join(tmpdir(), 'sim-store-'));
afterEach(() => { for (const name of readdirSync(dir)) rmSync(join(dir, name)); });
const vpc = { type: 'aws_vpc', id: 'vpc-1', region: 'us-east-1', attributes: { cidr_block: '10.0.0.0/16' } };

describe('the simulated account', () => {
  test('keeps equal ids of different regions apart', () => {
    const store = createStore();
    store.put({ ...vpc, type: 'aws_cloudwatch_log_group' });
    store.put({ ...vpc, type: 'aws_cloudwatch_log_group', region: 'eu-west-1' });
    expect(store.delete('aws_cloudwatch_log_group', 'vpc-1', 'eu-west-1')).toBe(true);
    expect(store.leftovers().map(({ region }) => region)).toEqual(['us-east-1']);
  });

  test('drift edits one attribute and refuses what does not exist', () => {
    const store = createStore();
    store.put(vpc);
    store.drift('aws_vpc', 'vpc-1', { tags: { a: 'b' } });
    expect(store.get('aws_vpc', 'vpc-1')?.attributes).toEqual({ cidr_block: '10.0.0.0/16', tags: { a: 'b' } });
    expect(() => store.drift('aws_vpc', 'vpc-2', {})).toThrow('no aws_vpc "vpc-2"');
  });

  test('a file has every confirmed change, and no half-written file beside it', () => {
    const path = join(dir, 'account.json');
    const store = openFileStore(path);
    store.put(vpc);
    store.put({ ...vpc, id: 'vpc-2' });
    store.delete('aws_vpc', 'vpc-1');
    expect(openFileStore(path).leftovers()).toEqual([{ ...vpc, id: 'vpc-2' }]);
    expect(readdirSync(dir)).toEqual(['account.json']);
  });
});
