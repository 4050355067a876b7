import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { codes } from '../../src/diag/codes.ts';

const source = new URL('../../src', import.meta.url).pathname;
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('diag/codes.ts'));
const texts = files.map((name) => readFileSync(join(source, name), 'utf8'));
const areas = [...new Set(Object.keys(codes).map((code) => code.split('/')[0]))];

/** Codes made from a part that is only known when it happens: the kind of a port's failure, the operation of Terraform. */
const composed = /^(?:ops\/(?:denied|missing|conflict|throttled|unreachable|failed)|terraform\/\w+-failed)$/;

it('every code that a finding is given stands in the catalogue', () => {
  const given = texts.flatMap((text) => [...text.matchAll(/(?:code: |problem\(|finding\()'([a-z]+\/[a-z-]+)'/g)].map((match) => match[1] ?? ''));
  expect(given.length).toBeGreaterThan(50);
  expect([...new Set(given)].filter((code) => !Object.hasOwn(codes, code)).toSorted()).toEqual([]);
});

it('every code of the catalogue is given by something', () => {
  const all = texts.join('\n');
  expect(Object.keys(codes).filter((code) => !all.includes(`'${code}'`) && !composed.test(code))).toEqual([]);
});

it('explains each code in whole sentences', () => {
  expect(areas.length).toBeGreaterThan(3);
  for (const [code, { title, explanation }] of Object.entries(codes)) {
    expect(code).toMatch(/^[a-z]+\/[a-z-]+$/);
    expect(title, code).not.toMatch(/\.$/);
    expect(explanation, code).toMatch(/[.)]$/);
  }
});
