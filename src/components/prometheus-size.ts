import { z } from 'zod';
import type { Cluster } from '../config/platform.ts';
import { parseQuantity } from '../units/quantity.ts';

/** What one replica asks of its node, where somebody knows better than the estimate. */
export const prometheusSettings = z.strictObject({
  cpu: z.string().refine((text) => parseQuantity(text) !== undefined, { error: 'is not a quantity such as "500m" or "2"' }).optional().meta({ description: 'CPU that each replica asks for; from the size of the node group when absent.' }),
  memory_gib: z.number().min(0.5).optional().meta({ description: 'Memory that each replica asks for; from the size of the node group when absent. Above twice as much it is killed.', unit: 'GiB' }),
}).prefault({}).meta({ description: 'What Prometheus may use.' });

/** An estimate: kubelet, containers, node exporter and state metrics of a node with thirty pods are some 5,000 series of about 8 KiB. Nodes of Karpenter are not known beforehand. */
const perNode = { milliCpu: 10, mebibytes: 48 } as const;

/** Requests and limit of one replica, from the most nodes of the managed group. Only memory is limited: who is short of CPU is late, who takes all memory takes the node along. Pure. */
export const prometheusResources = ({ nodes: { max } }: Pick<Cluster, 'nodes'>, { cpu, memory_gib }: z.output<typeof prometheusSettings>) => {
  const mebibytes = memory_gib === undefined ? Math.ceil((880 + perNode.mebibytes * max) / 128) * 128 : Math.round(memory_gib * 1024);
  const milliCpu = Math.ceil((220 + perNode.milliCpu * max) / 50) * 50;
  return { requests: { cpu: cpu ?? `${milliCpu}m`, memory: `${mebibytes}Mi` }, limits: { memory: `${2 * mebibytes}Mi` } };
};
