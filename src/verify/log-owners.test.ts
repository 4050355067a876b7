import { expect, it } from 'vitest';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { logOwners } from './log-owners.ts';

const found = (more: Readonly<Record<string, unknown>>) => {
  const clusters = everythingClusters(more);
  const [{ environment } = expect.fail('no cluster')] = clusters;
  return logOwners({ platform: platformFixture([]), environments: [{ environment, clusters }] }).map(({ code, severity }) => `${severity} ${code}`);
};
const storage = { loki: { enabled: true } };
const loki = { enabled: true };

it('finds logs without a bucket, and logs that are collected twice, once for all clusters', () => {
  expect(found({ components: { loki } })).toEqual(['error verify/no-bucket-of-logs']);
  expect(found({ storage, components: { loki, 'cloudwatch-observability': { enabled: true } } })).toEqual(['warning verify/logs-twice']);
});

it('is content with one owner', () => {
  expect(found({ storage, components: { loki } })).toEqual([]);
  expect(found({ storage, components: { loki, 'cloudwatch-observability': { enabled: true, container_logs: false } } })).toEqual([]);
  expect(found({ components: { 'cloudwatch-observability': { enabled: true } } })).toEqual([]);
});
