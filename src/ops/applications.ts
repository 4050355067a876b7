import type { KubeObject } from '../units/kube-object.ts';

/** How one Argo CD Application is, in words a person acts on. */
export interface ApplicationState {
  readonly name: string;
  readonly wave: number;
  /** `Synced`, `OutOfSync`, `Unknown`. */
  readonly sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing`, `Unknown`. */
  readonly health: string;
  /** Destination cluster, by name or address. */
  readonly cluster: string;
  /** Why it is not Synced and Healthy, most telling first; empty when it is. */
  readonly causes: readonly string[];
  /** A refresh was asked for and has not happened yet: the rest may be old news. */
  readonly refreshing: boolean;
}

type Json = Readonly<Record<string, unknown>>;
const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});
const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(object) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const line = (value: unknown): string => text(value).replace(/\s+/g, ' ').trim().slice(0, 400);

const nameOf = (resource: Json): string => `${text(resource['kind'])} ${[text(resource['namespace']), text(resource['name'])].filter(Boolean).join('/')}`;

/** Everything in an Application's status that explains it: conditions, the last operation, the resources that are not well. */
const causesOf = (status: Json): readonly string[] => {
  const operation = object(status['operationState']);
  const phase = text(operation['phase']);
  const conditions = objects(status['conditions']).filter((c) => /Error|Warning/.test(text(c['type']))).map((c) => `${text(c['type'])}: ${line(c['message'])}`);
  const failed = objects(object(operation['syncResult'])['resources']).filter((r) => text(r['status']) === 'SyncFailed').map((r) => `${nameOf(r)} could not be applied: ${line(r['message'])}`);
  const resources = objects(status['resources']);
  const unwell = resources
    .filter((r) => !['', 'Healthy', 'Suspended'].includes(text(object(r['health'])['status'])))
    .map((r) => `${nameOf(r)} is ${text(object(r['health'])['status'])}${line(object(r['health'])['message']) ? `: ${line(object(r['health'])['message'])}` : ''}`);
  const drifted = resources.filter((r) => text(r['status']) === 'OutOfSync').map((r) => `${nameOf(r)} differs from git`);
  const operating = phase === 'Failed' || phase === 'Error' ? [`the last sync ${phase === 'Failed' ? 'failed' : 'ended in an error'}: ${line(operation['message'])}`] : phase === 'Running' ? [`syncing: ${line(operation['message']) || 'in progress'}`] : [];
  return [...conditions, ...failed, ...operating.slice(0, phase === 'Running' ? 0 : 1), ...unwell, ...drifted, ...(phase === 'Running' ? operating : [])];
};

/** Reads an `argoproj.io/v1alpha1` Application. Field names: Argo CD 3.2, pkg/apis/application/v1alpha1/types.go. Pure. */
export const applicationState = (application: KubeObject): ApplicationState => {
  const status = object(application['status']);
  const destination = object(object(application['spec'])['destination']);
  const annotations = application.metadata.annotations ?? {};
  const sync = text(object(status['sync'])['status']) || 'Unknown';
  const health = text(object(status['health'])['status']) || 'Unknown';
  const isGood = sync === 'Synced' && health === 'Healthy';
  const causes = isGood ? [] : causesOf(status);
  return {
    name: application.metadata.name,
    wave: Number(annotations['argocd.argoproj.io/sync-wave'] ?? 0) || 0,
    sync,
    health,
    cluster: text(destination['name']) || text(destination['server']),
    causes: isGood || causes.length > 0 ? causes : [Object.keys(status).length === 0 ? 'Argo CD has not looked at it yet' : `it is ${sync} and ${health}`],
    refreshing: 'argocd.argoproj.io/refresh' in annotations,
  };
};

/** True when nothing is left to wait for. */
export const isSettled = (state: ApplicationState): boolean => state.sync === 'Synced' && state.health === 'Healthy' && !state.refreshing;
