import { expect, it } from 'vitest';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import { backupBuckets } from './backup-buckets.ts';

const found = (settings: Readonly<Record<string, unknown>>) => {
  const clusters = everythingClusters(settings);
  const [{ environment } = expect.fail('no cluster')] = clusters;
  return backupBuckets({ platform: { name: 'argoeks' } as never, environments: [{ environment, clusters }] }).map(({ code, summary }) => `${code} ${summary}`);
};

it('names an environment whose clusters run Velero without a bucket, once', () => {
  expect(found({})).toEqual(['verify/no-backup-bucket Clusters of prod run Velero, but the environment has no bucket for it.']);
  expect(found({ storage: { velero: { enabled: true } } })).toEqual([]);
  expect(found({ components: {} })).toEqual([]);
});
