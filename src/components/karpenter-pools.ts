import type { Cluster } from '../config/platform.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { ciliumTaintKey, karpenterDiscoveryTag } from '../units/wellknown.ts';
import { poolsOf, type Pool } from './karpenter-pool.ts';
import type { PoolSettings } from './karpenter-pool-settings.ts';

type Settings = Parameters<typeof poolsOf>[0];

/** Whether any pool may launch Spot instances. Pure. */
export const buysSpot = (settings: Settings): boolean => poolsOf(settings).some(({ settings: { capacity_types } }) => capacity_types.includes('spot'));

/** Name of a pool's EC2NodeClass. */
const classOf = ({ name }: Pool): string => (name === 'general' ? 'default' : name);

/** Bottlerocket keeps the system on a volume of its own, and images and containers on a second. Source: karpenter-provider-aws v1.14.1 `pkg/providers/amifamily/bottlerocket.go`. */
const dataDevice = (ami: string): string => (ami.startsWith('bottlerocket@') ? '/dev/xvdb' : '/dev/xvda');

const volume = ({ nvidia, settings: { volume: { size_gib, iops, throughput } } }: Pool) => {
  const own = { iops: iops ?? (nvidia ? 10000 : undefined), throughput: throughput ?? (nvidia ? 500 : undefined) };
  return { volumeSize: `${size_gib ?? (nvidia ? 500 : 100)}Gi`, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) };
};

const nodeClass = (cluster: Cluster, role: string, pool: Pool): KubeObject => ({
  apiVersion: 'karpenter.k8s.aws/v1',
  kind: 'EC2NodeClass',
  metadata: { name: classOf(pool) },
  spec: {
    role,
    // Karpenter takes the NVIDIA image of the release for GPU types by itself; its driver needs no container.
    amiSelectorTerms: [{ alias: pool.settings.ami }],
    subnetSelectorTerms: [{ tags: { [karpenterDiscoveryTag]: cluster.name } }],
    securityGroupSelectorTerms: [{ tags: { [karpenterDiscoveryTag]: cluster.name } }],
    // Pods must not reach the node's credentials: one hop ends at the node.
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [{ deviceName: dataDevice(pool.settings.ami), ebs: { volumeType: 'gp3', encrypted: true, deleteOnTermination: true, ...volume(pool) } }],
    tags: { ...cluster.tags, 'argoeks-cluster': cluster.name },
  },
});

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}
const some = (key: string, operator: string, values: readonly string[] | undefined): readonly Requirement[] => (values === undefined || values.length === 0 ? [] : [{ key, operator, values }]);
const number = (key: string, operator: string, value: number | undefined): readonly Requirement[] => some(key, operator, value === undefined ? undefined : [String(value)]);

const requirements = ({ nvidia, settings, architectures, categories, families, newerThanGeneration }: Pool): readonly Requirement[] => [
  ...some('karpenter.sh/capacity-type', 'In', settings.capacity_types),
  ...some('kubernetes.io/arch', 'In', architectures),
  ...some('karpenter.k8s.aws/instance-category', 'In', categories),
  ...some('karpenter.k8s.aws/instance-family', 'In', families),
  ...some('karpenter.k8s.aws/instance-family', 'NotIn', settings.exclude_families),
  ...some('karpenter.k8s.aws/instance-size', 'In', settings.sizes),
  ...number('karpenter.k8s.aws/instance-generation', 'Gt', newerThanGeneration),
  ...number('karpenter.k8s.aws/instance-cpu', 'Gte', settings.cpus.min),
  ...number('karpenter.k8s.aws/instance-cpu', 'Lte', settings.cpus.max),
  ...some('topology.kubernetes.io/zone', 'In', settings.zones),
  // Without it a pool of one's own could put any pod onto a GPU.
  ...(nvidia ? some('karpenter.k8s.aws/instance-gpu-manufacturer', 'In', ['nvidia']) : [{ key: 'karpenter.k8s.aws/instance-gpu-count', operator: 'DoesNotExist' }]),
];

const budgetsOf = ({ nvidia, settings: { budgets } }: Pool): readonly Readonly<Record<string, unknown>>[] =>
  // A GPU node with work on it is left alone; an empty one goes.
  budgets?.map(({ nodes, reasons, schedule, hours }) => ({ nodes, ...(reasons ? { reasons } : {}), ...(schedule === undefined ? {} : { schedule, duration: `${hours ?? 1}h` }) })) ??
  (nvidia ? [{ nodes: '100%', reasons: ['Empty'] }, { nodes: '10%', reasons: ['Drifted', 'Underutilized'] }] : [{ nodes: '10%' }]);

const gpuLabels = { 'workload-type': 'gpu', 'nvidia.com/gpu.present': 'true' };
const gpuTaints: PoolSettings['taints'] = [
  { key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' },
  { key: 'workload-type', value: 'gpu', effect: 'NoSchedule' },
];

/** Nodes are NotReady for other pods until Cilium's agent has lifted this taint. */
const startupTaints = [{ key: ciliumTaintKey, value: 'true', effect: 'NoExecute' }];

const nodePool = (pool: Pool): KubeObject => {
  const { name, nvidia, settings, limits } = pool;
  const labels = { ...(nvidia ? gpuLabels : {}), ...settings.labels };
  const taints = [...(nvidia ? gpuTaints : []), ...settings.taints.map(({ key, value, effect }) => ({ key, ...(value === undefined ? {} : { value }), effect }))];
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name },
    spec: {
      template: {
        ...(Object.keys(labels).length > 0 ? { metadata: { labels } } : {}),
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: classOf(pool) },
          startupTaints,
          ...(taints.length > 0 ? { taints } : {}),
          expireAfter: settings.expire_after_hours === 'never' ? 'Never' : `${settings.expire_after_hours}h`,
          requirements: requirements(pool),
        },
      },
      limits: {
        ...(limits.cpu === undefined ? {} : { cpu: String(limits.cpu) }),
        ...(limits.memoryGib === undefined ? {} : { memory: `${limits.memoryGib}Gi` }),
        ...(limits.gpus === undefined ? {} : { 'nvidia.com/gpu': String(limits.gpus) }),
      },
      ...(settings.weight === undefined ? {} : { weight: settings.weight }),
      disruption: { consolidationPolicy: settings.consolidation ?? (nvidia ? 'WhenEmpty' : 'WhenEmptyOrUnderutilized'), consolidateAfter: `${settings.consolidate_after_minutes}m`, budgets: budgetsOf(pool) },
    },
  };
};

/** The NodePools of a cluster with their EC2NodeClasses. `nodeRole` is the name of the nodes' IAM role. Pure. */
export const karpenterPools = (cluster: Cluster, settings: Settings, nodeRole: string): readonly KubeObject[] => {
  const all = poolsOf(settings);
  return [...all.map((pool) => nodeClass(cluster, nodeRole, pool)), ...all.map(nodePool)];
};
