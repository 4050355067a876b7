import { describe, expect, it } from 'vitest';
import { podSecurityIssues } from './pod-security.ts';

const safe = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const daemonSet = (container: Record<string, unknown>, pod: Record<string, unknown> = {}): unknown => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'a' },
  spec: { template: { spec: { ...pod, containers: [{ name: 'main', ...container }] } } },
});
const messages = (object: unknown, level: 'baseline' | 'restricted'): readonly string[] => podSecurityIssues(object, level).map((issue) => issue.message.replace(`${level} pod security: `, ''));

describe('podSecurityIssues', () => {
  it('lets a careful pod into a restricted namespace, with settings on the pod or on the container', () => {
    expect(messages(daemonSet({ securityContext: safe }), 'restricted')).toEqual([]);
    const { runAsNonRoot, seccompProfile, ...rest } = safe;
    expect(messages(daemonSet({ securityContext: rest }, { securityContext: { runAsNonRoot, seccompProfile } }), 'restricted')).toEqual([]);
  });
  it('names all that a bare pod lacks', () => {
    expect(messages(daemonSet({}), 'restricted')).toEqual([
      'main must set allowPrivilegeEscalation: false',
      'main must drop ALL capabilities',
      'main must set seccompProfile RuntimeDefault or Localhost',
      'main must set runAsNonRoot: true',
    ]);
    expect(messages(daemonSet({}), 'baseline')).toEqual([]);
  });
  it.each([
    [{ securityContext: { privileged: true } }, {}, 'main is privileged'],
    [{ securityContext: { capabilities: { add: ['NET_ADMIN', 'CHOWN'] } } }, {}, 'main adds the capabilities NET_ADMIN'],
    [{ ports: [{ containerPort: 1, hostPort: 9100 }] }, {}, 'main takes a port of the node'],
    [{ livenessProbe: { httpGet: { host: '127.0.0.1', port: 1 } } }, {}, 'main names a host in its livenessProbe'],
    [{}, { hostNetwork: true }, 'uses hostNetwork'],
    [{}, { volumes: [{ name: 'v', hostPath: { path: '/proc' } }] }, "mounts the node's /proc"],
    [{}, { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }, 'sets the sysctl kernel.msgmax'],
  ])('baseline refuses %o %o', (container, pod, message) => {
    expect(messages(daemonSet(container, pod), 'baseline')).toEqual([message]);
  });
  it('looks into CronJobs and init containers', () => {
    const job = { kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: { initContainers: [{ name: 'i', securityContext: { privileged: true } }] } } } } } };
    expect(podSecurityIssues(job, 'baseline')).toEqual([{ path: 'spec.jobTemplate.spec.template.spec.initContainers[0]', message: 'baseline pod security: i is privileged' }]);
  });
  it('has nothing to say of other kinds, and of privileged namespaces', () => {
    expect(messages({ kind: 'ConfigMap' }, 'restricted')).toEqual([]);
    expect(podSecurityIssues(daemonSet({}, { hostNetwork: true }), 'privileged')).toEqual([]);
  });
});
