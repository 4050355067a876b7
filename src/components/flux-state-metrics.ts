import { fluxApi } from '../units/flux-names.ts';

/** Plurals of the kinds whose state is shown: everything of Flux that can fail. */
const watched = [
  [fluxApi.gitRepository, 'gitrepositories'], [fluxApi.helmRepository, 'helmrepositories'], [fluxApi.ociRepository, 'ocirepositories'], [fluxApi.kustomization, 'kustomizations'], [fluxApi.helmRelease, 'helmreleases'],
  [fluxApi.imageRepository, 'imagerepositories'], [fluxApi.imagePolicy, 'imagepolicies'], [fluxApi.imageUpdateAutomation, 'imageupdateautomations'], [fluxApi.receiver, 'receivers'],
] as const;

const groupOf = (apiVersion: string): string => apiVersion.split('/')[0] ?? '';

const stateOf = ({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }) => ({
  groupVersionKind: { group: groupOf(apiVersion), version: apiVersion.split('/')[1], kind },
  metricNamePrefix: 'gotk',
  metrics: [{
    name: 'resource_info',
    help: `State of a ${kind} of Flux.`,
    each: { type: 'Info', info: { labelsFromPath: { name: ['metadata', 'name'] } } },
    labelsFromPath: { namespace: ['metadata', 'namespace'], ready: ['status', 'conditions', '[type=Ready]', 'status'], suspended: ['spec', 'suspend'] },
  }],
});

/**
 * Values of kube-state-metrics by which it tells how Flux' objects are, those of teams too: the controllers themselves count how long and how often they work, not whether it went well. A kind whose
 * definition is not there is waited for. Sources: kube-state-metrics v2.20.0 docs/metrics/extend/customresourcestate-metrics.md; the names are those of fluxcd/flux2-monitoring-example.
 */
export const fluxStateMetrics = {
  rbac: { extraRules: [{ apiGroups: [...new Set(watched.map(([{ apiVersion }]) => groupOf(apiVersion)))], resources: watched.map(([, plural]) => plural), verbs: ['list', 'watch'] }] },
  customResourceState: { enabled: true, config: { kind: 'CustomResourceStateMetrics', spec: { resources: watched.map(([api]) => stateOf(api)) } } },
} as const;
