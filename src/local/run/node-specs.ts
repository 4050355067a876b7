import { createHash } from 'node:crypto';
import type { NodeSpec } from '../nodes.ts';

/** A managed node group as the simulated account has it: attributes of `aws_eks_node_group`. */
export interface NodeGroup {
  readonly cluster: string;
  readonly name: string;
  readonly region: string;
  readonly zones: readonly string[];
  readonly instanceTypes: readonly string[];
  readonly amiType: string;
  readonly desired: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
}

/** What an EC2 type offers. */
export interface InstanceFacts {
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly architecture: 'amd64' | 'arm64';
  /** Pods that fit with an address each. */
  readonly pods: number;
}

const effects: Readonly<Record<string, 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute'>> = { NO_SCHEDULE: 'NoSchedule', PREFER_NO_SCHEDULE: 'PreferNoSchedule', NO_EXECUTE: 'NoExecute' };

/**
 * Memory that EKS's AL2023 images keep for kubelet and system: 255 MiB + 11 MiB for each pod, and 100 MiB for eviction; CPU is left out,
 * it is less than a tenth of a core. Source: awslabs/amazon-eks-ami, nodeadm/internal/kubelet/config.go.
 */
const reservedMib = (pods: number): number => 255 + 11 * pods + 100;

/** Nodes of a group, spread over its zones, with names that stay the same when the group is created again. Pure. */
export const nodeSpecs = (group: NodeGroup, factsOf: (type: string) => InstanceFacts): readonly NodeSpec[] =>
  Array.from({ length: group.desired }, (_, i): NodeSpec => {
    const type = group.instanceTypes[0] ?? 'm5.large';
    const facts = factsOf(type);
    const zone = group.zones[i % Math.max(1, group.zones.length)] ?? `${group.region}a`;
    const hash = createHash('sha256').update(`${group.cluster}/${group.name}/${i}`).digest();
    const address = `10.${hash[0]}.${hash[1]}.${(hash[2] ?? 0) % 250 + 4}`;
    const id = `i-${hash.toString('hex').slice(0, 17)}`;
    const capacity = { cpu: String(facts.vcpu), memory: `${facts.memoryMib}Mi`, pods: String(facts.pods), 'ephemeral-storage': '100Gi' };
    return {
      name: `ip-${address.replaceAll('.', '-')}.${group.region === 'us-east-1' ? 'ec2.internal' : `${group.region}.compute.internal`}`,
      labels: {
        ...group.labels,
        'eks.amazonaws.com/nodegroup': group.name,
        'eks.amazonaws.com/capacityType': 'ON_DEMAND',
        'node.kubernetes.io/instance-type': type,
        'topology.kubernetes.io/region': group.region,
        'topology.kubernetes.io/zone': zone,
      },
      taints: group.taints.map(({ key, value, effect }) => ({ key, ...(value === '' ? {} : { value }), effect: effects[effect] ?? 'NoSchedule' })),
      capacity,
      allocatable: { ...capacity, memory: `${facts.memoryMib - reservedMib(facts.pods)}Mi` },
      providerId: `aws:///${zone}/${id}`,
      internalIp: address,
      architecture: facts.architecture,
    };
  });
