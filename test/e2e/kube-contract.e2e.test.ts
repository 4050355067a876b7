import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { kubeOf } from '../../src/adapters/kube.ts';
import { closeWorld, openWorld } from '../../src/local/world.ts';
import type { Kube } from '../../src/ports/kube.ts';
import { kubeContract } from '../contract/kube.ts';

const repository = join(import.meta.dirname, '../..');
let directory = '';
let kube: Kube;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'argoeks-contract-'));
  const world = await openWorld({ repoDir: directory, toolsRepoDir: repository });
  const { kubeconfigPath } = await world.ensureControlPlane('contract', { kubernetesVersion: '1.35' });
  kube = kubeOf(await readFile(kubeconfigPath, 'utf8'));
});

afterAll(async () => {
  await closeWorld(directory);
  await rm(directory, { recursive: true, force: true });
});

describe('a real API server', () =>
  kubeContract(async (namespace) => {
    await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    return kube;
  }));
