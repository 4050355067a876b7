import type { KubeObject } from '../units/kube-object.ts';

/** Helm values: plain JSON. */
export type Values = Readonly<Record<string, unknown>>;

/** Everything a component puts into a cluster, as releases that are brought up one after the other. */
export interface Workload {
  /** Namespaces the component needs, with their Pod Security level; `kube-system` is never listed. */
  readonly namespaces: readonly NamespaceNeed[];
  /** In order: each must be healthy before the next one's objects are created. */
  readonly releases: readonly Release[];
}

export interface NamespaceNeed {
  readonly name: string;
  readonly podSecurity: 'privileged' | 'baseline' | 'restricted';
  /** Whose workloads run there, where it is not the platform's own: such a namespace is held to every admission policy. */
  readonly team?: string;
}

/** One Argo CD Application (or EKS add-on). Its name is unique in the platform. */
export type Release = ChartRelease | ManifestRelease | AddonRelease;

interface ReleaseBase {
  readonly name: string;
  readonly namespace: string;
  /** Fields that controllers write, so that Argo CD does not fight them. */
  readonly ignoreDifferences?: readonly IgnoreDifference[];
}

/** A chart that a component pins itself, for add-ons that are not in the catalogue. */
export interface OwnChart {
  readonly name: string;
  /** Chart repository as the project publishes it; `oci://` for an OCI registry. */
  readonly repository: string;
  readonly version: string;
  /** Images it runs, so that the build can prove that the policies of the cluster let them in. */
  readonly images?: readonly string[];
}

/** A chart with values. `values` is the same for every cluster; `clusterValues` is laid over it. */
export interface ChartRelease extends ReleaseBase {
  readonly kind: 'chart';
  /** Id in `catalog/charts.ts`, or a pin of the component's own. */
  readonly chart: string | OwnChart;
  /** Leaves the CRDs of the chart's `crds` folder out, because a release before this one owns them. */
  readonly skipCrds?: boolean;
  /** Further namespaces in which the chart makes objects; absent when there are none. Argo CD refuses the whole release where its project doesn't name one. */
  readonly alsoIn?: readonly string[];
  readonly values: Values;
  readonly clusterValues: Values;
  /** Who makes the first installation. Terraform's are adopted by Argo CD with the very same values. */
  readonly installedBy: 'gitops' | 'terraform';
  /** Some of its workloads wait for what only comes after this release, so nobody waits for them; its values tell Argo CD the same. */
  readonly readyLater?: true;
  /** What the local platform's stand-in chart creates where the real chart is not cached. */
  readonly standIn: StandIn;
}

/** Plain objects: `manifests` shared by all clusters, `clusterManifests` this cluster's own. */
export interface ManifestRelease extends ReleaseBase {
  readonly kind: 'manifests';
  readonly manifests: readonly KubeObject[];
  readonly clusterManifests: readonly KubeObject[];
  /** For definitions that the CNI looks for once, when it starts: Terraform installs `manifests` before it, and Argo CD adopts them. */
  readonly beforeNetwork?: true;
}

/** An EKS managed add-on, created by Terraform in the bootstrap root and owned by AWS from then on. */
export interface AddonRelease extends ReleaseBase {
  readonly kind: 'eks-addon';
  readonly addon: string;
  /** `configuration_values` of the add-on. */
  readonly configuration: Values;
  /** Role for the add-on's service account, if it needs one. */
  readonly roleArn?: string;
  /** Exact build; absent: the catalogue's for its Kubernetes version, else EKS' default. */
  readonly version?: string;
  /** Service accounts that get their role through EKS Pod Identity. */
  readonly podIdentities?: readonly { readonly serviceAccount: string; readonly roleArn: string }[];
  readonly standIn: StandIn;
}

export interface IgnoreDifference {
  readonly group?: string;
  readonly kind: string;
  readonly name?: string;
  readonly jsonPointers?: readonly string[];
  readonly jqPathExpressions?: readonly string[];
}

/** The workloads, accounts and CRDs of a chart, as far as the local platform needs them. */
export interface StandIn {
  readonly workloads: readonly StandInWorkload[];
  /**
   * CRD names from `catalog/crds`, for example `nodepools.karpenter.sh`: those that objects of the platform or of its users are made of. Argo CD reads the
   * API's whole schema again for each, so a stand-in brings no others.
   */
  readonly crds?: readonly string[];
  /** Further objects that other components rely on (for example an IngressClass). */
  readonly objects?: readonly KubeObject[];
}

export interface StandInWorkload {
  readonly kind: 'Deployment' | 'DaemonSet' | 'StatefulSet';
  readonly name: string;
  readonly replicas?: number;
  readonly serviceAccount?: string;
  /** Role ARN annotated on the service account. */
  readonly roleArn?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly hostNetwork?: boolean;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** `all` tolerates everything, as node agents do. */
  readonly tolerations?: 'all' | readonly Readonly<Record<string, unknown>>[];
  readonly requests: { readonly cpu: string; readonly memory: string };
  /** Makes a Service of the same name in front of it. */
  readonly port?: number;
}
