import { argocdSettingsOf } from '../../components/argocd/settings-of.ts';
import type { Plan } from '../../model/plan.ts';
import { platformApplication } from '../../units/wellknown.ts';

/** A window of an AppProject. Source: Argo CD 3.4, "Sync Windows". */
interface SyncWindow {
  readonly kind: 'allow' | 'deny';
  readonly schedule: string;
  readonly duration: string;
  readonly timeZone: string;
  readonly manualSync: boolean;
  readonly description: string;
  readonly clusters?: readonly string[];
  readonly applications?: readonly string[];
}

/** Windows of both projects, where there are any. */
export interface SyncWindows {
  readonly platform: { readonly syncWindows?: readonly SyncWindow[] };
  readonly fleet: { readonly syncWindows?: readonly SyncWindow[] };
}

/**
 * The windows of all environments. Hubs share their projects, so each window names the clusters of its environment; an app-of-apps goes to the hub, and is named itself. Pure.
 */
export const syncWindows = ({ platform: { environments } }: Plan): SyncWindows => {
  const all = environments.flatMap((environment) => {
    const hub = environment.clusters.find(({ name }) => name === environment.hub);
    const windows = hub ? argocdSettingsOf(hub).sync_windows : [];
    const clusters = environment.clusters.map(({ name }) => name);
    return windows.map(({ kind, schedule, duration, timezone, manual_sync: manualSync, why }) => ({ window: { kind, schedule, duration, timeZone: timezone, manualSync, description: why }, clusters }));
  });
  if (all.length === 0) return { platform: {}, fleet: {} };
  return {
    platform: { syncWindows: all.map(({ window, clusters }) => ({ ...window, clusters })) },
    fleet: { syncWindows: all.map(({ window, clusters }) => ({ ...window, applications: clusters.map(platformApplication) })) },
  };
};
