import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { zip } from './zip.ts';

const text = (path: string, body: string, executable = false) => ({ path, bytes: Buffer.from(body), executable });
const readBack = `import sys, zipfile, json
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps([z.testzip()] + [[i.filename, z.read(i).decode(), oct(i.external_attr >> 16), list(i.date_time)] for i in z.infolist()]))`;

const hasPython = spawnSync('python3', ['--version']).status === 0;

it.runIf(hasPython)('gives an archive that other programs read, with fixed times and modes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  try {
    writeFileSync(join(folder, 'x.zip'), zip([text('pkg/ü.py', 'ü = 1\n'), text('bootstrap', '#!/bin/sh\n', true), text('empty', '')]));
    const said: unknown = JSON.parse(execFileSync('python3', ['-c', readBack, join(folder, 'x.zip')], { encoding: 'utf8' }));
    expect(said).toEqual([null, ['bootstrap', '#!/bin/sh\n', '0o100755', [1980, 1, 1, 0, 0, 0]], ['empty', '', '0o100644', [1980, 1, 1, 0, 0, 0]], ['pkg/ü.py', 'ü = 1\n', '0o100644', [1980, 1, 1, 0, 0, 0]]]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('gives these very bytes on every machine', () => {
  expect(createHash('sha256').update(zip([text('handler.py', 'def handler(event, context):\n    return {}\n'), text('bootstrap', '#!/bin/sh\n', true)])).digest('hex')).toBe('2afe84f22ba88a1c355fffc6f5476c99a59138d1530c2ee96702a1f9d51a1905');
});

it('gives the same bytes whatever the order of the entries, and other bytes for any other content', () => {
  const entries = fc.uniqueArray(fc.record({ path: fc.stringMatching(/^[a-z/]{1,8}$/), bytes: fc.uint8Array({ maxLength: 40 }), executable: fc.boolean() }), { selector: ({ path }) => path, minLength: 1 });
  fc.assert(fc.property(entries, (some) => {
    const [first] = some;
    expect(zip(some.toReversed())).toEqual(zip(some));
    if (first) expect(zip([{ ...first, bytes: Buffer.concat([first.bytes, Buffer.from('x')]) }, ...some.slice(1)])).not.toEqual(zip(some));
  }));
});
