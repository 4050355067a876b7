import { changesOf, type AdmissionPolicy } from './policy.ts';

/**
 * Pods, and what makes them: a refused Deployment says so at once, and pods of controllers that the platform does not know are still
 * looked at. `kubectl debug` adds its container through a subresource.
 */
const resources = [
  changesOf('', ['pods', 'pods/ephemeralcontainers']),
  changesOf('apps', ['deployments', 'statefulsets', 'daemonsets', 'replicasets']),
  changesOf('batch', ['jobs', 'cronjobs']),
];

/**
 * Spec of the pods of any of these kinds. `dyn`, because one expression serves kinds of different shape, and the API server
 * checks its types against each of them.
 */
const podSpec = (object: 'object' | 'oldObject'): string =>
  `(request.kind.kind == 'Pod' ? dyn(${object}).spec : request.kind.kind == 'CronJob' ? dyn(${object}).spec.jobTemplate.spec.template.spec : dyn(${object}).spec.template.spec)`;

/**
 * Only what changes pods is looked at: a pod that was there before the policy must keep losing its finalizers, and its Deployment must
 * stay scalable.
 */
const when = [{ name: 'pods-are-new-or-changed', expression: `request.operation != 'UPDATE' || ${podSpec('object')} != ${podSpec('oldObject')}` }];

const pod = { name: 'pod', expression: podSpec('object') };
/** Containers that serve and those that prepare; `ephemeralContainers` can't ask for resources. */
const lasting = { name: 'lasting', expression: 'variables.pod.containers + variables.pod.?initContainers.orValue([])' };
const containers = { name: 'containers', expression: 'variables.pod.containers + variables.pod.?initContainers.orValue([]) + variables.pod.?ephemeralContainers.orValue([])' };

const podPolicy = (name: string, demands: string, variables: AdmissionPolicy['variables'], validations: AdmissionPolicy['validations']): AdmissionPolicy => ({
  name, demands, resources, when, variables: [pod, ...variables], validations,
});

const names = (of: string): string => `variables.${of}.map(c, c.name).join(', ')`;

/** Every image of a pod, those mounted as volumes too, with the registry that a short name stands for. */
const images = {
  name: 'images',
  expression: `(variables.containers.map(c, string(c.?image.orValue(''))) + variables.pod.?volumes.orValue([]).filter(v, has(v.image)).map(v, string(v.image.?reference.orValue('')))).map(i, !i.contains('/') ? 'docker.io/library/' + i : i.split('/')[0].matches('[.:]') || i.startsWith('localhost/') ? i : 'docker.io/' + i)`,
};

/** Text as a CEL literal. */
export const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Images come from one of these: each is what the full name of an image begins with. */
export const allowedRegistries = (prefixes: readonly string[]): AdmissionPolicy =>
  podPolicy(
    'platform-allowed-registries',
    'Images come from registries that the platform allows.',
    [containers, images, { name: 'foreign', expression: `variables.images.filter(i, ![${prefixes.map(literal).join(', ')}].exists(p, i.startsWith(p)))` }],
    [{ expression: 'variables.foreign.size() == 0', message: 'Images must come from an allowed registry.', messageExpression: `'not from an allowed registry: ' + variables.foreign.join(', ')` }],
  );

export const noLatestTag = podPolicy(
  'platform-no-latest-tag',
  'Images are named by a tag other than latest, or by a digest.',
  [containers, images, { name: 'loose', expression: `variables.images.filter(i, !i.contains('@') && (!i.substring(i.lastIndexOf('/') + 1).contains(':') || i.endsWith(':latest')))` }],
  [{ expression: 'variables.loose.size() == 0', message: 'Images must have a tag other than latest, or a digest.', messageExpression: `'without a tag other than latest: ' + variables.loose.join(', ')` }],
);

export const noPrivileged = podPolicy(
  'platform-no-privileged',
  'No container is privileged.',
  [containers, { name: 'privileged', expression: 'variables.containers.filter(c, c.?securityContext.?privileged.orValue(false) == true)' }],
  [{ expression: 'variables.privileged.size() == 0', message: 'Containers must not be privileged.', messageExpression: `'privileged containers: ' + ${names('privileged')}` }],
);

const limited = (kind: 'requests' | 'limits', of: 'cpu' | 'memory'): string => `(has(c.resources) && has(c.resources.${kind}) && '${of}' in c.resources.${kind})`;
const podLimited = (kind: 'requests' | 'limits', of: 'cpu' | 'memory'): string => `(has(variables.pod.resources) && has(variables.pod.resources.${kind}) && '${of}' in variables.pod.resources.${kind})`;
// A limit without a request is a request too. A limit of CPU only slows its owner down: none is asked for.
const asks = (of: 'cpu' | 'memory'): string => `(${(['requests', 'limits'] as const).flatMap((kind) => [limited(kind, of), podLimited(kind, of)]).join(' || ')})`;

export const resourceLimits = podPolicy(
  'platform-resource-limits',
  'Every container requests CPU and memory and limits its memory.',
  [lasting, { name: 'unlimited', expression: `variables.lasting.filter(c, !(${asks('cpu')} && ${asks('memory')} && (${limited('limits', 'memory')} || ${podLimited('limits', 'memory')})))` }],
  [{ expression: 'variables.unlimited.size() == 0', message: 'Containers must request CPU and memory and limit memory.', messageExpression: `'no CPU request, memory request or memory limit: ' + ${names('unlimited')}` }],
);

export const hostAccess = podPolicy(
  'platform-host-access',
  'Pods share neither namespaces nor files nor ports with their node.',
  [containers],
  [
    { expression: `!['hostNetwork', 'hostPID', 'hostIPC'].exists(n, variables.pod[?n].orValue(false) == true)`, message: 'Pods must not use the network, the processes or the IPC of their node.' },
    { expression: '!variables.pod.?volumes.orValue([]).exists(v, has(v.hostPath))', message: 'Pods must not mount paths of their node.' },
    { expression: '!variables.containers.exists(c, c.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) != 0))', message: 'Containers must not take ports of their node.' },
  ],
);

const ownOrShared = (field: string, fallback: string): string => `c.?securityContext.?${field}.orValue(variables.pod.?securityContext.?${field}.orValue(${fallback}))`;

export const runAsNonRoot = podPolicy(
  'platform-run-as-non-root',
  'Containers run as a user other than root and can not become it.',
  [
    containers,
    { name: 'roots', expression: `variables.containers.filter(c, ${ownOrShared('runAsNonRoot', 'false')} != true || ${ownOrShared('runAsUser', '1')} == 0)` },
    // A privileged container can't renounce more rights: the API server refuses the two together. The policy on privileges names it.
    { name: 'rising', expression: 'variables.containers.filter(c, c.?securityContext.?allowPrivilegeEscalation.orValue(true) != false && c.?securityContext.?privileged.orValue(false) != true)' },
  ],
  [
    { expression: 'variables.roots.size() == 0', message: 'Containers must set runAsNonRoot: true.', messageExpression: `'without runAsNonRoot: true: ' + ${names('roots')}` },
    { expression: 'variables.rising.size() == 0', message: 'Containers must set allowPrivilegeEscalation: false.', messageExpression: `'without allowPrivilegeEscalation: false: ' + ${names('rising')}` },
  ],
);
