import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { argoeks, freshRepository, kubectl, type Ran } from './argoeks.ts';

interface Applications {
  readonly items: readonly { readonly metadata: { readonly name: string }; readonly status?: { readonly sync?: { readonly status: string }; readonly health?: { readonly status: string } } }[];
}

let directory: string;
let up: Ran;
beforeAll(async () => {
  directory = freshRepository();
  up = await argoeks(directory, 'local', 'up');
});
afterAll(async () => {
  await argoeks(directory, 'local', 'down');
  rmSync(directory, { recursive: true, force: true });
});

it('what a newcomer types first brings the whole dev platform up, and says what to look at', async () => {
  expect(up.code, up.err).toBe(0);
  expect(up.out).toContain('dev is up on this machine');
  const { items } = await kubectl<Applications>(directory, 'dev-mlops-cluster-01', 'get', 'applications', '-n', 'argocd');
  expect(items.length).toBeGreaterThan(15);
  expect(items.filter(({ status }) => status?.sync?.status !== 'Synced' || status.health?.status !== 'Healthy').map(({ metadata }) => metadata.name)).toEqual([]);
});

it('another environment is refused while one runs, with the way out', async () => {
  const other = await argoeks(directory, 'local', 'up', '--env', 'qa');
  expect(other.code).toBe(1);
  expect(other.err).toMatch(/ops\/local-occupied[\s\S]*argoeks local down/);
});
