import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ensurePki } from './pki.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'argoeks-pki-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const certificate = (path: string): X509Certificate => new X509Certificate(readFileSync(path));

it('gives everybody who asks at once the same keys, signed by the authority that is there', async () => {
  const dir = join(folder, 'pki');
  const asked = await Promise.all(Array.from({ length: 4 }, () => ensurePki(dir, 'hub', '172.20.0.1')));
  const [first] = asked;
  if (!first) throw new Error('nobody asked');
  expect(asked.every(({ tokens }) => JSON.stringify(tokens) === JSON.stringify(first.tokens))).toBe(true);
  const authority = certificate(first.ca);
  for (const path of [first.apiserverCert, first.etcdCert, first.etcdClientCert, first.schedulerCert]) expect(certificate(path).verify(authority.publicKey), path).toBe(true);
  expect(certificate(first.frontProxyCert).verify(certificate(first.frontProxyCa).publicKey)).toBe(true);
  expect(readdirSync(folder)).toEqual(['pki']);
  expect(statSync(dir).mode & 0o77).toBe(0);
});

it('creates them once', async () => {
  const dir = join(folder, 'pki');
  const before = await ensurePki(dir, 'hub', '172.20.0.1');
  const bytes = readFileSync(before.ca);
  expect((await ensurePki(dir, 'hub', '172.20.0.1')).tokens).toEqual(before.tokens);
  expect(readFileSync(before.ca)).toEqual(bytes);
});
