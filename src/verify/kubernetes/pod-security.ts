import type { SchemaIssue } from './validate-value.ts';

type Json = Readonly<Record<string, unknown>>;
/** A level of the Pod Security Standards. */
export type PodSecurity = 'privileged' | 'baseline' | 'restricted';

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const record = (value: unknown): Json => (isRecord(value) ? value : {});
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);

// Lists of k8s.io/pod-security-admission v0.35.4 policy/.
const defaultCapabilities = new Set(['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT']);
const restrictedVolumes = new Set(['configMap', 'downwardAPI', 'emptyDir', 'projected', 'secret', 'csi', 'persistentVolumeClaim', 'ephemeral', 'image']);
const safeSysctls = new Set([
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem',
]);
const selinuxTypes = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

/** Where a kind keeps its pods' spec; undefined for kinds without pods. */
export const podSpecOf = (object: Json): { readonly spec: Json; readonly path: string } | undefined => {
  const spec = record(object['spec']);
  if (object['kind'] === 'Pod') return { spec, path: 'spec' };
  if (object['kind'] === 'CronJob') return { spec: record(record(record(record(spec['jobTemplate'])['spec'])['template'])['spec']), path: 'spec.jobTemplate.spec.template.spec' };
  const template = record(spec['template']);
  return ['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet', 'Job'].includes(String(object['kind'])) ? { spec: record(template['spec']), path: 'spec.template.spec' } : undefined;
};

const containerBaseline = (container: Json): readonly string[] => {
  const security = record(container['securityContext']);
  const wrong: string[] = [];
  if (security['privileged'] === true) wrong.push('is privileged');
  const added = texts(record(security['capabilities'])['add']).filter((name) => !defaultCapabilities.has(name));
  if (added.length > 0) wrong.push(`adds the capabilities ${added.join(', ')}`);
  if (list(container['ports']).some((port) => typeof port['hostPort'] === 'number' && port['hostPort'] !== 0)) wrong.push('takes a port of the node');
  if (record(security['seccompProfile'])['type'] === 'Unconfined') wrong.push('runs without seccomp');
  if (record(security['appArmorProfile'])['type'] === 'Unconfined') wrong.push('runs without AppArmor');
  if (!['', 'Default'].includes(text(security['procMount']))) wrong.push('unmasks /proc');
  const selinux = record(security['seLinuxOptions']);
  if (!selinuxTypes.has(text(selinux['type'])) || selinux['user'] || selinux['role']) wrong.push('changes its SELinux label');
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = record(container[name]);
    if (record(probe['httpGet'])['host'] || record(probe['tcpSocket'])['host']) wrong.push(`names a host in its ${name}`);
  }
  return wrong;
};

const containerRestricted = (container: Json, pod: Json): readonly string[] => {
  const security = record(container['securityContext']);
  const shared = record(pod['securityContext']);
  const capabilities = record(security['capabilities']);
  const wrong: string[] = [];
  if (security['allowPrivilegeEscalation'] !== false) wrong.push('must set allowPrivilegeEscalation: false');
  if (!texts(capabilities['drop']).includes('ALL')) wrong.push('must drop ALL capabilities');
  const added = texts(capabilities['add']).filter((name) => name !== 'NET_BIND_SERVICE');
  if (added.length > 0) wrong.push(`adds the capabilities ${added.join(', ')}`);
  const seccomp = record(security['seccompProfile'])['type'] ?? record(shared['seccompProfile'])['type'];
  if (seccomp !== 'RuntimeDefault' && seccomp !== 'Localhost') wrong.push('must set seccompProfile RuntimeDefault or Localhost');
  if (pod['hostUsers'] !== false) {
    if ((security['runAsNonRoot'] ?? shared['runAsNonRoot']) !== true) wrong.push('must set runAsNonRoot: true');
    if ((security['runAsUser'] ?? shared['runAsUser']) === 0) wrong.push('runs as user 0');
  }
  return wrong;
};

const podFaults = (spec: Json, level: PodSecurity): readonly string[] => {
  const wrong: string[] = [];
  const shared = record(spec['securityContext']);
  for (const name of ['hostNetwork', 'hostPID', 'hostIPC']) if (spec[name] === true) wrong.push(`uses ${name}`);
  if (record(shared['seccompProfile'])['type'] === 'Unconfined') wrong.push('runs without seccomp');
  for (const { name } of list(shared['sysctls'])) if (!safeSysctls.has(String(name))) wrong.push(`sets the sysctl ${String(name)}`);
  for (const volume of list(spec['volumes'])) {
    const kinds = Object.keys(volume).filter((key) => key !== 'name');
    if (kinds.includes('hostPath')) wrong.push(`mounts the node's ${String(record(volume['hostPath'])['path'])}`);
    else if (level === 'restricted') for (const kind of kinds) if (!restrictedVolumes.has(kind)) wrong.push(`has a volume of kind ${kind}`);
  }
  return wrong;
};

/**
 * Why Pod Security admission would refuse the pods of an object in a namespace of a level; empty for kinds without pods and for `privileged`.
 * Rules of Kubernetes 1.35, Linux pods. Pure.
 */
export const podSecurityIssues = (object: unknown, level: PodSecurity): readonly SchemaIssue[] => {
  const pod = isRecord(object) ? podSpecOf(object) : undefined;
  if (!pod || level === 'privileged') return [];
  const issues: SchemaIssue[] = podFaults(pod.spec, level).map((message) => ({ path: pod.path, message: `${level} pod security: ${message}` }));
  for (const kind of ['initContainers', 'containers', 'ephemeralContainers']) {
    list(pod.spec[kind]).forEach((container, i) => {
      const wrong = level === 'restricted' ? [...containerBaseline(container), ...containerRestricted(container, pod.spec)] : containerBaseline(container);
      for (const message of new Set(wrong)) issues.push({ path: `${pod.path}.${kind}[${i}]`, message: `${level} pod security: ${String(container['name'])} ${message}` });
    });
  }
  return issues;
};
