import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Check } from '../model/check.ts';
import type { KubeObject } from '../units/kube-object.ts';

interface Progress {
  readonly ready: number;
  readonly wanted: number;
}

const number = (object: KubeObject, part: 'spec' | 'status', field: string): number | undefined => {
  const value = (object[part] as Readonly<Record<string, unknown>> | undefined)?.[field];
  return typeof value === 'number' ? value : undefined;
};

const deploymentProgress = (object: KubeObject): Progress => ({ ready: number(object, 'status', 'readyReplicas') ?? 0, wanted: number(object, 'spec', 'replicas') ?? 1 });
const daemonSetProgress = (object: KubeObject): Progress => ({ ready: number(object, 'status', 'numberReady') ?? 0, wanted: number(object, 'status', 'desiredNumberScheduled') ?? 1 });

const ready = (kind: 'Deployment' | 'DaemonSet', of: (object: KubeObject) => Progress, namespace: string, name: string): Check => ({
  id: `${name}/ready`,
  proves: `all replicas of ${namespace}/${name} are ready`,
  async run({ kube }, cluster): Promise<readonly Diagnostic[]> {
    const found = await kube.get({ apiVersion: 'apps/v1', kind, namespace }, name);
    const progress = found ? of(found) : { ready: 0, wanted: 1 };
    if (found && progress.ready >= progress.wanted) return [];
    return [
      {
        code: 'ops/not-ready',
        severity: 'error',
        at: cluster.at,
        summary: found
          ? `${kind} ${namespace}/${name} of ${cluster.name} has ${progress.ready} of ${progress.wanted} replicas ready.`
          : `${cluster.name} has no ${kind} ${namespace}/${name}.`,
        fix: `Read its events: kubectl describe ${kind.toLowerCase()} ${name} -n ${namespace}`,
      },
    ];
  },
});

/** Proves that every replica of a Deployment is ready. One read of the API server; changes nothing. */
export const deploymentReady = (namespace: string, name = namespace): Check => ready('Deployment', deploymentProgress, namespace, name);

/** Proves that a DaemonSet runs on every node it wants. One read of the API server; changes nothing. */
export const daemonSetReady = (namespace: string, name: string): Check => ready('DaemonSet', daemonSetProgress, namespace, name);
