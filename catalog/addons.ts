import { optionalAddons } from './optional-addons.ts';

/** What EKS accepts for a managed add-on. */
export interface AddonPin {
  readonly name: string;
  /** Version for the target Kubernetes version; absent where none was found in public: EKS then takes its default. */
  readonly version?: string;
  /** Kubernetes minor versions it is offered for, as far as AWS states them. */
  readonly kubernetes?: { readonly from: string; readonly to?: string };
  readonly versionPattern: RegExp;
  /** Namespace and service account of the part that calls AWS, if any. */
  readonly serviceAccount?: { readonly namespace: string; readonly name: string };
  /** Top-level keys of `configuration_values`; the schema refuses others when `closed`. */
  readonly configurationKeys: readonly string[];
  readonly closed: boolean;
  readonly source: string;
  readonly traps: readonly string[];
}

/**
 * EKS managed add-ons of the platform. Read on 2026-11-24. The exact builds on offer change by region and week:
 * `aws eks describe-addon-versions --kubernetes-version 1.35 --addon-name <name>` is the last word before an apply.
 */
export const addons = {
  coredns: {
    name: 'coredns',
    version: 'v1.13.2-eksbuild.4',
    versionPattern: /^v\d+\.\d+\.\d+-eksbuild\.\d+$/,
    configurationKeys: [
      'affinity',
      'autoScaling',
      'computeType',
      'corefile',
      'nodeSelector',
      'podAnnotations',
      'podDisruptionBudget',
      'podLabels',
      'replicaCount',
      'resources',
      'tolerations',
      'topologySpreadConstraints',
    ],
    closed: true,
    source:
      'Configuration schema of v1.11.1-eksbuild.8 as printed by describe-addon-configuration in public documentation of terraform-aws-eks; autoScaling since v1.11.1-eksbuild.9 (awsdocs/amazon-eks-user-guide issue 772); build for 1.35 from wandb/terraform-aws-wandb pull 380 (2026-05)',
    traps: [
      'tolerations replaces the defaults (CriticalAddonsOnly, node-role.kubernetes.io/control-plane NoSchedule): repeat them.',
      'resources.limits and resources.requests hold cpu and memory as strings and nothing else.',
      'autoScaling { enabled, minReplicas, maxReplicas } and replicaCount exclude one another.',
      'podDisruptionBudget { enabled, maxUnavailable } is on by default; two replicas need two schedulable nodes.',
      'The add-on is DEGRADED until a node is Ready: create it after the node group, or apply times out after 20 minutes.',
    ],
  },
  'aws-ebs-csi-driver': {
    name: 'aws-ebs-csi-driver',
    version: 'v1.59.0-eksbuild.1',
    versionPattern: /^v\d+\.\d+\.\d+-eksbuild\.\d+$/,
    serviceAccount: { namespace: 'kube-system', name: 'ebs-csi-controller-sa' },
    configurationKeys: ['controller', 'node', 'sidecars', 'defaultStorageClass', 'nodeAllocatableUpdatePeriodSeconds', 'additionalDaemonSets', 'storageClasses', 'volumeSnapshotClasses'],
    closed: true,
    source:
      'kubernetes-sigs/aws-ebs-csi-driver v1.59.0 docs/install.md, docs/faq.md, charts/aws-ebs-csi-driver/values.yaml (the add-on takes a subset of the chart); controller.replicaCount and defaultStorageClass.enabled (default false) seen in the schema of v1.63.1-eksbuild.1; build for 1.35 from wandb/terraform-aws-wandb pull 380 (2026-05)',
    traps: [
      'tolerations are controller.tolerations and node.tolerations; a top-level tolerations key is refused.',
      'controller.tolerations replaces the defaults (CriticalAddonsOnly; NoExecute for 300 s); node.tolerateAllTaints is already true.',
      'defaultStorageClass.enabled makes a gp3 class named ebs-csi-default-sc without encryption: leave it off and own the StorageClass.',
      'A customer KMS key needs kms:Decrypt, kms:GenerateDataKeyWithoutPlaintext and kms:CreateGrant for the controller\'s role.',
      'Pods reach IMDSv2 only with a hop limit of 2; otherwise the driver falls back to node labels, which EKS sets.',
      'volumeSnapshotClasses need the external-snapshotter CRDs (add-on snapshot-controller) first.',
    ],
  },
  ...optionalAddons,
} as const satisfies Readonly<Record<string, AddonPin>>;

/** Names of the managed add-ons. */
export type AddonId = keyof typeof addons;

/**
 * Further names EKS knows: its own add-ons, and those of the community that it builds. Names of vendors hold an underscore. Source: EKS user guide,
 * "AWS add-ons" (awsdocs/amazon-eks-user-guide workloads-add-ons-available-eks.adoc) and "Community add-ons". Read on 2026-11-25.
 */
export const furtherAddonNames: readonly string[] = [
  'adot', 'aws-efs-csi-driver', 'aws-fsx-csi-driver', 'aws-mountpoint-s3-csi-driver', 'aws-privateca-connector-for-kubernetes', 'cert-manager', 'external-dns', 'fluent-bit', 'kube-proxy', 'kube-state-metrics',
  'metrics-server', 'prometheus-node-exporter', 'snapshot-controller', 'sriov-network-metrics-exporter', 'vpc-cni',
];

/** True where EKS offers an add-on of this name, as far as is known. Pure. */
export const isAddonName = (name: string): boolean => Object.hasOwn(addons, name) || furtherAddonNames.includes(name) || name.includes('_');
