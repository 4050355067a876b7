import type { Artifact, ClusterPlan, ComponentPlan, Plan } from '../../model/plan.ts';
import type { Release } from '../../model/workload.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { clusterFolder, document, everyCluster, manifestPath, sharedFolder } from './files.ts';

const manifests = (folder: string, from: string, objects: readonly KubeObject[], namespace: string): readonly Artifact[] =>
  objects.map((object) => ({ path: manifestPath(`${folder}/manifests`, object, namespace), text: document(from, object) }));

const shared = (release: Release): readonly Artifact[] => {
  const folder = sharedFolder(release.name);
  if (release.kind === 'chart') return [{ path: `${folder}/values.yaml`, text: document(everyCluster, release.values) }];
  return release.kind === 'manifests' ? manifests(folder, everyCluster, release.manifests, release.namespace) : [];
};

const own = (cluster: string, from: string, release: Release): readonly Artifact[] => {
  const folder = clusterFolder(cluster, release.name);
  if (release.kind === 'chart') return [{ path: `${folder}/values.yaml`, text: document(from, release.clusterValues) }];
  return release.kind === 'manifests' ? manifests(folder, from, release.clusterManifests, release.namespace) : [];
};

/** Values and manifests of one cluster's releases that are its own. */
export const clusterReleases = ({ cluster, components }: ClusterPlan): readonly Artifact[] =>
  components.flatMap(({ workload, because }: ComponentPlan) => workload.releases.flatMap((release) => own(cluster.name, because.file, release)));

/**
 * Values and manifests that all clusters share, once per release. A component's shared part is the same on every cluster by
 * contract (`ChartRelease.values`, `ManifestRelease.manifests`), so the first cluster that has it decides.
 */
export const sharedReleases = (plan: Plan): readonly Artifact[] => {
  const byName = new Map<string, Release>();
  for (const { clusters } of plan.environments) {
    for (const { components } of clusters) {
      for (const { workload } of components) for (const release of workload.releases) if (!byName.has(release.name)) byName.set(release.name, release);
    }
  }
  return [...byName.values()].flatMap(shared);
};
