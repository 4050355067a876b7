import type { KubeObject } from '../units/kube-object.ts';
import { sharedGateway } from '../units/wellknown.ts';

/** Route of the shared gateway that brings everything asked of `host` to a Service of its namespace. Every default is said, because Argo CD compares lists whole. Pure. */
export const sharedRoute = (name: string, namespace: string, host: string, service: string, port: number): KubeObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name, namespace },
  spec: {
    parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', ...sharedGateway }],
    hostnames: [host],
    rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ group: '', kind: 'Service', name: service, port, weight: 1 }] }],
  },
});
