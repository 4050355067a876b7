import type { Clock } from '../../ports/clock.ts';
import type { Kube } from '../../ports/kube.ts';
import { PortError } from '../../ports/port-error.ts';
import type { KubeObject } from '../../units/kube-object.ts';

type Json = Readonly<Record<string, unknown>>;
const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** What must be there before the rest can be created. */
const rank = ({ kind }: KubeObject): number => ['Namespace', 'CustomResourceDefinition', 'ServiceAccount', 'ConfigMap', 'Secret'].indexOf(kind) + 1 || 10;

/** Objects in an order in which each finds what it needs. Pure. */
export const inOrder = (objects: readonly KubeObject[]): readonly KubeObject[] => [...objects].sort((a, b) => rank(a) - rank(b));

const identity = ({ apiVersion, kind, metadata }: KubeObject) => ({ apiVersion, kind, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }) });

/** Applies objects, waiting for the API server to serve kinds that were just defined. Idempotent. */
export const applyObjects = async (kube: Kube, objects: readonly KubeObject[], clock: Clock): Promise<void> => {
  for (const wanted of inOrder(objects)) {
    const until = clock.now() + 20_000;
    for (;;) {
      try {
        await kube.apply(wanted);
        break;
      } catch (error) {
        const isEarly = error instanceof PortError && (error.kind === 'missing' || error.kind === 'unreachable');
        if (!isEarly || clock.now() >= until) throw error;
        await clock.sleep(200);
      }
    }
  }
};

/** Removes objects, last made first. Absent ones are fine. */
export const removeObjects = async (kube: Kube, objects: readonly Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>[]): Promise<void> => {
  for (const gone of [...inOrder(objects)].reverse()) await kube.remove(identity(gone), gone.metadata.name);
};

const readiness = (workload: KubeObject): { readonly ready: number; readonly wanted: number } | undefined => {
  const spec = object(workload['spec']);
  const status = object(workload['status']);
  if (workload.kind === 'Deployment') return { ready: count(status['availableReplicas']), wanted: spec['replicas'] === undefined ? 1 : count(spec['replicas']) };
  if (workload.kind === 'StatefulSet') return { ready: count(status['readyReplicas']), wanted: spec['replicas'] === undefined ? 1 : count(spec['replicas']) };
  // A DaemonSet nobody has looked at yet wants nothing; that is not ready.
  if (workload.kind === 'DaemonSet') return { ready: count(status['numberReady']), wanted: status['observedGeneration'] === undefined ? 1 : count(status['desiredNumberScheduled']) };
  return undefined;
};

/** Waits until every workload among the objects has all its replicas; returns what was still missing at the deadline, or undefined. Reads only. */
export const waitForWorkloads = async (kube: Kube, objects: readonly KubeObject[], clock: Clock, deadlineMs: number): Promise<string | undefined> => {
  const workloads = objects.filter((o) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(o.kind));
  const until = clock.now() + deadlineMs;
  for (;;) {
    const missing: string[] = [];
    for (const workload of workloads) {
      const found = await kube.get(identity(workload), workload.metadata.name);
      const state = found && readiness(found);
      if (!state) missing.push(`${workload.kind} ${workload.metadata.name} is not there`);
      else if (state.ready < state.wanted) missing.push(`${workload.kind} ${workload.metadata.name}: ${state.ready} of ${state.wanted} ready`);
    }
    if (missing.length === 0) return undefined;
    if (clock.now() >= until) return missing.join('; ');
    await clock.sleep(300);
  }
};
