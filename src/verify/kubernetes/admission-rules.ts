import { podSpecOf } from './pod-security.ts';

type Json = Readonly<Record<string, unknown>>;
const record = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(record) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Image with the registry that a short name stands for. */
const fullName = (image: string): string => {
  const [first = ''] = image.split('/');
  if (!image.includes('/')) return `docker.io/library/${image}`;
  return /[.:]/.test(first) || first === 'localhost' ? image : `docker.io/${image}`;
};

/** True when the image is in one of the registries. */
export const isFrom = (image: string, registries: readonly string[]): boolean => registries.some((prefix) => fullName(image).startsWith(prefix));

/** True when the image has a tag other than latest, or a digest. */
export const isTagged = (image: string): boolean => image.includes('@') || (image.slice(image.lastIndexOf('/') + 1).includes(':') && !image.endsWith(':latest'));

/** What the rules need to know beside the object. */
export interface Limits {
  readonly labels: readonly string[];
  /** Further labels of namespaces. */
  readonly namespaceLabels: readonly string[];
  readonly registries: readonly string[];
  /** Names that namespaces of teams may serve, by namespace. */
  readonly hostnames: Readonly<Record<string, readonly string[]>>;
}

interface PodParts {
  readonly pod: Json;
  readonly containers: readonly Json[];
  readonly lasting: readonly Json[];
}

const imagesOf = ({ pod, containers }: PodParts): readonly string[] => [
  ...containers.map(({ image }) => text(image)),
  ...list(pod['volumes']).flatMap(({ image }) => (image === undefined ? [] : [text(record(image)['reference'])])),
];
const security = (container: Json): Json => record(container['securityContext']);
const shared = (field: string, container: Json, pod: Json): unknown => security(container)[field] ?? record(pod['securityContext'])[field];
const states = (holder: Json, kind: string, of: string): boolean => of in record(record(holder['resources'])[kind]);

const podRules: Readonly<Record<string, (parts: PodParts, limits: Limits) => boolean>> = {
  'platform-allowed-registries': (parts, { registries }) => imagesOf(parts).every((image) => isFrom(image, registries)),
  'platform-no-latest-tag': (parts) => imagesOf(parts).every(isTagged),
  'platform-no-privileged': ({ containers }) => !containers.some((one) => security(one)['privileged'] === true),
  'platform-resource-limits': ({ lasting, pod }) =>
    lasting.every((one) => {
      const given = (kind: string, of: string) => states(one, kind, of) || states(pod, kind, of);
      return ['cpu', 'memory'].every((of) => given('requests', of) || given('limits', of)) && given('limits', 'memory');
    }),
  'platform-host-access': ({ pod, containers }) =>
    !['hostNetwork', 'hostPID', 'hostIPC'].some((name) => pod[name] === true) && !list(pod['volumes']).some((volume) => 'hostPath' in volume) && !containers.some((one) => list(one['ports']).some(({ hostPort }) => (hostPort ?? 0) !== 0)),
  'platform-run-as-non-root': ({ pod, containers }) =>
    containers.every((one) => shared('runAsNonRoot', one, pod) === true && shared('runAsUser', one, pod) !== 0 && (security(one)['allowPrivilegeEscalation'] === false || security(one)['privileged'] === true)),
};

const covers = (pattern: unknown, host: string): boolean => pattern === host || (text(pattern).startsWith('*.') && host.includes('.') && host.slice(host.indexOf('.')) === text(pattern).slice(1));

const isServedOverTls = (object: Json): boolean => {
  const spec = record(object['spec']);
  const annotations = record(record(object['metadata'])['annotations']);
  const alb = (name: string): string => text(annotations[`alb.ingress.kubernetes.io/${name}`]);
  if ((spec['ingressClassName'] ?? annotations['kubernetes.io/ingress.class']) === 'alb') {
    return (alb('certificate-arn') !== '' || alb('listen-ports').includes('"HTTPS"')) && (!alb('listen-ports').includes('"HTTP"') || alb('ssl-redirect') !== '');
  }
  const tls = list(spec['tls']).map(({ hosts }) => (Array.isArray(hosts) ? (hosts as readonly unknown[]) : []));
  return tls.length > 0 && list(spec['rules']).every(({ host }) => host === undefined || tls.some((hosts) => hosts.length === 0 || hosts.some((one) => covers(one, text(host)))));
};

const nameAnnotations = ['external-dns.alpha.kubernetes.io/hostname', 'external-dns.alpha.kubernetes.io/internal-hostname', 'nginx.ingress.kubernetes.io/server-alias'];

/** True when an object of a team serves the team's own names, from inside the VPC. */
const isOwnWayIn = (object: Json, namespace: string, own: readonly string[]): boolean => {
  const spec = record(object['spec']);
  const annotations = record(record(object['metadata'])['annotations']);
  const isOwn = (name: unknown): boolean => /^(\*\.)?[a-z0-9.-]+$/.test(text(name)) && own.some((pattern) => pattern === name || (pattern.startsWith('*.') && text(name).endsWith(pattern.slice(1))));
  const named = nameAnnotations.flatMap((key) => text(annotations[key]).split(',')).map((one) => one.trim()).filter((one) => one !== '');
  const hosts = object['kind'] === 'Ingress' ? list(spec['rules']).map(({ host }) => host) : spec['hostnames'];
  const servesOwn = object['kind'] === 'Service' || (Array.isArray(hosts) && hosts.length > 0 && hosts.every(isOwn));
  const covered = list(spec['tls']).flatMap(({ hosts: some }) => (Array.isArray(some) ? (some as readonly unknown[]) : []));
  return servesOwn && [...named, ...(object['kind'] === 'Ingress' ? covered : [])].every(isOwn)
    && (annotations['alb.ingress.kubernetes.io/scheme'] ?? 'internal') === 'internal' && (annotations['alb.ingress.kubernetes.io/group.name'] ?? namespace) === namespace;
};

const waysIn = new Set(['Service', 'Ingress', 'HTTPRoute', 'GRPCRoute']);
const labelled = new Set(['Namespace', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/**
 * Names of the policies that would refuse an object when it is made: the same rules as the expressions of `components/admission`, and held
 * to them by cases that run here and on a real API server. Pure.
 */
export const refusingPolicies = (object: Json, limits: Limits): readonly string[] => {
  const refusing: string[] = [];
  const meta = record(object['metadata']);
  const isOwned = list(meta['ownerReferences']).some(({ controller }) => controller === true);
  if (labelled.has(text(object['kind'])) && !isOwned && ![...limits.labels, ...(object['kind'] === 'Namespace' ? limits.namespaceLabels : [])].every((key) => text(record(meta['labels'])[key]) !== '')) refusing.push('platform-required-labels');
  if (object['kind'] === 'Service' && record(object['spec'])['type'] === 'NodePort') refusing.push('platform-no-node-port');
  if (object['kind'] === 'Ingress' && !isServedOverTls(object)) refusing.push('platform-ingress-tls');
  const namespace = text(meta['namespace']);
  const own = Object.hasOwn(limits.hostnames, namespace) ? limits.hostnames[namespace] : undefined;
  if (own && waysIn.has(text(object['kind'])) && !isOwnWayIn(object, namespace, own)) refusing.push('platform-team-ways-in');
  const pod = podSpecOf(object)?.spec;
  if (!pod) return refusing;
  const lasting = [...list(pod['containers']), ...list(pod['initContainers'])];
  const parts = { pod, lasting, containers: [...lasting, ...list(pod['ephemeralContainers'])] };
  return [...refusing, ...Object.entries(podRules).flatMap(([policy, isMet]) => (isMet(parts, limits) ? [] : [policy]))];
};
