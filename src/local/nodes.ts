import { z } from 'zod';
import type { KubeObject } from '../units/kube-object.ts';
import type { KubeItem } from './kube-rest.ts';

/** A node as a node group brings it. */
export const NodeSpec = z.object({
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  taints: z.array(z.object({ key: z.string(), value: z.string().optional(), effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']) })),
  /** Kubernetes quantities by resource name, for example `{ cpu: '4', memory: '16Gi', pods: '110' }`. */
  capacity: z.record(z.string(), z.string()),
  /** Capacity when absent. */
  allocatable: z.record(z.string(), z.string()).optional(),
  /** `aws:///<zone>/<instance id>`. */
  providerId: z.string().optional(),
  internalIp: z.string().optional(),
  architecture: z.enum(['amd64', 'arm64']).optional(),
});
export type NodeSpec = z.infer<typeof NodeSpec>;

/** The Node object a kubelet would register; kwok plays the kubelet. Pure. */
export function nodeObject(spec: NodeSpec, kubeletVersion: string): KubeObject {
  const architecture = spec.architecture ?? 'amd64';
  return {
    apiVersion: 'v1', kind: 'Node',
    metadata: {
      name: spec.name,
      labels: {
        'kubernetes.io/hostname': spec.name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': architecture, ...spec.labels,
      },
      annotations: { 'kwok.x-k8s.io/node': 'fake', 'argoeks.io/simulated': 'true' },
    },
    spec: { taints: spec.taints, ...(spec.providerId === undefined ? {} : { providerID: spec.providerId }) },
    status: {
      capacity: spec.capacity, allocatable: spec.allocatable ?? spec.capacity,
      addresses: [
        ...(spec.internalIp === undefined ? [] : [{ type: 'InternalIP', address: spec.internalIp }]),
        { type: 'Hostname', address: spec.name },
      ],
      nodeInfo: {
        architecture, operatingSystem: 'linux', kubeletVersion, kubeProxyVersion: '', kernelVersion: 'simulated', osImage: 'simulated',
        containerRuntimeVersion: 'simulated://0', machineID: '', systemUUID: '', bootID: '',
      },
    },
  };
}

const Conditions = z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })) });

/** Status of one condition of an object, or undefined. Pure. */
export const conditionStatus = (item: KubeItem, type: string): string | undefined =>
  Conditions.safeParse(item.status).data?.conditions.find((c) => c.type === type)?.status;

/** Whether a Node is Ready. Pure. */
export const isReady = (node: KubeItem): boolean => conditionStatus(node, 'Ready') === 'True';
