/** Annotation by which the player of Cilium's agent says that pods on a node have a network; the node is NotReady without it. */
export const cniReadyAnnotation = 'argoeks.io/cni-ready';

interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** One kwok Stage (`kwok.x-k8s.io/v1alpha1`): which objects, and what becomes of them. */
export interface Stage {
  readonly name: string;
  readonly apiGroup: string;
  readonly kind: string;
  readonly when: readonly Requirement[];
  readonly delayMs?: number;
  readonly next: { readonly delete: true } | { readonly statusTemplate: string };
}

const readyStatus = '.status.conditions.[] | select( .type == "Ready" ) | .status';
const cniReady = `.metadata.annotations["${cniReadyAnnotation}"]`;

/** Node conditions as a kubelet reports them. */
function nodeStatus(ready: boolean): string {
  const [status, reason, message] = ready
    ? ['True', 'KubeletReady', 'kubelet is posting ready status']
    : ['False', 'KubeletNotReady', 'container runtime network not ready: cni plugin not initialized'];
  const pressure = (['MemoryPressure', 'DiskPressure', 'PIDPressure'] as const).map((type) => condition(type, 'False', `KubeletHas${type === 'PIDPressure' ? 'SufficientPID' : type === 'DiskPressure' ? 'NoDiskPressure' : 'SufficientMemory'}`, 'simulated'));
  return ['conditions:', ...pressure, condition('Ready', status, reason, message), 'phase: Running'].join('\n');
}

const condition = (type: string, status: string, reason: string, message: string): string => [
  `- type: ${type}`, `  status: "${status}"`, `  reason: ${reason}`, `  message: "${message}"`,
  '  lastHeartbeatTime: {{ Now | Quote }}', '  lastTransitionTime: {{ Now | Quote }}',
].join('\n');

/**
 * Pause between two signs of life of a node, well below the controller manager's grace period. They are status updates, not leases:
 * a restarted kwok has a new identity and would have to wait until the leases of the old one have run out.
 */
const heartbeatMs = 20_000;

/** A sign of life that changes nothing else: conditions are merged by type. */
const heartbeat = (ready: 'True' | 'False'): string =>
  ['conditions:', '- type: Ready', `  status: "${ready}"`, '  lastHeartbeatTime: {{ Now | Quote }}'].join('\n');

/** Containers that run, init containers that ran. */
const podRunning = `
{{ $now := Now }}
conditions:
{{ range $type := list "PodReadyToStartContainers" "Initialized" "Ready" "ContainersReady" }}
- lastTransitionTime: {{ $now | Quote }}
  status: "True"
  type: {{ $type }}
{{ end }}
{{ range .spec.readinessGates }}
- lastTransitionTime: {{ $now | Quote }}
  status: "True"
  type: {{ .conditionType | Quote }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- image: {{ .image | Quote }}
  name: {{ .name | Quote }}
  ready: true
  started: true
  restartCount: 0
  state:
    running:
      startedAt: {{ $now | Quote }}
{{ end }}
initContainerStatuses:
{{ range .spec.initContainers }}
- image: {{ .image | Quote }}
  name: {{ .name | Quote }}
  ready: true
  restartCount: 0
  {{ if eq .restartPolicy "Always" }}
  started: true
  state:
    running:
      startedAt: {{ $now | Quote }}
  {{ else }}
  state:
    terminated:
      exitCode: 0
      finishedAt: {{ $now | Quote }}
      reason: Completed
      startedAt: {{ $now | Quote }}
  {{ end }}
{{ end }}
{{ $hostIPs := NodeIPsWith .spec.nodeName }}
{{ with $hostIPs }}
hostIP: {{ index . 0 | Quote }}
hostIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
{{ $podIPs := PodIPsWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
{{ with $podIPs }}
podIP: {{ index . 0 | Quote }}
podIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
phase: Running
startTime: {{ $now | Quote }}`;

/** A kubelet's word that the pod is still ready. */
const podReady = ['conditions:', '- type: Ready', '  status: "True"', '  lastTransitionTime: {{ Now | Quote }}'].join('\n');

/** Containers that ended well, as a Job's do. */
const podSucceeded = `
{{ $now := Now }}
conditions:
- lastTransitionTime: {{ $now | Quote }}
  status: "False"
  reason: PodCompleted
  type: Ready
- lastTransitionTime: {{ $now | Quote }}
  status: "False"
  reason: PodCompleted
  type: ContainersReady
containerStatuses:
{{ range .spec.containers }}
- image: {{ .image | Quote }}
  name: {{ .name | Quote }}
  ready: false
  restartCount: 0
  started: false
  state:
    terminated:
      exitCode: 0
      finishedAt: {{ $now | Quote }}
      reason: Completed
      startedAt: {{ $now | Quote }}
{{ end }}
phase: Succeeded`;

const hostname = `
loadBalancer:
  ingress:
  - hostname: {{ printf "k8s-%s-%s.elb.local.invalid" .metadata.namespace .metadata.name | Quote }}`;

const notDeleted: Requirement = { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' };

/**
 * How nodes, pods and load balancers behave in the local platform. Written for kwok 0.8.0 (selectors are jq, `NotIn` also holds
 * for what is absent). A node turns Ready only once its Cilium agent runs, which kwok learns from an annotation.
 */
export const stages: readonly Stage[] = [
  { name: 'node-starts-without-network', apiGroup: 'v1', kind: 'Node', next: { statusTemplate: nodeStatus(false) },
    when: [{ key: readyStatus, operator: 'NotIn', values: ['False'] }, { key: cniReady, operator: 'NotIn', values: ['true'] }] },
  { name: 'node-gets-network', apiGroup: 'v1', kind: 'Node', next: { statusTemplate: nodeStatus(true) },
    when: [{ key: readyStatus, operator: 'NotIn', values: ['True'] }, { key: cniReady, operator: 'In', values: ['true'] }] },
  { name: 'node-heartbeat', apiGroup: 'v1', kind: 'Node', delayMs: heartbeatMs, next: { statusTemplate: heartbeat('True') },
    when: [{ key: readyStatus, operator: 'In', values: ['True'] }, { key: cniReady, operator: 'In', values: ['true'] }] },
  { name: 'node-heartbeat-without-network', apiGroup: 'v1', kind: 'Node', delayMs: heartbeatMs, next: { statusTemplate: heartbeat('False') },
    when: [{ key: readyStatus, operator: 'In', values: ['False'] }, { key: cniReady, operator: 'NotIn', values: ['true'] }] },
  { name: 'pod-runs', apiGroup: 'v1', kind: 'Pod', next: { statusTemplate: podRunning },
    when: [notDeleted, { key: '.status.phase', operator: 'In', values: ['Pending'] }] },
  // The controller manager marks the pods of a node that was away for a moment; a kubelet that lives takes that back, and so does this.
  { name: 'pod-is-ready-again', apiGroup: 'v1', kind: 'Pod', delayMs: 1_000, next: { statusTemplate: podReady },
    when: [notDeleted, { key: '.status.phase', operator: 'In', values: ['Running'] }, { key: readyStatus, operator: 'In', values: ['False'] }] },
  { name: 'job-pod-completes', apiGroup: 'v1', kind: 'Pod', delayMs: 500, next: { statusTemplate: podSucceeded },
    when: [notDeleted, { key: '.status.phase', operator: 'In', values: ['Running'] }, { key: '.metadata.ownerReferences.[].kind', operator: 'In', values: ['Job'] }] },
  { name: 'pod-is-gone', apiGroup: 'v1', kind: 'Pod', next: { delete: true },
    when: [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }, { key: '.metadata.finalizers.[]', operator: 'DoesNotExist' }] },
  { name: 'service-gets-load-balancer', apiGroup: 'v1', kind: 'Service', next: { statusTemplate: hostname },
    when: [notDeleted, { key: '.spec.type', operator: 'In', values: ['LoadBalancer'] }, { key: '.status.loadBalancer.ingress.[].hostname', operator: 'DoesNotExist' }] },
  { name: 'ingress-gets-load-balancer', apiGroup: 'networking.k8s.io/v1', kind: 'Ingress', next: { statusTemplate: hostname },
    when: [notDeleted, { key: '.status.loadBalancer.ingress.[].hostname', operator: 'DoesNotExist' }] },
];

/** kwok's configuration file: one JSON document per stage, which is YAML as well. Pure. */
export const kwokConfigText = (all: readonly Stage[] = stages): string => all.map((stage) => JSON.stringify({
  apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'Stage', metadata: { name: stage.name },
  spec: {
    resourceRef: { apiGroup: stage.apiGroup, kind: stage.kind },
    selector: { matchExpressions: stage.when },
    ...(stage.delayMs === undefined ? {} : { delay: { durationMilliseconds: stage.delayMs } }),
    next: stage.next,
  },
}, null, 2)).join('\n---\n');
