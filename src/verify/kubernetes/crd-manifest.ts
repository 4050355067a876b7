import { definitionOf } from '../../../catalog/definition.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { catalogCrd, crdIndex } from './schema-store.ts';

/** Names of all definitions of the catalogue, sorted. */
export const crdNames = (): readonly string[] => Object.values(crdIndex().installedBy).flat().sort();

/** A definition of the catalogue as an API server takes it. For the local platform's stand-in charts. Throws on a name that the catalogue lacks. */
export const crdManifest = (name: string): KubeObject => {
  const found = catalogCrd(name);
  return definitionOf(found, found.chart);
};
