import type { Kube } from '../ports/kube.ts';
import { PortError } from '../ports/port-error.ts';
import type { KubeObject } from '../units/kube-object.ts';

type Json = Readonly<Record<string, unknown>>;
const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});
const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(object) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Kinds whose status says why pods do not come up. */
const workloadKinds: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'];

const line = (message: string): string => message.replace(/\s+/g, ' ').trim().slice(0, 300);

/** What a workload's own conditions complain of: that pods can't be created before that none are available. */
const complaint = (workload: KubeObject): string | undefined => {
  const conditions = objects(object(workload['status'])['conditions']);
  const failed = conditions.find((c) => c['type'] === 'ReplicaFailure' && c['status'] === 'True') ?? conditions.find((c) => (c['type'] === 'Available' || c['type'] === 'Progressing') && c['status'] === 'False');
  return failed && `${workload.kind} ${workload.metadata.namespace ?? ''}/${workload.metadata.name}: ${line(text(failed['message']))}`;
};

/** The newest warning about pods of a namespace that can't be created or scheduled. */
const warning = async (kube: Kube, namespace: string): Promise<string | undefined> => {
  const events = await kube.list({ apiVersion: 'v1', kind: 'Event', namespace });
  const telling = events.filter((e) => ['FailedCreate', 'FailedScheduling', 'Failed', 'BackOff'].includes(text(e['reason'])));
  const newest = telling.sort((a, b) => (text(a['lastTimestamp']) < text(b['lastTimestamp']) ? -1 : 1)).at(-1);
  return newest && `${text(newest['reason'])}: ${line(text(newest['message']))}`;
};

/**
 * Why the workloads of an Application are not ready, from the cluster they run in: Argo CD 3 does not keep the health of single resources
 * in an Application's status. Empty when nothing is wrong or the cluster does not answer. Reads only.
 */
export const explainWorkloads = async (kube: Kube, application: KubeObject): Promise<readonly string[]> => {
  const resources = objects(object(application['status'])['resources']).filter((r) => workloadKinds.includes(text(r['kind'])));
  try {
    const found = await Promise.all(resources.map((r) => kube.get({ apiVersion: `${text(r['group'])}/${text(r['version'])}`, kind: text(r['kind']), namespace: text(r['namespace']) }, text(r['name']))));
    const complaints = found.flatMap((w) => (w ? (complaint(w) ?? []) : []));
    if (complaints.length > 0) return complaints.slice(0, 3);
    const namespaces = [...new Set(resources.map((r) => text(r['namespace'])))];
    return (await Promise.all(namespaces.map((n) => warning(kube, n)))).flatMap((w) => w ?? []);
  } catch (error) {
    if (error instanceof PortError) return [];
    throw error;
  }
};
