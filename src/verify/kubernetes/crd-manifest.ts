import type { KubeObject } from '../../units/kube-object.ts';
import { catalogCrd, crdIndex } from './schema-store.ts';

/** Names of all definitions of the catalogue, sorted. */
export const crdNames = (): readonly string[] => Object.values(crdIndex().installedBy).flat().sort();

/**
 * The whole CustomResourceDefinition, with its schema and CEL rules but without prose, as an API server takes it. For the local platform's
 * stand-in charts. Throws on a name that the catalogue lacks.
 */
export const crdManifest = (name: string): KubeObject => {
  const { chart, approved, group, scope, names, versions } = catalogCrd(name);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name,
      labels: { 'app.kubernetes.io/part-of': chart },
      ...(approved === undefined ? {} : { annotations: { 'api-approved.kubernetes.io': approved } }),
    },
    spec: {
      group,
      scope,
      names,
      versions: versions.map(({ name: version, served, storage, subresources, selectableFields, schema }) => ({
        name: version,
        served,
        storage,
        ...(subresources === undefined ? {} : { subresources }),
        ...(selectableFields === undefined ? {} : { selectableFields }),
        schema: { openAPIV3Schema: schema },
      })),
    },
  };
};
