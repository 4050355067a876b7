import { didYouMean } from '../../diag/did-you-mean.ts';
import { metadataIssues } from './metadata-rules.ts';
import { knownKind, knownKinds } from './schema-store.ts';
import type { KubeSchema } from './schema-store.ts';
import { checkValue } from './validate-value.ts';
import type { SchemaIssue } from './validate-value.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const objectMeta: KubeSchema = { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' };
const text: KubeSchema = { type: 'string' };

/** Every custom resource has these three, whether its schema names them or not. */
const withTypeMeta = (schema: KubeSchema): KubeSchema => ({ ...schema, properties: { ...schema.properties, apiVersion: text, kind: text, metadata: objectMeta } });

const unknownKind = (apiVersion: string, kind: string): SchemaIssue => {
  const versions = knownKinds()
    .filter((known) => known.endsWith(`/${kind}`))
    .map((known) => known.slice(0, -kind.length - 1));
  if (versions.length > 0) return { path: 'apiVersion', message: `"${apiVersion}" has no ${kind}; use ${versions.map((version) => `"${version}"`).join(' or ')}` };
  const near = didYouMean(`${apiVersion}/${kind}`, knownKinds());
  return { path: 'kind', message: `${kind} of "${apiVersion}" is known neither to Kubernetes 1.35 nor to a pinned chart${near === undefined ? '' : `; did you mean ${near}?`}` };
};

/**
 * Faults that the API server of the target version would find in an object, as strictly as `fieldValidation=Strict`: unknown fields, wrong
 * types, missing fields, broken value rules, illegal names and labels, unknown kinds. Null fields count as absent. CEL rules are not
 * evaluated (the local API server does). Pure but for reading the catalogue at first use; a schema is loaded when its kind first occurs.
 */
export const validateObject = (object: unknown): readonly SchemaIssue[] => {
  if (!isRecord(object)) return [{ path: '', message: 'must be an object' }];
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || apiVersion === '') return [{ path: 'apiVersion', message: 'is required' }];
  if (typeof kind !== 'string' || kind === '') return [{ path: 'kind', message: 'is required' }];
  if (apiVersion === 'v1' && kind === 'List') {
    const items: readonly unknown[] = Array.isArray(object['items']) ? object['items'] : [];
    return items.flatMap((item, i) => validateObject(item).map(({ path, message }) => ({ path: `items[${i}]${path === '' ? '' : `.${path}`}`, message })));
  }
  const known = knownKind(apiVersion, kind);
  if (!known) return [unknownKind(apiVersion, kind)];
  const issues: SchemaIssue[] = [];
  checkValue(known.custom ? withTypeMeta(known.schema) : known.schema, object, { path: '', custom: known.custom, strict: true }, issues);
  return [...issues, ...metadataIssues(apiVersion, kind, known.scope, object['metadata'])];
};
