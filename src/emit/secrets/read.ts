import type { Span } from '../../diag/diagnostic.ts';
import type { ClusterPlan } from '../../model/plan.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { oncePer } from '../../units/once-per.ts';
import { secretStore } from '../../units/wellknown.ts';

/** An entry of Secrets Manager or Parameter Store that a cluster copies into a Secret. */
export interface SecretRead {
  readonly component: string;
  readonly store: keyof typeof secretStore;
  /** Name of the secret, or path of the parameter. */
  readonly name: string;
  /** Comes from one of the stores that all components share, whose role reads certain prefixes; other stores have roles for what they read. */
  readonly shared: boolean;
  /** Keys of the JSON object that the entry holds; empty where it is taken as it is. */
  readonly keys: readonly string[];
  readonly because: Span;
}

interface Reference {
  readonly key: string;
  readonly property?: string;
}
interface ExternalSecretSpec {
  readonly secretStoreRef?: { readonly name: string };
  readonly data?: readonly { readonly remoteRef: Reference }[];
  readonly dataFrom?: readonly { readonly extract?: Reference }[];
}

/** The ExternalSecrets among objects; lists that clusters share are looked through once. */
const externalSecrets = oncePer((objects: readonly KubeObject[]) => objects.filter(({ kind }) => kind === 'ExternalSecret'));

/** What the ExternalSecrets of a cluster read, in the order of its components; those that draw a password read nothing. Pure. */
export const secretsRead = ({ components }: ClusterPlan): readonly SecretRead[] =>
  components.flatMap(({ id, workload, because }) => workload.releases.flatMap((release) => release.kind === 'manifests' ? [...externalSecrets(release.manifests), ...externalSecrets(release.clusterManifests)].flatMap((object) => {
    const spec = object['spec'] as ExternalSecretSpec;
    const references = [...(spec.data ?? []).map(({ remoteRef }) => remoteRef), ...(spec.dataFrom ?? []).flatMap(({ extract }) => (extract ? [extract] : []))];
    const store = spec.secretStoreRef?.name === secretStore.parameterStore ? 'parameterStore' : 'secretsManager';
    const shared = Object.values(secretStore).some((name) => name === spec.secretStoreRef?.name);
    return [...new Set(references.map(({ key }) => key))].map((name) => ({ component: id, store, shared, name, keys: references.flatMap(({ key, property }) => (key === name && property !== undefined ? [property] : [])), because }) as const);
  }) : []));
