import type { GitOps, Tier } from '../../config/platform.ts';
import type { ClusterPlan, ComponentPlan } from '../../model/plan.ts';
import type { ChartRelease, ManifestRelease, OwnChart, Release } from '../../model/workload.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { argocdNamespace } from '../../units/wellknown.ts';
import { clusterFolder, sharedFolder } from '../kubernetes/files.ts';
import { namespacesRelease } from '../kubernetes/namespaces.ts';
import { policiesRelease } from '../network/files.ts';
import { platformProject } from './projects.ts';
import { retry } from './retry.ts';

/** Name, repository and version of each chart id of the catalogue. */
export type ChartPins = Readonly<Record<string, OwnChart>>;

/** Pin of a chart release. Throws on an id that is not in the catalogue: a bug. */
export const pinOf = (pins: ChartPins, { chart }: ChartRelease): OwnChart => {
  const pin = typeof chart === 'string' ? pins[chart] : chart;
  if (!pin) throw new Error(`chart ${String(chart)} is not pinned`);
  return pin;
};

/** Repository of a chart as Argo CD wants it: the mirror where there is one, OCI without its scheme. */
export const chartRepository = (gitops: GitOps, pin: OwnChart): string => (gitops.chartMirror ?? pin.repository).replace(/^oci:\/\//, '').replace(/\/$/, '');

const gitSource = ({ repoUrl, targetRevision }: GitOps, path: string) => ({ repoURL: repoUrl, targetRevision, path });

const chartSources = (gitops: GitOps, pins: ChartPins, cluster: string, release: ChartRelease) => {
  const pin = pinOf(pins, release);
  return [
    {
      repoURL: chartRepository(gitops, pin),
      chart: pin.name,
      targetRevision: pin.version,
      helm: {
        releaseName: release.name,
        ...(release.skipCrds ? { skipCrds: true } : {}),
        valueFiles: [`$config/${sharedFolder(release.name)}/values.yaml`, `$config/${clusterFolder(cluster, release.name)}/values.yaml`],
      },
    },
    { repoURL: gitops.repoUrl, targetRevision: gitops.targetRevision, ref: 'config' },
  ];
};

const manifestSources = (gitops: GitOps, cluster: string, release: ManifestRelease) => [
  ...(release.manifests.length > 0 ? [gitSource(gitops, `${sharedFolder(release.name)}/manifests`)] : []),
  ...(release.clusterManifests.length > 0 ? [gitSource(gitops, `${clusterFolder(cluster, release.name)}/manifests`)] : []),
];

/**
 * What removing an Application may delete: nothing in prod, nowhere what Terraform installed first, and nowhere definitions, with which every
 * object of their kinds would go, those of users too.
 */
const finalizers = (tier: Tier, keep: boolean, defines: boolean) => (tier === 'prod' || keep || defines ? {} : { finalizers: ['resources-finalizer.argocd.argoproj.io/background'] });

interface ApplicationParts {
  readonly cluster: string;
  readonly tier: Tier;
  readonly name: string;
  readonly namespace: string;
  readonly wave: number;
  readonly keep: boolean;
  /** Brings definitions of custom resources. */
  readonly defines: boolean;
  readonly sources: readonly unknown[];
  readonly ignoreDifferences?: Release['ignoreDifferences'];
}

const application = ({ cluster, tier, name, namespace, wave, keep, defines, sources, ignoreDifferences }: ApplicationParts): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: {
    name: `${cluster}-${name}`,
    namespace: argocdNamespace,
    labels: { 'argoeks.io/cluster': cluster, 'argoeks.io/release': name },
    annotations: { 'argocd.argoproj.io/sync-wave': String(wave) },
    ...finalizers(tier, keep, defines),
  },
  spec: {
    project: platformProject,
    destination: { name: cluster, namespace },
    ...(sources.length === 1 ? { source: sources[0] } : { sources }),
    ...(ignoreDifferences ? { ignoreDifferences } : {}),
    syncPolicy: {
      automated: { prune: tier !== 'prod' && !keep, selfHeal: true },
      syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true', 'SkipDryRunOnMissingResource=true'],
      retry,
    },
  },
});

const sourcesOf = (gitops: GitOps, pins: ChartPins, cluster: string, release: Release): readonly unknown[] => {
  if (release.kind === 'chart') return chartSources(gitops, pins, cluster, release);
  return release.kind === 'manifests' ? manifestSources(gitops, cluster, release) : [];
};

/** What a cluster has whatever its components are: namespaces, then network policies; both before the first pod that Argo CD brings, in wave 1. */
const beforeComponents = { namespaces: -1, policies: 0 } as const;

/**
 * Applications of one cluster in waves: its namespaces, its network policies, then each release behind all it needs. A release without objects on this
 * cluster, and EKS add-ons, which AWS owns, have none. Pure.
 */
export const applicationsOf = (gitops: GitOps, pins: ChartPins, { cluster, components }: ClusterPlan): readonly KubeObject[] => {
  const common = { cluster: cluster.name, tier: cluster.tier };
  const namespaces = application({
    ...common,
    name: namespacesRelease,
    namespace: argocdNamespace,
    wave: beforeComponents.namespaces,
    keep: true,
    defines: false,
    sources: [gitSource(gitops, `${clusterFolder(cluster.name, namespacesRelease)}/manifests`)],
  });
  // Cilium, and with it the definition of its policies, was there before Argo CD.
  const policies = cluster.network.policies
    ? [application({ ...common, name: policiesRelease, namespace: 'kube-system', wave: beforeComponents.policies, keep: false, defines: false, sources: [gitSource(gitops, `${clusterFolder(cluster.name, policiesRelease)}/manifests`)] })]
    : [];
  const releases = components.flatMap(({ workload, waves }: ComponentPlan) =>
    workload.releases.flatMap((release) => {
      const sources = sourcesOf(gitops, pins, cluster.name, release);
      if (sources.length === 0) return [];
      return [
        application({
          ...common,
          name: release.name,
          namespace: release.namespace,
          wave: waves[release.name] ?? 0,
          keep: (release.kind === 'chart' && release.installedBy === 'terraform') || (release.kind === 'manifests' && release.beforeNetwork === true),
          defines: release.kind === 'chart' ? (release.standIn.crds ?? []).length > 0 : release.kind === 'manifests' && release.manifests.some(({ kind }) => kind === 'CustomResourceDefinition'),
          sources,
          ...(release.ignoreDifferences ? { ignoreDifferences: release.ignoreDifferences } : {}),
        }),
      ];
    }),
  );
  return [namespaces, ...policies, ...releases];
};
