import { problem } from '../diag/problem.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Artifact, Plan } from '../model/plan.ts';
import { registersClusterLabel } from '../units/wellknown.ts';

/** Folder of the output that each engine reads of a cluster. */
const folders = { argocd: 'applications', flux: 'flux' } as const;

const ofCluster = /^kubernetes\/clusters\/([^/]+)\/(applications|flux)\//;

/**
 * Proves that no object has an owner in Argo CD and one in Flux: what is rendered for a cluster is read by the cluster's own engine alone, and no hub registers a
 * cluster of Flux, to which its ApplicationSets would deploy. What one engine owns twice is `oneOwner`'s. Code: `verify/two-owners`. Pure.
 */
export const oneEngine = ({ environments }: Plan, artifacts: readonly Artifact[]): readonly Diagnostic[] => {
  const clusters = new Map(environments.flatMap((environment) => environment.clusters.map(({ cluster }) => [cluster.name, cluster] as const)));
  const read = new Map<string, string>();
  for (const { path } of artifacts) {
    const [, name = '', folder = ''] = ofCluster.exec(path) ?? [];
    const cluster = clusters.get(name);
    if (cluster && folder !== folders[cluster.engine]) read.set(name, path);
  }
  const rendered = [...read].flatMap(([name, path]) => {
    const cluster = clusters.get(name);
    return cluster ? [problem('verify/two-owners', cluster.at, `${path} is for another GitOps engine than ${cluster.engine}, which reconciles ${name}.`, 'Keep one engine: with two owners each undoes what the other does.')] : [];
  });
  const hasFlux = [...clusters.values()].some(({ engine }) => engine === 'flux');
  const registered = !hasFlux ? [] : environments.flatMap((environment) => environment.clusters.flatMap(({ cluster: hub, components }) =>
    components.flatMap(({ workload }) => workload.releases).flatMap((release) => (release.kind === 'manifests' ? [...release.manifests, ...release.clusterManifests] : [])).flatMap(({ metadata }) => {
      const name = metadata.labels?.[registersClusterLabel];
      const cluster = name === undefined ? undefined : clusters.get(name);
      return cluster?.engine === 'flux' ? [problem('verify/two-owners', cluster.at, `The hub ${hub.name} registers ${cluster.name} with Argo CD, but Flux reconciles it.`, 'Keep one engine: with two owners each undoes what the other does.')] : [];
    })));
  return [...rendered, ...registered];
};
