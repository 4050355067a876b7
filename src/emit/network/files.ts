import type { Artifact, ClusterPlan } from '../../model/plan.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { clusterFolder, header } from '../kubernetes/files.ts';
import { toYaml } from '../yaml.ts';
import { policiesOf } from './policies.ts';
import { oncePer } from '../../units/once-per.ts';

/** Name of the release that brings a cluster's network policies: behind its namespaces, before any pod that Argo CD brings. */
export const policiesRelease = 'network-policies';

/** Clusters share these objects, so each is written out once. */
const textOf = oncePer((object: KubeObject): string => toYaml(object));

/** The network policies of one cluster as files. */
export const clusterPolicies = (plan: ClusterPlan): readonly Artifact[] =>
  policiesOf(plan).map((object) => ({
    path: `${clusterFolder(plan.cluster.name, policiesRelease)}/manifests/${object.metadata.namespace ?? ''}.${object.metadata.name}.yaml`,
    text: header(plan.cluster.at.file) + textOf(object),
  }));
