import { expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { planned, exampleCluster } from '../../../test/fixtures/planned-components.ts';
import type { Plan } from '../../model/plan.ts';
import { syncWindows } from './sync-windows.ts';

const window = { kind: 'deny', schedule: '0 22 * * FRI', duration: '56h', timezone: 'Europe/Berlin', why: 'Nobody is there.' };

/** The default environments; the hub of prod has `windows`. */
const planOf = (windows: readonly unknown[]): Plan => {
  const platform = platformFixture();
  const environments = platform.environments.map((environment) => (environment.name === 'prod' ? { ...environment, clusters: environment.clusters.map((cluster) => (cluster.hub ? { ...cluster, components: { argocd: { sync_windows: windows } } } : cluster)) } : environment));
  return { platform: { ...platform, environments }, environments: [] };
};

it('name the clusters of their environment, since hubs share their projects', () => {
  const { platform, fleet } = syncWindows(planOf([window]));
  expect(platform).toEqual({ syncWindows: [{ kind: 'deny', schedule: '0 22 * * FRI', duration: '56h', timeZone: 'Europe/Berlin', manualSync: true, description: 'Nobody is there.', clusters: ['prod-mlops-cluster-01', 'prod-mlops-cluster-02'] }] });
  expect(fleet).toMatchObject({ syncWindows: [{ applications: ['prod-mlops-cluster-01-platform', 'prod-mlops-cluster-02-platform'] }] });
});

it('are absent where nobody asks for one', () => expect(syncWindows(planOf([]))).toEqual({ platform: {}, fleet: {} }));

it.each([
  ['a schedule of four fields', { schedule: '0 22 * *' }, /has 4 fields, not five/], ['an hour that is none', { schedule: '0 25 * * *' }, /25.*as its hour/], ['a time that is none', { duration: '2 days' }, /is not a time/],
  ['a zone that is none', { timezone: 'Mars/Base' }, /is not a time zone/], ['no reason', { why: '' }, /./],
])('with %s are refused', (_, wrong, message) => {
  expect(() => planned('argocd', exampleCluster('prod'), { sync_windows: [{ ...window, ...wrong }] })).toThrow(message);
});
