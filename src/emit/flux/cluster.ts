import type { GitOps } from '../../config/platform.ts';
import type { Artifact, ClusterPlan } from '../../model/plan.ts';
import type { ChartRelease, ManifestRelease, Release } from '../../model/workload.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { fluxNamespace } from '../../units/flux-names.ts';
import type { ChartPins } from '../argocd/application.ts';
import { pinOf } from '../argocd/application.ts';
import { clusterFolder, document, fluxFolder, manifestPath, sharedFolder } from '../kubernetes/files.ts';
import { namespacesRelease } from '../kubernetes/namespaces.ts';
import { policiesRelease } from '../network/files.ts';
import { helmRelease, valuesKeys, valuesName } from './helm-release.ts';
import { kustomization } from './kustomization.ts';
import { dependenciesOf, isReconciled } from './order.ts';
import { valuesReferencePath } from './shared.ts';
import { chartSource } from './sources.ts';

const build = (content: Readonly<Record<string, unknown>>) => ({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...content });

/** From a release's folder below `kubernetes/clusters/<cluster>/flux/` to the repository. */
const repository = '../../../../..';

/** A chart's HelmRelease, and a ConfigMap of the two files with its values: its name follows their content, so that a change is a new release to wait for. */
const chartFiles = (gitops: GitOps, pins: ChartPins, { cluster }: ClusterPlan, from: string, release: ChartRelease): readonly Artifact[] => {
  const folder = `${fluxFolder(cluster.name)}/${release.name}`;
  return [
    {
      path: `${folder}/kustomization.yaml`,
      text: document(from, build({
        resources: ['helmrelease.yaml'],
        configMapGenerator: [{
          name: valuesName(release.name),
          namespace: fluxNamespace,
          files: [`${valuesKeys.shared}=${repository}/${sharedFolder(release.name)}/values.yaml`, `${valuesKeys.own}=${repository}/${clusterFolder(cluster.name, release.name)}/values.yaml`],
        }],
        configurations: [`${repository}/${valuesReferencePath}`],
      })),
    },
    { path: `${folder}/helmrelease.yaml`, text: document(from, helmRelease(gitops, pinOf(pins, release), cluster.tier, release)) },
  ];
};

/** Folder of a release's objects; where shared ones and the cluster's own come together, a folder that names them all. */
const manifestFiles = ({ cluster }: ClusterPlan, from: string, release: ManifestRelease): { readonly path: string; readonly files: readonly Artifact[] } => {
  const shared = `${sharedFolder(release.name)}/manifests`;
  const own = `${clusterFolder(cluster.name, release.name)}/manifests`;
  if (release.clusterManifests.length === 0) return { path: shared, files: [] };
  if (release.manifests.length === 0) return { path: own, files: [] };
  const path = `${fluxFolder(cluster.name)}/${release.name}`;
  const named = (folder: string, objects: readonly KubeObject[]) => objects.map((object) => `${repository}/${manifestPath(folder, object)}`);
  return { path, files: [{ path: `${path}/kustomization.yaml`, text: document(from, build({ resources: [...named(shared, release.manifests), ...named(own, release.clusterManifests)] })) }] };
};

const releaseFiles = (gitops: GitOps, pins: ChartPins, plan: ClusterPlan, from: string, release: Release): { readonly path: string; readonly files: readonly Artifact[] } => {
  if (release.kind === 'chart') return { path: `${fluxFolder(plan.cluster.name)}/${release.name}`, files: chartFiles(gitops, pins, plan, from, release) };
  return release.kind === 'manifests' ? manifestFiles(plan, from, release) : { path: '', files: [] };
};

/**
 * Everything Flux reads of one cluster first: the sources of its charts, and a Kustomization for each release behind those it needs. Charts' Kustomizations hold a
 * HelmRelease, because a HelmRelease can't wait for plain objects, nor they for it. Pure.
 */
export const fluxCluster = (gitops: GitOps, pins: ChartPins, plan: ClusterPlan): readonly Artifact[] => {
  const { cluster, components } = plan;
  const folder = fluxFolder(cluster.name);
  const from = cluster.at.file;
  const after = dependenciesOf(plan);
  const common = { tier: cluster.tier, defines: false, keep: false };
  const releases = components.flatMap(({ workload, because }) => workload.releases.filter(isReconciled).map((release) => ({ release, because, ...releaseFiles(gitops, pins, plan, because.file, release) })));
  const steps = [
    kustomization({ ...common, name: namespacesRelease, path: `${clusterFolder(cluster.name, namespacesRelease)}/manifests`, after: [], keep: true }),
    // Cilium, and with it the definition of its policies, was there before Flux.
    ...(cluster.network.policies ? [kustomization({ ...common, name: policiesRelease, path: `${clusterFolder(cluster.name, policiesRelease)}/manifests`, after: [namespacesRelease] })] : []),
    ...releases.map(({ release, path }) =>
      kustomization({
        tier: cluster.tier,
        name: release.name,
        path,
        after: after.get(release.name) ?? [],
        keep: release.kind === 'chart' && release.installedBy === 'terraform',
        defines: release.kind === 'chart' && (release.standIn.crds ?? []).length > 0,
        guardsItself: release.kind === 'chart',
      }),
    ),
  ];
  const sources = new Map(releases.flatMap(({ release }) => (release.kind === 'chart' ? [chartSource(gitops, pinOf(pins, release)).source] : [])).map((source) => [`${source.kind} ${source.metadata.name}`, source]));
  const named = [...[...sources.values()].map((object) => ({ file: manifestPath('sources', object), object })), ...steps.map((object) => ({ file: `${object.metadata.name}.yaml`, object }))];
  return [
    { path: `${folder}/kustomization.yaml`, text: document(from, build({ resources: named.map(({ file }) => file) })) },
    ...named.map(({ file, object }) => ({ path: `${folder}/${file}`, text: document(from, object) })),
    ...releases.flatMap(({ files }) => files),
  ];
};
