/** The day the facts of this file were read. */
export const catalogDate = '2026-11-24';

/** A version of Kubernetes on EKS. Dates are ISO and mean the day support ends. */
export interface EksVersion {
  readonly version: string;
  readonly released: string;
  /** After this day the control plane costs six times as much. */
  readonly standardSupportEnds: string;
  /** After this day EKS upgrades the cluster by itself. */
  readonly extendedSupportEnds: string;
}

/**
 * Versions that EKS offered when this was read, newest first. Source: endoflife-date/endoflife.date `products/amazon-eks.md`
 * commit a70eca337600e7d721dc48112c271f98661d208b of 2026-08-22 (generated from the EKS user guide's release calendar); 1.31 to 1.35 were
 * compared with a second copy of that calendar of 2026-04-24 and agree. Read on 2026-11-24.
 */
export const eksVersions = [
  { version: '1.36', released: '2026-06-02', standardSupportEnds: '2027-08-02', extendedSupportEnds: '2028-08-02' },
  { version: '1.35', released: '2026-01-28', standardSupportEnds: '2027-03-27', extendedSupportEnds: '2028-03-27' },
  { version: '1.34', released: '2025-10-06', standardSupportEnds: '2026-12-02', extendedSupportEnds: '2027-12-02' },
  { version: '1.33', released: '2025-05-28', standardSupportEnds: '2026-07-29', extendedSupportEnds: '2027-07-29' },
  { version: '1.32', released: '2025-01-25', standardSupportEnds: '2026-03-23', extendedSupportEnds: '2027-03-23' },
  { version: '1.31', released: '2024-09-26', standardSupportEnds: '2025-11-26', extendedSupportEnds: '2026-11-26' },
] as const satisfies readonly EksVersion[];

/** The version that charts, add-ons and schemas of this catalogue were chosen and checked for. */
export const targetKubernetes = '1.35';

/**
 * kubectl as the Kubernetes project publishes it: the program alone, without a shell, as entry point. Source: kubernetes/kubernetes v1.35.4
 * `build/server-image/kubectl/Dockerfile`, `build/common.sh`; read 2026-11-25.
 */
export const kubectlImage = 'registry.k8s.io/kubectl:v1.35.4';

/** Which Kubernetes versions the project of a pinned chart says it supports or tests. */
export interface Compatibility {
  /** Chart id of `catalog/charts.ts`. */
  readonly chart: string;
  /** Release line the statement is about. */
  readonly line: string;
  /** Minor versions, rising. `open` means that no upper end is stated. */
  readonly kubernetes: readonly string[];
  readonly open: boolean;
  readonly source: string;
}

/** What each pinned line's own documents say. Read on 2026-11-24. */
export const compatibility = [
  {
    chart: 'cilium',
    line: '1.19',
    kubernetes: ['1.32', '1.33', '1.34', '1.35'],
    open: false,
    source: 'cilium/cilium v1.19.6 Documentation/network/kubernetes/compatibility.rst; its EKS tests run on the same (.github/actions/eks/k8s-versions.yaml)',
  },
  {
    chart: 'argo-cd',
    line: '3.4',
    kubernetes: ['1.32', '1.33', '1.34', '1.35'],
    open: false,
    source: 'argoproj/argo-cd v3.4.7 docs/operator-manual/tested-kubernetes-versions.md',
  },
  {
    chart: 'karpenter',
    line: '1.14',
    kubernetes: ['1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36'],
    open: false,
    source: 'aws/karpenter-provider-aws v1.14.1 website/content/en/preview/upgrading/compatibility.md (1.35 needs at least 1.9)',
  },
  {
    chart: 'aws-load-balancer-controller',
    line: '3.4',
    kubernetes: ['1.22'],
    open: true,
    source: 'kubernetes-sigs/aws-load-balancer-controller v3.4.3 docs/deploy/installation.md (v2.5 and later: 1.22 and later; 1.35 is not named)',
  },
  {
    chart: 'external-secrets',
    line: '2.8',
    kubernetes: ['1.35', '1.36'],
    open: false,
    source: 'external-secrets/external-secrets helm-chart-2.9.0 docs/introduction/stability-support.md (2.9 names 1.36 only)',
  },
  {
    chart: 'external-dns',
    line: '0.21',
    kubernetes: [],
    open: true,
    source: 'kubernetes-sigs/external-dns external-dns-helm-chart-1.21.1: no upper version stated; only discovery.k8s.io and networking.k8s.io v1 are used',
  },
  {
    chart: 'cert-manager',
    line: '1.20',
    kubernetes: ['1.32', '1.33', '1.34', '1.35'],
    open: false,
    source: 'cert-manager/website 776e5dba content/docs/releases/README.md (2026-08-22)',
  },
  {
    chart: 'ingress-nginx',
    line: '1.15',
    kubernetes: ['1.31', '1.32', '1.33', '1.34', '1.35'],
    open: false,
    source: 'kubernetes/ingress-nginx helm-chart-4.15.1 README.md, supported versions table',
  },
  {
    chart: 'oauth2-proxy',
    line: '7.15',
    kubernetes: [],
    open: true,
    source: 'oauth2-proxy/manifests oauth2-proxy-10.7.0: no version stated; only networking.k8s.io/v1, policy/v1 and gateway.networking.k8s.io/v1 are used',
  },
  {
    chart: 'keda',
    line: '2.20',
    kubernetes: ['1.23'],
    open: true,
    source: 'kedacore/charts v2.20.2 keda/Chart.yaml kubeVersion (1.35 is not named; kedacore/keda v2.20.2 go.mod is built with the modules of 1.35)',
  },
  {
    chart: 'kube-prometheus-stack',
    line: '88',
    kubernetes: ['1.25'],
    open: true,
    source: 'prometheus-community/helm-charts kube-prometheus-stack-88.5.3 Chart.yaml kubeVersion (1.35 is not named)',
  },
  {
    chart: 'metrics-server',
    line: '0.8',
    kubernetes: ['1.31'],
    open: true,
    source: 'kubernetes-sigs/metrics-server v0.9.0 README.md, compatibility matrix (0.8.x: 1.31 and later)',
  },
  {
    chart: 'nvidia-device-plugin',
    line: '0.19',
    kubernetes: ['1.10'],
    open: true,
    source: 'NVIDIA/k8s-device-plugin v0.19.3 README.md (device plugin API v1beta1, 1.10 and later)',
  },
] as const satisfies readonly Compatibility[];

const minor = (version: string): number => Number(version.split('.')[1]);

/** Whether a chart's documents cover a Kubernetes version: `stated`, `not stated` (open range or silent) or `unsupported`. Pure. */
export const supports = (chart: string, version: string): 'stated' | 'not stated' | 'unsupported' => {
  const found: Compatibility | undefined = compatibility.find((one) => one.chart === chart);
  if (!found) return 'not stated';
  if (found.kubernetes.includes(version)) return 'stated';
  const lowest = found.kubernetes[0];
  return found.open && (lowest === undefined || minor(version) >= minor(lowest)) ? 'not stated' : 'unsupported';
};

/**
 * Amazon Linux 2023 images for EKS. Sources: awslabs/amazon-eks-ami main 81fec2e8 of 2026-07-23 (CHANGELOG.md: release v20260714 has 1.35.6,
 * kernel 6.12; nodeadm/cmd/nodeadm-internal/udev/systemd.go) and aws/karpenter-provider-aws v1.14.1 pkg/providers/amifamily/al2023.go.
 */
export const al2023 = {
  /** Values of a managed node group's `ami_type`. */
  amiTypes: ['AL2023_x86_64_STANDARD', 'AL2023_ARM_64_STANDARD', 'AL2023_x86_64_NVIDIA', 'AL2023_ARM_64_NVIDIA', 'AL2023_x86_64_NEURON'],
  /** Fill in version, `x86_64` or `arm64`, and `standard`, `nvidia` or `neuron`. */
  imageParameter: '/aws/service/eks/optimized-ami/<version>/amazon-linux-2023/<architecture>/<variant>/recommended/image_id',
  /** Karpenter's EC2NodeClass: `amiSelectorTerms: [{ alias: 'al2023@<release>' }]`; the release is a date as in v20260714. */
  karpenterAlias: 'al2023@v20260714',
  kernel: '6.12',
  /** Primary interface is ens5 on Nitro, never eth0; iptables names take a trailing `+` as wildcard. */
  interfaces: 'ens+',
  /** nodeadm makes systemd-networkd manage the primary interface only, so that a CNI may own the secondary ones. */
  secondaryInterfacesUnmanaged: true,
  rootDevice: '/dev/xvda',
  /** Node configuration is nodeadm's `node.eks.aws/v1alpha1` NodeConfig in MIME user data; bootstrap.sh does not exist. */
  nodeConfigApi: 'node.eks.aws/v1alpha1',
} as const;
