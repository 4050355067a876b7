import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** A schema of the API server: OpenAPI v3 with Kubernetes' extensions. */
export interface KubeSchema {
  readonly type?: string;
  readonly format?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, KubeSchema>>;
  readonly additionalProperties?: boolean | KubeSchema;
  readonly items?: KubeSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly KubeSchema[];
  readonly anyOf?: readonly KubeSchema[];
  readonly oneOf?: readonly KubeSchema[];
  readonly not?: KubeSchema;
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string; readonly message?: string }[];
}

export type Scope = 'Namespaced' | 'Cluster';

/** One version of a custom resource definition in the catalogue. */
export interface CatalogCrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly subresources?: Readonly<Record<string, unknown>>;
  readonly selectableFields?: readonly unknown[];
  readonly additionalPrinterColumns?: readonly unknown[];
  readonly schema: KubeSchema;
}

/** A custom resource definition of `catalog/crds/`. */
export interface CatalogCrd {
  readonly name: string;
  /** Chart id that installs it. */
  readonly chart: string;
  /** Value of the annotation `api-approved.kubernetes.io`, for groups below k8s.io. */
  readonly approved?: string;
  readonly group: string;
  readonly scope: Scope;
  readonly names: Readonly<Record<string, unknown>> & { readonly kind: string; readonly plural: string };
  readonly versions: readonly CatalogCrdVersion[];
}

interface OpenApi {
  readonly kubernetes: string;
  readonly kinds: Readonly<Record<string, { readonly definition: string; readonly scope: Scope }>>;
  readonly definitions: Readonly<Record<string, KubeSchema>>;
}
interface CrdIndex {
  readonly kinds: Readonly<Record<string, string>>;
  readonly installedBy: Readonly<Record<string, readonly string[]>>;
}

const catalog = (path: string): string => fileURLToPath(new URL(`../../../catalog/${path}`, import.meta.url));
const unzip = (path: string): unknown => JSON.parse(gunzipSync(readFileSync(catalog(path))).toString('utf8'));

let openApi: OpenApi | undefined;
let index: CrdIndex | undefined;
const crds = new Map<string, CatalogCrd>();

/** Schemas of the built-in kinds. Reads the catalogue once per process. */
export const builtIns = (): OpenApi => (openApi ??= unzip('kubernetes-openapi-1.35.json.gz') as OpenApi);

/** Which definitions there are: kinds by `apiVersion/Kind`, names by chart id. Reads the catalogue once per process. */
export const crdIndex = (): CrdIndex => (index ??= JSON.parse(readFileSync(catalog('crds/index.json'), 'utf8')) as CrdIndex);

/** One definition by its name (`nodepools.karpenter.sh`), read at first use. Throws on a name that the catalogue lacks. */
export const catalogCrd = (name: string): CatalogCrd => {
  const known = crds.get(name);
  if (known) return known;
  if (!Object.values(crdIndex().installedBy).some((names) => names.includes(name))) throw new Error(`catalog/crds has no "${name}".`);
  const read = unzip(`crds/${name}.json.gz`) as CatalogCrd;
  crds.set(name, read);
  return read;
};

/** A kind that the cluster knows, and how its objects look. */
export interface KnownKind {
  readonly scope: Scope;
  readonly schema: KubeSchema;
  /** Custom resources drop what their schema does not name; built-in ones may hold open objects. */
  readonly custom: boolean;
}

/** Looks a kind up, built-in or custom; undefined when neither Kubernetes 1.35 nor a pinned chart has it. */
export const knownKind = (apiVersion: string, kind: string): KnownKind | undefined => {
  const key = `${apiVersion}/${kind}`;
  const builtIn = builtIns().kinds[key];
  if (builtIn) return { scope: builtIn.scope, schema: { $ref: `#/definitions/${builtIn.definition}` }, custom: false };
  const [name] = crdIndex().kinds[key]?.split(' ') ?? [];
  if (name === undefined) return undefined;
  const crd = catalogCrd(name);
  const version = crd.versions.find((one) => `${crd.group}/${one.name}` === apiVersion);
  return version && { scope: crd.scope, schema: version.schema, custom: true };
};

/** Whether objects of a kind live in a namespace; undefined for unknown kinds. Does not load the definition itself. */
export const scopeOf = (apiVersion: string, kind: string): Scope | undefined => {
  const key = `${apiVersion}/${kind}`;
  return builtIns().kinds[key]?.scope ?? (crdIndex().kinds[key]?.split(' ')[1] as Scope | undefined);
};

/** All known kinds as `apiVersion/Kind`. */
export const knownKinds = (): readonly string[] => [...Object.keys(builtIns().kinds), ...Object.keys(crdIndex().kinds)];
