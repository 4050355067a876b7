import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesOf, platformOf } from '../fixtures/everything.ts';
import { argoeks, freshRepository, kubectl, type Ran } from './argoeks.ts';

interface Application {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly status?: { readonly sync?: { readonly status: string }; readonly health?: { readonly status: string }; readonly conditions?: readonly { readonly message: string }[] };
}

const hub = 'qa-mlops-a';
let directory: string;
let up: Ran;
beforeAll(async () => {
  directory = freshRepository();
  rmSync(join(directory, 'configuration'), { recursive: true });
  for (const [path, text] of filesOf(['qa'], platformOf(['qa'], 'on'))) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  // The API that the configuration names.
  mkdirSync(join(directory, 'api'), { recursive: true });
  writeFileSync(join(directory, 'api', 'features.json'), JSON.stringify({ openapi: '3.0.1', info: { title: 'features', version: '1' }, paths: {} }));
  const built = await argoeks(directory, 'build');
  expect(built.code, built.err).toBe(0);
  up = await argoeks(directory, 'local', 'up', '--env', 'qa');
});
afterAll(async () => {
  await argoeks(directory, 'local', 'down');
  rmSync(directory, { recursive: true, force: true });
});

it('an environment with every component and every switch on comes up', () => {
  expect(up.code, up.err).toBe(0);
});

it('every application of the committed output is there, Synced and Healthy', async () => {
  const { items } = await kubectl<{ readonly items: readonly Application[] }>(directory, hub, 'get', 'applications', '-n', 'argocd');
  const rendered = readdirSync(join(directory, 'kubernetes/clusters', hub, 'applications')).map((file) => file.replace(/\.yaml$/, ''));
  expect(rendered.length).toBeGreaterThan(20);
  expect(items.flatMap(({ metadata }) => metadata.labels?.['argoeks.io/release'] ?? []).toSorted()).toEqual(rendered.toSorted());
  // The repositories of teams are at nobody's address here.
  const ours = items.filter(({ metadata }) => metadata.labels?.['argoeks.io/release'] !== undefined);
  expect(ours.filter(({ status }) => status?.sync?.status !== 'Synced' || status.health?.status !== 'Healthy').map(({ metadata, status }) => [metadata.name, status])).toEqual([]);
});
