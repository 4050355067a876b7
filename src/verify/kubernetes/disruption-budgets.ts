import { problem } from '../../diag/problem.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { Plan } from '../../model/plan.ts';
import type { ManifestRelease, Release } from '../../model/workload.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { isRecord, mergedValues, walkValues, type Json } from './release-values.ts';

const record = (value: unknown): Json => (isRecord(value) ? value : {});

/** Pods that a number or a share of the replicas stands for, rounded up as Kubernetes does; undefined when it is neither. */
const podsOf = (value: unknown, replicas: number): number | undefined => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\d+%?$/.test(value)) return undefined;
  return value.endsWith('%') ? Math.ceil((Number(value.slice(0, -1)) * replicas) / 100) : Number(value);
};

/** True when a budget over so many replicas lets no pod go while all are healthy. Pure. */
export const neverLetsGo = ({ minAvailable, maxUnavailable }: { readonly minAvailable?: unknown; readonly maxUnavailable?: unknown }, replicas: number): boolean => {
  const away = podsOf(maxUnavailable, replicas);
  if (away !== undefined) return away < 1;
  const needed = podsOf(minAvailable, replicas);
  return needed !== undefined && needed >= replicas;
};

interface Budget {
  readonly what: string;
  readonly replicas: number;
}

const count = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const replicasNear = (parent: Json): number => {
  const nested = Object.entries(parent).flatMap(([key, value]) => (key.endsWith('Spec') ? [count(record(value)['replicas'])] : []));
  return count(parent['replicas']) ?? count(parent['replicaCount']) ?? nested.find((one) => one !== undefined) ?? 1;
};

/** Budgets that values ask for. With `enabled` and nothing else, charts commonly want one pod to stay. */
const budgetsOfValues = (values: Json): readonly Budget[] => {
  const found: Budget[] = [];
  walkValues(values, (node, path, parent) => {
    if (!/(^|\.)(pdb|podDisruptionBudget)$/i.test(path) || node['enabled'] === false) return;
    const says = node['minAvailable'] !== undefined || node['maxUnavailable'] !== undefined;
    if (!says && node['enabled'] !== true) return;
    const replicas = replicasNear(parent);
    if (neverLetsGo(says ? node : { minAvailable: 1 }, replicas)) found.push({ what: `value ${path}`, replicas });
  });
  return found;
};

const selects = (budget: KubeObject, workload: KubeObject): boolean => {
  const wanted = Object.entries(record(record(record(budget['spec'])['selector'])['matchLabels']));
  const labels = record(record(record(record(workload['spec'])['template'])['metadata'])['labels']);
  return workload.metadata.namespace === budget.metadata.namespace && wanted.every(([key, value]) => labels[key] === value);
};

const budgetsOfObjects = ({ manifests, clusterManifests }: ManifestRelease): readonly Budget[] => {
  const objects = [...manifests, ...clusterManifests];
  return objects.filter(({ kind }) => kind === 'PodDisruptionBudget').flatMap((budget) => {
    const workloads = objects.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet').filter((workload) => selects(budget, workload));
    // Whom it selects may stand elsewhere: then only what no number of replicas makes right is wrong.
    const replicas = workloads.length === 0 ? Number.MAX_SAFE_INTEGER : workloads.reduce((sum, workload) => sum + (count(record(workload['spec'])['replicas']) ?? 1), 0);
    return neverLetsGo(record(budget['spec']), replicas) ? [{ what: `PodDisruptionBudget ${budget.metadata.name}`, replicas: workloads.length === 0 ? 0 : replicas }] : [];
  });
};

const budgetsOf = (release: Release): readonly Budget[] => (release.kind === 'manifests' ? budgetsOfObjects(release) : release.kind === 'chart' ? budgetsOfValues(mergedValues(release)) : budgetsOfValues(release.configuration));

/** Proves that every PodDisruptionBudget that objects and values ask for lets a pod go, so that nodes can be drained. One finding for one fault. Pure. */
export const disruptionBudgets = (plan: Plan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  for (const { cluster, components } of plan.environments.flatMap(({ clusters }) => clusters)) {
    for (const { id, workload, because } of components) {
      for (const release of workload.releases) {
        for (const { what, replicas } of budgetsOf(release)) {
          const key = `${id} ${release.name} ${what}`;
          const over = replicas === 0 ? '' : ` of its ${replicas} replica${replicas === 1 ? '' : 's'}`;
          if (!found.has(key)) found.set(key, problem('verify/blocks-drain', because, `${what} of release "${release.name}" (component "${id}", cluster ${cluster.name}) never lets one${over} go.`, 'Set maxUnavailable: 1, run more replicas than must be available, or leave the budget out.'));
        }
      }
    }
  }
  return [...found.values()];
};
