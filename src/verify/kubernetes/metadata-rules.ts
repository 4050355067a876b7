import type { Scope } from './schema-store.ts';
import type { SchemaIssue } from './validate-value.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const keyName = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
/** Kinds whose names become DNS labels. Source: k8s.io/kubernetes v1.35.4 pkg/apis/core/validation. */
const labelKinds = new Set(['Namespace', 'Service']);
const maxAnnotationBytes = 256 * 1024;

const nameIssue = (apiVersion: string, kind: string, name: unknown): string | undefined => {
  if (name === undefined || name === null || name === '') return 'is required';
  if (typeof name !== 'string') return undefined;
  // RBAC names are path segments: "system:node" is legal.
  if (apiVersion.startsWith('rbac.authorization.k8s.io/')) return /[/%]/.test(name) ? `"${name}" must not hold "/" or "%"` : undefined;
  if (labelKinds.has(kind)) return label.test(name) && name.length <= 63 ? undefined : `"${name}" must be a DNS label of at most 63 characters`;
  return subdomain.test(name) && name.length <= 253 ? undefined : `"${name}" must be lower case letters, digits, "-" and ".", at most 253 characters`;
};

const qualifiedKeyIssue = (key: string): string | undefined => {
  const [name = '', prefix, ...more] = key.split('/').reverse();
  const good = more.length === 0 && keyName.test(name) && name.length <= 63 && (prefix === undefined || (subdomain.test(prefix) && prefix.length <= 253));
  return good ? undefined : `"${key}" is not a legal key: [prefix/]name, the name at most 63 characters`;
};

/** Rules of names, namespaces, labels and annotations that stand in no schema but that the API server enforces. Pure. */
export const metadataIssues = (apiVersion: string, kind: string, scope: Scope, metadata: unknown): readonly SchemaIssue[] => {
  const given = isRecord(metadata) ? metadata : {};
  const issues: SchemaIssue[] = [];
  const wrongName = given['generateName'] === undefined ? nameIssue(apiVersion, kind, given['name']) : undefined;
  if (wrongName !== undefined) issues.push({ path: 'metadata.name', message: wrongName });
  if (scope === 'Cluster' && given['namespace'] !== undefined && given['namespace'] !== null && given['namespace'] !== '') {
    issues.push({ path: 'metadata.namespace', message: `${kind} belongs to no namespace` });
  }
  for (const part of ['labels', 'annotations'] as const) {
    const map = given[part];
    if (!isRecord(map)) continue;
    let bytes = 0;
    for (const [key, value] of Object.entries(map)) {
      const at = `metadata.${part}[${JSON.stringify(key)}]`;
      // Annotation keys are compared in lower case by the API server.
      const wrongKey = qualifiedKeyIssue(part === 'annotations' ? key.toLowerCase() : key);
      if (wrongKey !== undefined) issues.push({ path: at, message: wrongKey });
      if (typeof value !== 'string') continue;
      if (part === 'labels' && (!labelValue.test(value) || value.length > 63)) {
        issues.push({ path: at, message: `"${value}" is not a legal label value: at most 63 letters, digits, "-", "_" and "."` });
      }
      bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    }
    if (part === 'annotations' && bytes > maxAnnotationBytes) issues.push({ path: 'metadata.annotations', message: `take ${bytes} bytes, more than ${maxAnnotationBytes}` });
  }
  return issues;
};
