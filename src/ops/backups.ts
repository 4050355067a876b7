import { lateAfterHours } from '../components/velero.ts';
import type { ClusterPlan } from '../model/plan.ts';
import type { Kube } from '../ports/kube.ts';
import { PortError } from '../ports/port-error.ts';
import type { KubeObject } from '../units/kube-object.ts';
import type { KubeFor } from './status.ts';

/** What there is of one schedule of Velero. */
export interface ScheduleBackups {
  readonly schedule: string;
  /** `missing`: the schedule itself is not on the cluster. `none`: it has no good backup. */
  readonly state: 'good' | 'late' | 'none' | 'paused' | 'missing';
  /** Newest backup whose phase is `Completed`. */
  readonly lastGood?: { readonly name: string; readonly at: string; readonly ageHours: number };
  /** Newest backup, whatever its phase. */
  readonly last?: { readonly name: string; readonly phase: string };
  /** Age at which it is late. Unit: hours. */
  readonly limitHours: number;
}

/** The backups of one cluster. */
export interface ClusterBackups {
  readonly cluster: string;
  /** `off`: the configuration puts no Velero there. */
  readonly state: 'up' | 'absent' | 'unreachable' | 'off';
  readonly why?: string;
  readonly locations: readonly { readonly name: string; readonly phase: string; readonly message?: string }[];
  readonly schedules: readonly ScheduleBackups[];
}

const namespace = 'velero';
const apiVersion = 'velero.io/v1';
/** Source: Velero 1.18.1, `pkg/apis/velero/v1/labels_annotations.go`. */
const scheduleLabel = 'velero.io/schedule-name';
const hourMs = 3_600_000;

interface BackupStatus {
  readonly phase?: string;
  readonly completionTimestamp?: string;
  readonly startTimestamp?: string;
  readonly message?: string;
}
const statusOf = (object: KubeObject): BackupStatus => object['status'] ?? {};
const startOf = (object: KubeObject): string => statusOf(object).startTimestamp ?? '';

const scheduleBackups = (schedule: keyof typeof lateAfterHours, found: KubeObject | undefined, backups: readonly KubeObject[], nowMs: number): ScheduleBackups => {
  const limitHours = lateAfterHours[schedule];
  const own = backups.filter(({ metadata }) => metadata.labels?.[scheduleLabel] === schedule).toSorted((a, b) => (startOf(a) < startOf(b) ? 1 : -1));
  const [newest] = own;
  const good = own.find((one) => statusOf(one).phase === 'Completed' && statusOf(one).completionTimestamp !== undefined);
  const at = good === undefined ? '' : (statusOf(good).completionTimestamp ?? '');
  const ageHours = Math.floor(((nowMs - Date.parse(at)) / hourMs) * 10) / 10;
  const paused = (found?.['spec'] as { readonly paused?: boolean } | undefined)?.paused === true;
  return {
    schedule, limitHours,
    state: !found ? 'missing' : paused ? 'paused' : !good ? 'none' : ageHours > limitHours ? 'late' : 'good',
    ...(good ? { lastGood: { name: good.metadata.name, at, ageHours } } : {}),
    ...(newest ? { last: { name: newest.metadata.name, phase: statusOf(newest).phase ?? 'New' } } : {}),
  };
};

const read = async (kube: Kube, nowMs: number): Promise<Pick<ClusterBackups, 'locations' | 'schedules'>> => {
  const [locations, schedules, backups] = await Promise.all(['BackupStorageLocation', 'Schedule', 'Backup'].map((kind) => kube.list({ apiVersion, kind, namespace })));
  return {
    locations: (locations ?? []).map((one) => {
      const { phase = 'Unknown', message } = statusOf(one);
      return { name: one.metadata.name, phase, ...(message === undefined || message === '' ? {} : { message }) };
    }),
    schedules: (Object.keys(lateAfterHours) as (keyof typeof lateAfterHours)[]).map((name) => scheduleBackups(name, schedules?.find(({ metadata }) => metadata.name === name), backups ?? [], nowMs)),
  };
};

/** Reads what Velero says of each cluster's backups, at a time in milliseconds since 1970. Reads API servers; changes nothing. */
export const backupsOf = (clusters: readonly ClusterPlan[], kubeFor: KubeFor, nowMs: number): Promise<readonly ClusterBackups[]> =>
  Promise.all(
    clusters.map(async ({ cluster, components }): Promise<ClusterBackups> => {
      const nothing = { cluster: cluster.name, locations: [], schedules: [] };
      if (!components.some(({ id }) => id === 'velero')) return { ...nothing, state: 'off' };
      try {
        const kube = await kubeFor(cluster);
        return kube ? { cluster: cluster.name, state: 'up', ...(await read(kube, nowMs)) } : { ...nothing, state: 'absent' };
      } catch (error) {
        if (error instanceof PortError) return { ...nothing, state: 'unreachable', why: error.message };
        throw error;
      }
    }),
  );

/** True where a cluster can be restored: its bucket can be used, and each schedule has a good backup that is not too old. Pure. */
export const isSafe = ({ state, locations, schedules }: ClusterBackups): boolean =>
  state === 'up' && locations.length > 0 && locations.every(({ phase }) => phase === 'Available') && schedules.every((one) => one.state === 'good');
