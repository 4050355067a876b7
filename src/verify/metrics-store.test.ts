import { expect, it } from 'vitest';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { thanos } from '../components/thanos.ts';
import { blockBucket } from '../components/thanos-blocks.ts';
import { bucketNames } from '../emit/terraform/storage-props.ts';
import type { ClusterPlan, Plan } from '../model/plan.ts';
import { lifecycleFaults, metricsStore } from './metrics-store.ts';

const planOf = (clusters: readonly ClusterPlan[]): Plan => {
  const [{ environment } = expect.fail('no cluster')] = clusters;
  return { platform: { ...platformFixture([]), environments: [environment] }, environments: [{ environment, clusters }] };
};
const found = (clusters: readonly ClusterPlan[]) => metricsStore(planOf(clusters)).map(({ code, severity }) => `${severity} ${code}`);
const set = (own: Readonly<Record<string, unknown>>) => found(everythingClusters({ components: { thanos: own } }));

it('is content with the defaults', () => {
  expect(found(everythingClusters())).toEqual([]);
});

it('names a bucket that nobody compacts, a compactor without a bucket, and two compactors on one', () => {
  expect(set({ enabled: false })).toEqual(['warning verify/never-compacted']);
  expect(found(everythingClusters({ storage: { thanos: { enabled: false } }, components: { thanos: { enabled: true } } }))).toEqual(['error verify/no-bucket-of-metrics']);
  const [hub = expect.fail('no hub'), spoke = expect.fail('no spoke')] = everythingClusters();
  const own = hub.components.filter(({ id }) => id === 'thanos');
  expect(found([hub, { ...spoke, components: [...spoke.components, ...own] }])).toEqual(['error verify/several-compactors']);
});

it('holds retention and lifecycle to one another', () => {
  expect(set({ retention: { raw_days: 200 } })).toEqual(['error verify/retention-order']);
  expect(set({ retention: { raw_days: 10, five_minutes_days: 20, one_hour_days: 30 } })).toEqual(['warning verify/tiering-too-late']);
  const at = { file: 'a', line: 1, column: 1 };
  const kept = { raw: 10, fiveMinutes: 20, oneHour: 395 };
  expect(lifecycleFaults('prod', at, kept, { expireDays: 395 }).map(({ code }) => code)).toEqual(['verify/blocks-expire']);
  expect(lifecycleFaults('prod', at, kept, { expireDays: 400, tieringDays: 90 })).toEqual([]);
});

it('refuses a retention that Thanos itself refuses to start with', () => {
  expect(thanos.settings.safeParse({ retention: { raw_days: 1 } }).success).toBe(false);
  expect(thanos.settings.safeParse({ retention: { five_minutes_days: 9 } }).success).toBe(false);
});

it('names the bucket as the root that makes it does', () => {
  const platform = platformFixture();
  for (const environment of platform.environments) expect(blockBucket(platform, environment).bucket).toBe(bucketNames(platform, environment)['thanos']);
});
