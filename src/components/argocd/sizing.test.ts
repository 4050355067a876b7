import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentFixture } from '../../../test/fixtures/platform.ts';
import { chartOf, objectsOf, planned } from '../../../test/fixtures/planned-components.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import { shardOf } from './shard.ts';
import { argocdSize } from './sizing.ts';

/** Prod with clusters that have as many components as those of the default configuration. */
const fleet = (clusters: number, components = 20): Environment => {
  const environment = environmentFixture({ tier: 'prod', clusters });
  const all = Object.fromEntries(Array.from({ length: components }, (_, i) => [`c${i}`, {}]));
  return { ...environment, clusters: environment.clusters.map((cluster) => ({ ...cluster, components: all })) };
};
const platformOf = (environment: Environment): Platform => ({ name: 'argoeks', gitops: { engine: 'argocd', repoUrl: 'https://git.acme.io/a/b.git', targetRevision: 'main' }, environments: [environment] });

describe('Argo CD of a fleet', () => {
  it.each([
    [1, { applications: 23, shards: 1, statusProcessors: 20, operationProcessors: 10, repoServers: 2, controller: { cpu: '300m', memory: '512Mi' } }],
    [10, { applications: 230, shards: 1, statusProcessors: 20, operationProcessors: 10, repoServers: 2, controller: { cpu: '600m', memory: '896Mi' } }],
    [100, { applications: 2300, shards: 3, statusProcessors: 39, operationProcessors: 20, repoServers: 3, controller: { cpu: '1450m', memory: '1920Mi' } }],
    [1000, { applications: 23_000, shards: 23, statusProcessors: 50, operationProcessors: 25, repoServers: 26, controller: { cpu: '1750m', memory: '2304Mi' } }],
  ])('of %i clusters', (clusters, size) => {
    expect(argocdSize(fleet(clusters), 2, {})).toEqual(size);
  });

  it('gives no controller more than a thousand applications, nor fewer processors than Argo CD has by itself', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 60 }), (clusters, components) => {
      const { applications, shards, statusProcessors, operationProcessors } = argocdSize(fleet(clusters, components), 1, {});
      expect(applications / shards).toBeLessThanOrEqual(1000);
      expect(statusProcessors).toBeGreaterThanOrEqual(20);
      expect(operationProcessors).toBeGreaterThanOrEqual(10);
    }), { numRuns: 30 });
  });

  it('can be told better', () => {
    expect(argocdSize(fleet(100), 2, { shards: 5, repo_server_replicas: 7 })).toMatchObject({ shards: 5, repoServers: 7 });
  });

  it('reaches the values of the chart', () => {
    const environment = fleet(100);
    const [hub] = environment.clusters;
    if (!hub) throw new Error('no hub');
    expect(chartOf(planned('argocd', hub, {}, platformOf(environment)), 'argocd').clusterValues).toMatchObject({
      controller: { replicas: 3, pdb: { enabled: true, maxUnavailable: 1 }, resources: { requests: { cpu: '1450m', memory: '1920Mi' } } }, repoServer: { replicas: 3 },
      configs: { params: { 'controller.status.processors': '39', 'controller.operation.processors': '20' } },
    });
  });
});

describe('shards', () => {
  it('take equal shares of clusters', () => {
    for (const shards of [2, 3, 20]) {
      const counts = Array.from({ length: shards }, () => 0);
      for (const cluster of fleet(100).clusters) counts[shardOf(cluster, shards)] = (counts[shardOf(cluster, shards)] ?? 0) + 1;
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  it('keep their clusters when others come and go', () => {
    const shardsOf = (environment: Environment) => new Map(environment.clusters.map((cluster) => [cluster.name, shardOf(cluster, 3)]));
    const before = shardsOf(fleet(100));
    for (const [name, shard] of shardsOf(fleet(90))) expect(before.get(name)).toBe(shard);
  });

  it('are named in the Secrets of clusters once there is more than one', () => {
    const registered = (environment: Environment) => objectsOf(planned('cluster-registration', environment.clusters[0] ?? expect.fail('no hub'), {}, platformOf(environment)), 'cluster-registration')
      .map((object) => (object['spec'] as { readonly target: { readonly template: { readonly data: Readonly<Record<string, string>> } } }).target.template.data['shard']);
    expect(new Set(registered(fleet(10)))).toEqual(new Set([undefined]));
    expect(new Set(registered(fleet(100)))).toEqual(new Set(['0', '1', '2']));
  });
});
