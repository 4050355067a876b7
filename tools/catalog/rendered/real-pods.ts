import { parseQuantity } from '../../../src/units/quantity.ts';
import { podSpecOf } from '../../../src/verify/kubernetes/pod-security.ts';

export type Json = Readonly<Record<string, unknown>>;
export const record = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});
export const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(record) : []);
/** The value below some keys. */
export const at = (value: unknown, ...path: readonly string[]): unknown => path.reduce<unknown>((node, key) => record(node)[key], value);
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
/** True when labels meet a selector's `matchLabels`. */
export const holds = (labels: Json, wanted: Json): boolean => Object.entries(wanted).every(([key, value]) => labels[key] === value);
export const titleOf = (object: Json): string => `${text(object['kind'])}/${text(at(object, 'metadata', 'name'))}`;

/** Pods that a rendered object makes. */
export interface RealPods {
  /** `<kind>/<name>`. */
  readonly title: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Json;
  readonly replicas: number;
  readonly onHost: boolean;
  readonly images: readonly string[];
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  /** What the containers that serve ask for: cores, bytes. Undefined for pods whose containers an operator adds. */
  readonly requests: { readonly cpu: number; readonly memory: number } | undefined;
  /** Service account whose token the pods hold; undefined where they hold none. */
  readonly tokenOf: string | undefined;
}

const templateOf = (object: Json): unknown =>
  object['kind'] === 'CronJob' ? at(object, 'spec', 'jobTemplate', 'spec', 'template') : object['kind'] === 'Pod' ? object : at(object, 'spec', 'template');

/** Argo CD runs no tests of Helm, and neither does Helm unless it is told. Source: argoproj/argo-cd v3.4 docs/user-guide/helm.md, "Helm hooks". */
export const isTest = (object: Json): boolean => /(^|,)test/.test(text(at(object, 'metadata', 'annotations', 'helm.sh/hook')));

/** What containers are sure to get: requests, or limits where there are none. */
const sum = (containers: readonly Json[], of: 'cpu' | 'memory'): number =>
  containers.reduce((all, one) => all + (parseQuantity(String(at(one, 'resources', 'requests', of) ?? at(one, 'resources', 'limits', of) ?? '0')) ?? 0), 0);

const ofTemplate = (object: Json, namespace: string): RealPods | undefined => {
  const spec = podSpecOf(object)?.spec;
  if (!spec || isTest(object)) return undefined;
  const containers = [...list(spec['containers']), ...list(spec['initContainers'])];
  return {
    title: titleOf(object),
    name: text(at(object, 'metadata', 'name')),
    namespace: text(at(object, 'metadata', 'namespace')) || namespace,
    labels: record(at(templateOf(object), 'metadata', 'labels')),
    replicas: (at(object, 'spec', 'replicas') as number | undefined) ?? 1,
    onHost: spec['hostNetwork'] === true,
    images: containers.map(({ image }) => text(image).replace(/@sha256:.*/, '')),
    ports: containers.flatMap(({ ports }) => list(ports).map(({ name, containerPort }) => ({ name: text(name), port: Number(containerPort) }))),
    requests: { cpu: sum(list(spec['containers']), 'cpu'), memory: sum(list(spec['containers']), 'memory') },
    tokenOf: spec['automountServiceAccountToken'] === false ? undefined : text(spec['serviceAccountName'] ?? 'default'),
  };
};

/** Container ports that Prometheus' operator gives. Source: prometheus-operator v0.93.0 pkg/prometheus/server/statefulset.go, pkg/alertmanager/statefulset.go. */
const operated: Readonly<Record<string, RealPods['ports']>> = {
  Prometheus: [{ name: 'http-web', port: 9090 }, { name: 'reloader-web', port: 8080 }],
  Alertmanager: [{ name: 'http-web', port: 9093 }, { name: 'mesh-tcp', port: 9094 }, { name: 'mesh-udp', port: 9094 }, { name: 'reloader-web', port: 8080 }],
};

/** Pods that the operator makes from an object of its own kind; the labels are those that it documents. Source: pkg/apis/monitoring/v1, "podMetadata". */
const ofOperator = (object: Json, namespace: string): RealPods | undefined => {
  const kind = text(object['kind']);
  const ports = operated[kind];
  const name = text(at(object, 'metadata', 'name'));
  if (!ports) return undefined;
  const type = kind.toLowerCase();
  return {
    title: `${kind}/${name}`,
    name: `${type}-${name}`,
    namespace: text(at(object, 'metadata', 'namespace')) || namespace,
    labels: { ...record(at(object, 'spec', 'podMetadata', 'labels')), 'app.kubernetes.io/name': type, 'app.kubernetes.io/instance': name, 'app.kubernetes.io/managed-by': 'prometheus-operator', [type]: name, ...(kind === 'Prometheus' ? { 'operator.prometheus.io/name': name } : {}) },
    replicas: (at(object, 'spec', 'replicas') as number | undefined) ?? 1,
    onHost: at(object, 'spec', 'hostNetwork') === true,
    images: [text(at(object, 'spec', 'image'))],
    ports,
    requests: undefined,
    tokenOf: kind === 'Prometheus' ? text(at(object, 'spec', 'serviceAccountName')) : undefined,
  };
};

/** All pods that the objects of a release make. Pure. */
export const realPods = (objects: readonly unknown[], namespace: string): readonly RealPods[] =>
  objects.map(record).flatMap((object) => {
    const pods = ofTemplate(object, namespace) ?? ofOperator(object, namespace);
    return pods ? [pods] : [];
  });
