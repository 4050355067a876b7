import { describe, expect, it } from 'vitest';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import { PortError } from '../ports/port-error.ts';
import { SimKube } from '../sim/kube.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { backupsOf, isSafe } from './backups.ts';

const now = Date.parse('2026-11-25T12:00:00Z');
const at = (hoursAgo: number): string => new Date(now - hoursAgo * 3_600_000).toISOString();
const object = (kind: string, name: string, more: Readonly<Record<string, unknown>>, labels: Readonly<Record<string, string>> = {}): KubeObject => ({ apiVersion: 'velero.io/v1', kind, metadata: { name, namespace: 'velero', labels }, ...more });
const backup = (schedule: string, name: string, hoursAgo: number, phase = 'Completed'): KubeObject =>
  object('Backup', name, { status: { phase, startTimestamp: at(hoursAgo + 0.1), ...(phase === 'InProgress' ? {} : { completionTimestamp: at(hoursAgo) }) } }, { 'velero.io/schedule-name': schedule });
const location = (phase: string): KubeObject => object('BackupStorageLocation', 'default', { status: { phase, message: phase === 'Available' ? '' : 'AccessDenied' } });
const schedules = (paused = false): readonly KubeObject[] => ['velero-daily', 'velero-weekly'].map((name) => object('Schedule', name, { spec: { paused } }));
const good = [location('Available'), ...schedules(), backup('velero-daily', 'd1', 10), backup('velero-weekly', 'w1', 100)];

const clusters = everythingClusters().slice(0, 1);
const asked = async (objects: readonly KubeObject[]) => {
  const kube = new SimKube();
  for (const one of objects) await kube.apply(one);
  const [found = expect.fail('no cluster')] = await backupsOf(clusters, async () => kube, now);
  return { safe: isSafe(found), states: found.schedules.map(({ state }) => state), found };
};

describe('backups', () => {
  it('are safe when the bucket can be used and each schedule has a good and recent one', async () => {
    const { safe, found } = await asked(good);
    expect(safe).toBe(true);
    expect(found.schedules[0]).toEqual({ schedule: 'velero-daily', state: 'good', limitHours: 26, lastGood: { name: 'd1', at: at(10), ageHours: 10 }, last: { name: 'd1', phase: 'Completed' } });
  });

  it.each<readonly [string, readonly KubeObject[], readonly string[]]>([
    ['the last good one is old, whatever runs or failed since', [...good.slice(0, 3), backup('velero-daily', 'd1', 27), backup('velero-daily', 'd2', 3, 'PartiallyFailed'), backup('velero-daily', 'd3', 0, 'InProgress'), backup('velero-weekly', 'w1', 1)], ['late', 'good']],
    ['there is no good one', [...good.slice(0, 3), backup('velero-daily', 'd1', 3, 'Failed')], ['none', 'none']],
    ['a schedule is paused', [location('Available'), ...schedules(true), ...good.slice(3)], ['paused', 'paused']],
    ['a schedule is not there', [location('Available'), ...good.slice(3)], ['missing', 'missing']],
    ['the bucket can not be used', [location('Unavailable'), ...good.slice(1)], ['good', 'good']],
    ['there is no bucket', good.slice(1), ['good', 'good']],
  ])('are not when %s', async (_, objects, states) => {
    expect(await asked(objects)).toMatchObject({ safe: false, states });
  });

  it('say where nothing can be asked', async () => {
    expect(await backupsOf(clusters, async () => undefined, now)).toMatchObject([{ state: 'absent' }]);
    const refuse = async (): Promise<never> => { throw new PortError('unreachable', 'list', 'backups', 'no way'); };
    expect(await backupsOf(clusters, refuse, now)).toMatchObject([{ state: 'unreachable' }]);
    expect(await backupsOf(clusters.map((one) => ({ ...one, components: [] })), refuse, now)).toMatchObject([{ state: 'off' }]);
  });
});
