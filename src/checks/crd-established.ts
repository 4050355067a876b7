import type { Check } from '../model/check.ts';

interface Condition {
  readonly type: string;
  readonly status: string;
}

/** Proves that the API server serves a custom resource definition. One read; changes nothing. */
export const crdEstablished = (name: string): Check => ({
  id: `${name}/established`,
  proves: `the API server serves ${name}`,
  async run({ kube }, cluster) {
    const crd = await kube.get({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }, name);
    const conditions = (crd?.['status'] as { conditions?: readonly Condition[] } | undefined)?.conditions ?? [];
    if (conditions.some((condition) => condition.type === 'Established' && condition.status === 'True')) return [];
    return [{ code: 'ops/not-ready', severity: 'error', at: cluster.at, summary: `${cluster.name} does not serve ${name}.`, fix: `Sync the application that installs it: kubectl get crd ${name}` }];
  },
});
