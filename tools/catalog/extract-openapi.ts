/**
 * Writes `catalog/kubernetes-openapi-1.35.json.gz`: the schemas of the built-in kinds that the platform renders, with all they refer to.
 * Development only. Usage: `node tools/catalog/extract-openapi.ts <k8s.io/kubernetes module>/api/openapi-spec/v3 <version>`.
 * Changes: that file.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripSchema } from './strip-schema.ts';
import { writeGzip } from './write-gzip.ts';

/** apiVersion → kinds. Only these are known to the validator; a new one is added here. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  v1: ['Namespace', 'ServiceAccount', 'ConfigMap', 'Secret', 'Service', 'Pod', 'PersistentVolumeClaim', 'PersistentVolume', 'ResourceQuota', 'LimitRange', 'Node', 'Endpoints'],
  'apps/v1': ['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet'],
  'batch/v1': ['Job', 'CronJob'],
  'rbac.authorization.k8s.io/v1': ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
  'storage.k8s.io/v1': ['StorageClass', 'CSIDriver'],
  'networking.k8s.io/v1': ['NetworkPolicy', 'Ingress', 'IngressClass'],
  'policy/v1': ['PodDisruptionBudget'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'admissionregistration.k8s.io/v1': [
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
    'MutatingWebhookConfiguration',
  ],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'apiregistration.k8s.io/v1': ['APIService'],
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'coordination.k8s.io/v1': ['Lease'],
  'node.k8s.io/v1': ['RuntimeClass'],
};

type Schema = Record<string, unknown>;
interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly 'x-kubernetes-group-version-kind'?: { readonly kind: string } } | undefined>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const [dir, version] = process.argv.slice(2);
if (dir === undefined || version === undefined) throw new Error('usage: extract-openapi.ts <dir> <version>');
const definitions: Record<string, unknown> = {};
const kinds: Record<string, { definition: string; scope: string }> = {};

const take = (name: string, schemas: Readonly<Record<string, Schema>>): void => {
  if (name in definitions) return;
  const stripped = stripSchema(schemas[name] ?? {});
  definitions[name] = stripped;
  for (const [, found] of JSON.stringify(stripped).matchAll(/"#\/definitions\/([^"]+)"/g)) if (found) take(found, schemas);
};

for (const [apiVersion, names] of Object.entries(wanted)) {
  const file = apiVersion.includes('/') ? `apis__${apiVersion.replace('/', '__')}_openapi.json` : `api__${apiVersion}_openapi.json`;
  const { paths, components } = JSON.parse(readFileSync(join(dir, file), 'utf8')) as Spec;
  for (const kind of names) {
    const definition = Object.entries(components.schemas).find(([, schema]) =>
      ((schema['x-kubernetes-group-version-kind'] ?? []) as readonly { group: string; version: string; kind: string }[]).some(
        (gvk) => gvk.kind === kind && (gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`) === apiVersion,
      ),
    )?.[0];
    if (definition === undefined) throw new Error(`${apiVersion} ${kind} is not in ${file}`);
    take(definition, components.schemas);
    const namespaced = Object.entries(paths).some(
      ([path, methods]) => path.includes('/namespaces/{namespace}/') && Object.values(methods).some((method) => method?.['x-kubernetes-group-version-kind']?.kind === kind),
    );
    kinds[`${apiVersion}/${kind}`] = { definition, scope: namespaced ? 'Namespaced' : 'Cluster' };
  }
}
const ordered = Object.fromEntries(Object.keys(definitions).sort().map((name) => [name, definitions[name]]));
const size = writeGzip(join('catalog', 'kubernetes-openapi-1.35.json.gz'), { kubernetes: version, kinds, definitions: ordered });
process.stdout.write(`${Object.keys(kinds).length} kinds, ${Object.keys(ordered).length} definitions, ${size} bytes\n`);
