import type { GitOps, Tier } from '../../config/platform.ts';
import type { ChartRelease, OwnChart } from '../../model/workload.ts';
import { fluxAccounts, fluxApi, fluxNamespace } from '../../units/flux-names.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { driftDetection } from './drift.ts';
import { chartSource } from './sources.ts';

/** ConfigMap with a release's two files of values, the shared ones and the cluster's own. */
export const valuesName = (release: string): string => `values-${release}`;

/** Keys of that ConfigMap, later ones laid over earlier ones. */
export const valuesKeys = { shared: 'platform.yaml', own: 'cluster.yaml' } as const;

/** Time for an installation: a database or a GPU image can take a quarter of an hour on real nodes. */
export const releaseTimeout = '15m';

const valuesFrom = (release: string) => Object.values(valuesKeys).map((valuesKey) => ({ kind: 'ConfigMap', name: valuesName(release), valuesKey }));

/**
 * One chart with the values that Argo CD would use, from the very same files. Lives in Flux' namespace, where the sources are: no object refers to
 * another namespace. A failed installation is tried again as it stands, because removing it would take data along; a failed upgrade goes back
 * to the release before. Pure.
 */
export const helmRelease = (gitops: GitOps, pin: OwnChart, tier: Tier, release: ChartRelease): KubeObject => {
  const wait = release.readyLater ? { disableWait: true } : {};
  const crds = release.skipCrds ? 'Skip' : 'CreateReplace';
  return {
    ...fluxApi.helmRelease,
    metadata: { name: release.name, namespace: fluxNamespace, ...(tier === 'prod' || release.installedBy === 'terraform' ? { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } } : {}) },
    spec: {
      interval: '10m',
      timeout: releaseTimeout,
      releaseName: release.name,
      targetNamespace: release.namespace,
      storageNamespace: release.namespace,
      serviceAccountName: fluxAccounts.releases,
      ...chartSource(gitops, pin).spec,
      valuesFrom: valuesFrom(release.name),
      install: { crds, ...wait, strategy: { name: 'RetryOnFailure', retryInterval: '1m' } },
      upgrade: { crds, ...wait, cleanupOnFail: true, remediation: { retries: 3, strategy: 'rollback', remediateLastFailure: tier === 'prod' } },
      driftDetection: driftDetection(release.ignoreDifferences),
      maxHistory: 5,
    },
  };
};
