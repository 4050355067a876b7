import { z } from 'zod';
import { al2023 } from '../../catalog/kubernetes.ts';
import type { Cluster } from '../config/platform.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { ciliumTaintKey, karpenterDiscoveryTag } from '../units/wellknown.ts';

const families = (list: readonly string[]) => z.array(z.string().regex(/^[a-z]+[a-z0-9-]*$/)).min(1).default([...list]);

/** Settings of the node pools; part of Karpenter's. */
export const poolSettings = z.strictObject({
  categories: families(['c', 'm', 'r']).meta({ description: 'Instance categories of the general pool.' }),
  architectures: z.array(z.enum(['amd64', 'arm64'])).min(1).default(['amd64', 'arm64']).meta({ description: 'Processor architectures of the general pool.' }),
  capacity_types: z.array(z.enum(['spot', 'on-demand'])).min(1).default(['spot', 'on-demand']).meta({ description: 'How nodes are bought; spot is tried first where both stand.' }),
  cpu_limit: z.int().positive().default(2000).meta({ description: 'Most CPU the general pool may have.', unit: 'cores' }),
  memory_limit_gib: z.int().positive().default(4000).meta({ description: 'Most memory the general pool may have.', unit: 'GiB' }),
  consolidate_after_minutes: z.int().min(0).default(5).meta({ description: 'Quiet time before a node is consolidated.', unit: 'min' }),
  disruption_budget: z.string().regex(/^([1-9]\d*|[1-9]\d?%|100%)$/, { error: 'is not a number of nodes or a share above zero, such as "10%"' }).default('10%').meta({ description: 'How many nodes of a pool may be removed at once by choice; never none, or idle nodes would stay for ever.' }),
  ami: z.string().regex(/^al2023@(latest|v\d{8})$/, { error: 'is not a release of Amazon Linux 2023 such as "al2023@v20260714"' }).default(al2023.karpenterAlias).meta({ description: 'Image release of the nodes. "al2023@latest" replaces nodes whenever AWS publishes one.' }),
  gpu: z.boolean().default(true).meta({ description: 'Makes a pool of NVIDIA GPU nodes; it costs nothing until a pod asks for a GPU.' }),
  gpu_families: families(['g5', 'g6', 'g6e', 'p4d', 'p5']).meta({ description: 'Instance families of the GPU pool.' }),
  gpu_limit: z.int().positive().default(100).meta({ description: 'Most GPUs the pool may have.', unit: 'GPUs' }),
});

/** Whether any pool may launch Spot instances. Pure. */
export const buysSpot = ({ capacity_types }: z.infer<typeof poolSettings>): boolean => capacity_types.includes('spot');

const nodeClass = (cluster: Cluster, name: string, role: string, ami: string, disk: Readonly<Record<string, unknown>>): KubeObject => ({
  apiVersion: 'karpenter.k8s.aws/v1',
  kind: 'EC2NodeClass',
  metadata: { name },
  spec: {
    role,
    // Karpenter takes the NVIDIA image of the release for GPU types by itself; its driver needs no container.
    amiSelectorTerms: [{ alias: ami }],
    subnetSelectorTerms: [{ tags: { [karpenterDiscoveryTag]: cluster.name } }],
    securityGroupSelectorTerms: [{ tags: { [karpenterDiscoveryTag]: cluster.name } }],
    // Pods must not reach the node's credentials: one hop ends at the node.
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { volumeType: 'gp3', encrypted: true, deleteOnTermination: true, ...disk } }],
    tags: { ...cluster.tags, 'argoeks-cluster': cluster.name },
  },
});

const requirement = (key: string, operator: string, values: readonly string[]) => ({ key, operator, values });

/** Nodes are NotReady for other pods until Cilium's agent has lifted this taint. */
const startupTaints = [{ key: ciliumTaintKey, value: 'true', effect: 'NoExecute' }];

/** NodePools `general` and `gpu` with their EC2NodeClasses. `nodeRole` is the name of the nodes' IAM role. Pure. */
export const karpenterPools = (cluster: Cluster, settings: z.infer<typeof poolSettings>, nodeRole: string): readonly KubeObject[] => {
  const budget = settings.disruption_budget;
  const consolidateAfter = `${settings.consolidate_after_minutes}m`;
  const general: KubeObject = {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: 'general' },
    spec: {
      template: {
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
          startupTaints,
          expireAfter: '720h',
          requirements: [
            requirement('karpenter.sh/capacity-type', 'In', settings.capacity_types),
            requirement('kubernetes.io/arch', 'In', settings.architectures),
            requirement('karpenter.k8s.aws/instance-category', 'In', settings.categories),
            requirement('karpenter.k8s.aws/instance-generation', 'Gt', ['5']),
          ],
        },
      },
      limits: { cpu: String(settings.cpu_limit), memory: `${settings.memory_limit_gib}Gi` },
      disruption: { consolidationPolicy: 'WhenEmptyOrUnderutilized', consolidateAfter, budgets: [{ nodes: budget }] },
    },
  };
  const gpu: KubeObject = {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: 'gpu' },
    spec: {
      template: {
        metadata: { labels: { 'workload-type': 'gpu', 'nvidia.com/gpu.present': 'true' } },
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'gpu' },
          startupTaints,
          taints: [
            { key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' },
            { key: 'workload-type', value: 'gpu', effect: 'NoSchedule' },
          ],
          expireAfter: '720h',
          requirements: [
            requirement('karpenter.sh/capacity-type', 'In', settings.capacity_types),
            requirement('kubernetes.io/arch', 'In', ['amd64']),
            requirement('karpenter.k8s.aws/instance-family', 'In', settings.gpu_families),
          ],
        },
      },
      limits: { 'nvidia.com/gpu': String(settings.gpu_limit) },
      // A GPU node with work on it is left alone; an empty one goes.
      disruption: { consolidationPolicy: 'WhenEmpty', consolidateAfter, budgets: [{ nodes: '100%', reasons: ['Empty'] }, { nodes: budget, reasons: ['Drifted', 'Underutilized'] }] },
    },
  };
  const classes = [nodeClass(cluster, 'default', nodeRole, settings.ami, { volumeSize: '100Gi' })];
  return settings.gpu ? [...classes, nodeClass(cluster, 'gpu', nodeRole, settings.ami, { volumeSize: '500Gi', iops: 10000, throughput: 500 }), general, gpu] : [...classes, general];
};
