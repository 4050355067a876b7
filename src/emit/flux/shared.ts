import type { Artifact } from '../../model/plan.ts';
import { document } from '../kubernetes/files.ts';
import { fluxApi } from '../../units/flux-names.ts';

const folder = 'kubernetes/gitops/flux';

/** Where HelmReleases name ConfigMaps: kustomize gives these names an ending that follows the content. */
export const valuesReferencePath = `${folder}/values-reference.yaml`;

/** What the Flux clusters of a platform share. Source: Flux, "Managing Helm releases", "Refer to values in ConfigMaps generated with Kustomize". Pure. */
export const fluxShared = (): readonly Artifact[] => [
  { path: valuesReferencePath, text: document('the build itself', { nameReference: [{ kind: 'ConfigMap', version: 'v1', fieldSpecs: [{ path: 'spec/valuesFrom/name', kind: fluxApi.helmRelease.kind }] }] }) },
];
